"""The rows of the people room."""

from shenava.people.models.access import Delegation, Invitation, LoginSession, RecoveryCode
from shenava.people.models.body import BodyKind, ExternalBody
from shenava.people.models.organisation import Organisation
from shenava.people.models.party import ContactGroup, Party, PartyKind
from shenava.people.models.roles import EVERYWHERE, Role, RoleGrant
from shenava.people.models.unit import Unit, UnitKind
from shenava.people.models.user import User

__all__ = [
    "EVERYWHERE",
    "BodyKind",
    "ContactGroup",
    "Delegation",
    "ExternalBody",
    "Invitation",
    "LoginSession",
    "Organisation",
    "Party",
    "PartyKind",
    "RecoveryCode",
    "Role",
    "RoleGrant",
    "Unit",
    "UnitKind",
    "User",
]
