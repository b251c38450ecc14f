"""The words of the mails we send, in the reader's language.

Words are filled in by name, once and as they are: nothing in them is ever read as a template. No text of
the complainant is repeated in mail; a secret in a link stands behind the #, so that no server sees it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from shenava.common.dates import show_moment
from shenava.messages.mail import RIGHT_TO_LEFT
from shenava.messages.placeholders import fill
from shenava.people.models import Organisation

LEFT_TO_RIGHT_MARK = "\u200e"


@dataclass(frozen=True)
class Wording:
    """The words of one mail: plain text, paragraphs parted by empty lines."""

    subject: str
    body: str


@dataclass(frozen=True)
class ComplaintFacts:
    """What a mail may say of a complaint. `title` is the complainant's own and never goes into mail;
    `secret` is set where the link shall open the complaint by itself."""

    reference: str
    public_code: str
    title: str
    due_at: datetime | None
    organisation: Organisation | None
    secret: str = ""


def tracking_link(code: str, secret: str = "") -> str:
    """Where a complaint is tracked. The secret stands behind the # and never reaches a log."""
    return f"{settings.BASE_URL}/track/?{urlencode({'code': code})}" + (f"#{secret}" if secret else "")


def acknowledgement(complaint: ComplaintFacts, *, language: str, own: Wording | None = None) -> Wording:
    """Your complaint has been received: its number, code, promised date and how to track it. The organisation's own
    words speak of a promised date; where there is none, ours hold. Whose the link is, is said in any case."""
    is_promised = complaint.due_at is not None
    words = own if own and is_promised else acknowledgement_words(language, is_promised=is_promised)
    with translation.override(language):
        parts = [words.body]
        if complaint.secret:
            parts.append(_("Whoever has this link can read your complaint: please keep it to yourself."))
        return _worded(words.subject, parts, _values(complaint, language))


def acknowledgement_words(language: str, *, is_promised: bool = True) -> Wording:
    """What an acknowledgement says where the organisation has not written words of its own, not filled in."""
    with translation.override(language):
        lines = [_("Number: {number}"), _("Tracking code: {code}")]
        if is_promised:
            lines.append(_("We will answer by: {promised}"))
        parts = [
            _("{organisation} has received your complaint."),
            "\n".join(lines),
            _("See how it stands, add to it and read our response here:") + "\n{link}",
            _("You can also answer this mail; your answer will be added to your complaint."),
        ]
        return Wording(_("We have received your complaint: {number}"), "\n\n".join(parts))


def piece_of_an_answer(body: str, complaint: ComplaintFacts, *, name: str, received_at: datetime, language: str) -> str:
    """Words of the organisation with the complaint's own values, for an officer to read before they are sent."""
    return fill(body, values_of(complaint, name=name, received_at=received_at, language=language))


def values_of(complaint: ComplaintFacts, *, name: str, received_at: datetime, language: str) -> dict[str, str]:
    """Everything that can stand for a placeholder. A promise that was not made stays a placeholder to be seen."""
    with translation.override(language):
        values = _values(complaint, language)
        values |= {
            # Translators: in place of a name, as in: Dear customer
            "name": name or pgettext("in place of a name", "customer"),
            "received": _moment(received_at, complaint.organisation, language),
        }
        return values if complaint.due_at else {key: told for key, told in values.items() if key != "promised"}


def response(complaint: ComplaintFacts, *, text: str, has_files: bool = False, language: str) -> Wording:
    """What we answer to a complaint, and how to accept or reject it."""
    with translation.override(language):
        parts = [
            _("This is our response to your complaint {number}."),
            "{answer}",
            *_of_files(has_files),
            _("Please tell us here whether you accept it:") + "\n{link}",
            _("You can also answer this mail."),
        ]
        values = _values(complaint, language) | {"answer": text}
        return _worded(_("Our response to your complaint {number}"), parts, values)


