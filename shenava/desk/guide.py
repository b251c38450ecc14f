"""The guide for the conversation: what to ask and to say, by what the complaint is about (B12–B20, I08)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shenava.complaints.models import Subject

ALWAYS = (
    _("Let the complainant finish. Thank for the call; say that you understand the trouble."),
    _("Say that it is treated confidentially and costs nothing."),
    _("Ask what would put it right: explanation, apology, repair, exchange, money."),
    _("Repeat the matter in your own words and ask whether you got it right."),
    _("Say what happens now, by when there is an answer, and how to follow it."),
)
BY_SUBJECT: dict[str, tuple[Promise, ...]] = {
    Subject.PRODUCT: (
        _("Model, serial number, when and where it was bought, installed and by whom?"),
        _("What exactly does it do, since when, always or sometimes? Is anybody in danger?"),
        _("Has it been repaired before, by whom, with what result?"),
    ),
    Subject.SERVICE: (
        _("What was agreed, with whom, for when? What came instead?"),
        _("Who was there, what was said, is there a receipt?"),
    ),
    Subject.STAFF: (
        _("Where and when, who was involved, who else was there?"),
        _("Do not defend and do not judge: the colleague will be heard too."),
    ),
    Subject.PROCESS: (
        _("Which step went wrong, how often did the complainant have to ask?"),
        _("What would have been the right way?"),
    ),
    Subject.INFORMATION: (
        _("Which information was missing or wrong, and where did it stand?"),
        _("If it is about an earlier complaint: its number, and what is still open?"),
    ),
}
GUIDE = {"always": ALWAYS, "by_subject": [(Subject(key).label, lines) for key, lines in BY_SUBJECT.items()]}
