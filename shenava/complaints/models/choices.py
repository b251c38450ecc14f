"""The lists that a complaint's fields choose from. Keys are stable; labels are translated."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RecordType(models.TextChoices):
    """What it is: a complaint asks to mend something, feedback is an opinion (A04, A05, A07)."""

    COMPLAINT = "complaint", _("complaint")
    ENQUIRY = "enquiry", _("enquiry")
    FEEDBACK = "feedback", _("feedback")
    SUGGESTION = "suggestion", _("suggestion")
    VIOLATION_REPORT = "violation_report", _("report of a violation")
    COMPLIMENT = "compliment", _("compliment")


class Channel(models.TextChoices):
    """By which way it came (B01–B03)."""

    PORTAL = "portal", _("portal")
    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("telephone")
    COMPLAINTS_LINE = "complaints_line", _("complaints line")
    IN_PERSON = "in_person", _("in person")
    LETTER = "letter", _("letter")
    FAX = "fax", _("fax")
    SMS = "sms", _("text message")
    CHAT = "chat", _("chat")
    MESSENGER = "messenger", _("messenger")
    DEALER = "dealer", _("dealer")
    SUPERVISORY_BODY = "supervisory_body", _("supervisory body")
    SOCIAL_MEDIA = "social_media", _("social media")
    WEB_REVIEW = "web_review", _("comment or review on the web")


class Subject(models.TextChoices):
    """What it is about (A01)."""

    PRODUCT = "product", _("a product")
    SERVICE = "service", _("a service")
    STAFF = "staff", _("a member of staff")
    PROCESS = "process", _("how something is done")
    INFORMATION = "information", _("information or the handling of a complaint")


class Directness(models.TextChoices):
    """Said to us, or heard of elsewhere (A03)."""

    DIRECT = "direct", pgettext_lazy("expression", "said to us")
    INDIRECT = "indirect", pgettext_lazy("expression", "heard of elsewhere")


class Source(models.TextChoices):
    """Through whom it came (A09)."""

    CUSTOMER = "customer", _("the customer")
    REPRESENTATIVE = "representative", _("a representative")
    DEALER = "dealer", _("a dealer or seller")
    PUBLIC_RELATIONS = "public_relations", _("public relations")
    SUPERVISORY_BODY = "supervisory_body", _("a supervisory body")
    LEGAL_AUTHORITY = "legal_authority", _("a legal authority")
    PARLIAMENT = "parliament", _("Parliament")
    MEDIA = "media", _("the press or social media")
    INTERNAL = "internal", _("a colleague")


class Basis(models.TextChoices):
    """Why the complainant may expect a reply (A02)."""

    EXPLICIT = "explicit", pgettext_lazy("expectation", "asked for")
    IMPLICIT = "implicit", pgettext_lazy("expectation", "understood")
    LEGAL = "legal", pgettext_lazy("expectation", "by law")


class Remedy(models.TextChoices):
    """What the complainant asks for (B17)."""

    EXPLANATION = "explanation", _("an explanation")
    APOLOGY = "apology", _("an apology")
    REPAIR = "repair", _("repair")
    REPLACEMENT = "replacement", _("replacement")
    REFUND = "refund", _("refund")
    COMPENSATION = "compensation", _("compensation")
    CORRECTION = "correction", _("that it does not happen again")
    OTHER = "other", _("something else")


class Finding(models.TextChoices):
    """What was found about one issue line."""

    UPHELD = "upheld", _("upheld")
    PARTLY = "partly", _("partly upheld")
    NOT_UPHELD = "not_upheld", _("not upheld")
    NOT_DETERMINABLE = "not_determinable", _("could not be determined")


class ClosureReason(models.TextChoices):
    """Why it ended (ISO 10002, 7.9, and the side exits)."""

    ACCEPTED = "accepted", _("the complainant accepted the response")
    EXHAUSTED = "exhausted", _("all reasonable options are exhausted")
    NO_ANSWER = "no_answer", _("the complainant did not answer")
    WITHDRAWN = "withdrawn", _("the complainant withdrew it")
    NOT_A_COMPLAINT = "not_a_complaint", _("it is not a complaint")
    MISDIRECTED = "misdirected", _("it is for somebody else")
    DUPLICATE = "duplicate", _("it is a duplicate")