def information(complaint: ComplaintFacts, *, text: str, language: str) -> Wording:
    """Something about a complaint that asks for no answer."""
    with translation.override(language):
        parts = [_("This is about your complaint {number}."), "{answer}", _("See how it stands here:") + "\n{link}"]
        values = _values(complaint, language) | {"answer": text}
        return _worded(_("About your complaint {number}"), parts, values)


def correction(complaint: ComplaintFacts, *, text: str, has_files: bool = False, language: str) -> Wording:
    """Our response, in place of the one given before."""
    with translation.override(language):
        parts = [
            _("This response to your complaint {number} replaces the one we sent before. Please go by this one."),
            "{answer}",
            *_of_files(has_files),
            _("Please tell us here whether you accept it:") + "\n{link}",
            _("You can also answer this mail."),
        ]
        values = _values(complaint, language) | {"answer": text}
        return _worded(_("Correction of our response to your complaint {number}"), parts, values)


def mandate_withdrawn(complaint: ComplaintFacts, *, reason: str, language: str) -> Wording:
    """Somebody spoke for the complainant; we do not go by that mandate any more."""
    with translation.override(language):
        parts = [
            _("Somebody speaks for the complainant in complaint {number}. We do not go by this mandate any more."),
            _("The reason:") + "\n{answer}",
            _("It counts again as soon as it is proven anew, for example by a power of attorney."),
            _("See how it stands here:") + "\n{link}",
        ]
        values = _values(complaint, language) | {"answer": reason}
        return _worded(_("About the mandate in complaint {number}"), parts, values)


def recall(complaint: ComplaintFacts, *, reason: str, language: str) -> Wording:
    """Our response does not count; another one follows."""
    with translation.override(language):
        parts = [
            _("We take back our response to your complaint {number}. Please do not go by it."),
            _("The reason:") + "\n{answer}",
            *([_("We will answer by {promised}.")] if complaint.due_at else []),
            _("See how it stands here:") + "\n{link}",
        ]
        values = _values(complaint, language) | {"answer": reason}
        return _worded(_("We take back our response to your complaint {number}"), parts, values)


def last_call(complaint: ComplaintFacts, *, ends_at: datetime, language: str) -> Wording:
    """We wait for a word about our response; without one the complaint is closed."""
    with translation.override(language):
        parts = [
            _("We have answered your complaint {number} and do not know yet whether you accept our response."),
            _("Please tell us here whether you accept it:") + "\n{link}",
            _("If we hear nothing from you by {ends}, we will close it. You can open it again."),
        ]
        values = _values(complaint, language) | {"ends": _moment(ends_at, complaint.organisation, language)}
        return _worded(_("Do you accept our response? {number}"), parts, values)


def question(complaint: ComplaintFacts, *, text: str, language: str) -> Wording:
    """What we need from the complainant to go on."""
    with translation.override(language):
        parts = [
            _("To go on with your complaint {number} we need something from you:"),
            "{answer}",
            _("You can answer this mail, or write to us here:") + "\n{link}",
        ]
        values = _values(complaint, language) | {"answer": text}
        return _worded(_("We need something from you: {number}"), parts, values)


def new_deadline(complaint: ComplaintFacts, *, reason: str, language: str) -> Wording:
    """By when we answer now, and why not when we said."""
    with translation.override(language):
        parts = [
            _("We will answer your complaint {number} by {promised}. This is another date than we told you before."),
            _("The reason:") + "\n{answer}",
            _("See how it stands here:") + "\n{link}",
        ]
        values = _values(complaint, language) | {"answer": reason}
        return _worded(_("Another date for our answer: {number}"), parts, values)


def review_received(complaint: ComplaintFacts, *, language: str) -> Wording:
    """The request for a review is here; who looks at it, and by when it is answered."""
    with translation.override(language):
        looks = _("Your complaint is looked at anew, wherever possible by somebody who had no part in our answer.")
        if complaint.due_at is not None:
            looks += " " + _("We will answer by {promised}.")
        parts = [
            _("We have received your request for a review of our answer to your complaint {number}."),
            looks,
            _("See how it stands here:") + "\n{link}",
        ]
        values = _values(complaint, language)
        return _worded(_("We have received your request for a review: {number}"), parts, values)


