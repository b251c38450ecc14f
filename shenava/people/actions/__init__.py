"""The menu of the people room."""

from shenava.people.actions.bodies import Address, add_body, change_body
from shenava.people.actions.oneself import (
    change_password,
    delegate,
    end_delegation,
    end_own_sessions,
    end_session,
    reset_password,
    set_second_factor,
)
from shenava.people.actions.organisation import (
    Beginning,
    change_organisation,
    change_unit,
    open_unit,
    set_up,
)
from shenava.people.actions.room import MENU
from shenava.people.actions.staff import (
    accept_invitation,
    deactivate,
    end_sessions,
    grant_role,
    hand_over_work,
    invite,
    reactivate,
    reset_second_factor,
    revoke_role,
    withdraw_invitation,
)

__all__ = [
    "MENU",
    "Address",
    "Beginning",
    "accept_invitation",
    "add_body",
    "change_body",
    "change_organisation",
    "change_password",
    "change_unit",
    "deactivate",
    "delegate",
    "end_delegation",
    "end_own_sessions",
    "end_session",
    "end_sessions",
    "grant_role",
    "hand_over_work",
    "invite",
    "open_unit",
    "reactivate",
    "reset_password",
    "reset_second_factor",
    "revoke_role",
    "set_second_factor",
    "set_up",
    "withdraw_invitation",
]