def safety_alarm(complaint: ComplaintFacts, *, link: str, language: str) -> Wording:
    """To our own people: somebody may come to harm; look at the complaint now."""
    with translation.override(language):
        parts = [
            _("Complaint {number} was assessed as a danger to people."),
            _("Please look at it now and decide what has to be done at once:") + "\n{link}",
        ]
        values = _values(complaint, language) | {"link": link}
        return _worded(_("Danger to people: complaint {number}"), parts, values)


def one_time_code(code: str, *, organisation: Organisation | None, language: str, minutes: int = 10) -> Wording:
    """The code that proves that a mailbox is read by the person at the portal."""
    with translation.override(language):
        works = ngettext("It works once, for %(minutes)d minute.", "It works once, for %(minutes)d minutes.", minutes)
        parts = [
            _("Your one-time code is: {code}"),
            works % {"minutes": minutes},
            _("If you did not ask for it, you need not do anything. Never tell it to anybody."),
        ]
        return _worded(_("Your one-time code"), parts, _named(organisation) | {"code": code})


def invitation(link: str, *, ends_at: datetime, organisation: Organisation | None, language: str) -> Wording:
    """The way in for a new user."""
    with translation.override(language):
        parts = [
            _("You have been invited to work on the complaints of {organisation}."),
            _("Choose your password here:") + "\n{link}",
            _("The link works once, until {ends}."),
        ]
        values = _named(organisation) | {"link": link, "ends": _moment(ends_at, organisation, language)}
        return _worded(_("Invitation from {organisation}"), parts, values)


def password_reset(link: str, *, ends_at: datetime, organisation: Organisation | None, language: str) -> Wording:
    """A new password for somebody who forgot it."""
    with translation.override(language):
        parts = [
            _("Somebody, probably you, asked for a new password for your account at {organisation}."),
            _("Choose a new password here:") + "\n{link}",
            _("The link works once, until {ends}."),
            _("If you did not ask for it, you need not do anything: your password stays as it is."),
        ]
        values = _named(organisation) | {"link": link, "ends": _moment(ends_at, organisation, language)}
        return _worded(_("New password for {organisation}"), parts, values)


def notice(subject: str, text: str, *, link: str = "", organisation: Organisation | None) -> Wording:
    """Something has happened. `subject` and `text` are our own words in the reader's language."""
    values = _named(organisation) | {"answer": text, "link": link}
    return _worded(subject, ["{answer}", "{link}"] if link else ["{answer}"], values)


def _of_files(has_files: bool) -> list[str]:
    """Where files are found that are too many or too large for a mail."""
    told = _("Files belong to this response. Those that are not attached here you find where the link leads.")
    return [told] if has_files else []


def _worded(subject: str, parts: list[str], values: Mapping[str, str]) -> Wording:
    words = "\n\n".join([*parts, "{organisation}"]) + "\n"
    return Wording(fill(subject, values), fill(words, values))


def _values(complaint: ComplaintFacts, language: str) -> dict[str, str]:
    return _named(complaint.organisation) | {
        "number": _isolated(complaint.reference, language),
        "code": _isolated(complaint.public_code, language),
        "promised": _moment(complaint.due_at, complaint.organisation, language),
        "link": tracking_link(complaint.public_code, complaint.secret),
    }


def _named(organisation: Organisation | None) -> dict[str, str]:
    return {"organisation": organisation.name if organisation else ""}


def _moment(moment: datetime | None, organisation: Organisation | None, language: str) -> str:
    if moment is None:
        return ""
    calendar = organisation.calendar_kind if organisation else Organisation.CalendarKind.GREGORIAN
    zone = organisation.time_zone if organisation else settings.TIME_ZONE
    return show_moment(moment, calendar=calendar, language=language, time_zone=zone)


def _isolated(value: str, language: str) -> str:
    """Numbers and codes keep their order within words that run from right to left."""
    return f"{LEFT_TO_RIGHT_MARK}{value}{LEFT_TO_RIGHT_MARK}" if language in RIGHT_TO_LEFT else value
