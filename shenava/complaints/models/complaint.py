"""The complaint: one row, what everybody means when they say its number."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.functional import cached_property

from shenava.attachments.models import File
from shenava.complaints.models.choices import (
    Basis,
    Channel,
    ClosureReason,
    Directness,
    RecordType,
    Remedy,
    Source,
    Subject,
)
from shenava.complaints.models.queryset import ComplaintQuerySet

if TYPE_CHECKING:
    from shenava.complaints.models.decision import Named
    from shenava.people.models import Party


class Asked(NamedTuple):
    """An open referral: with whom it lies, and what was asked."""

    holder_id: int
    kind: str


class Task(NamedTuple):
    """Something to be done beside the handling: with whom it lies, and what it is about."""

    holder_id: int
    title: str


class OpenItem(NamedTuple):
    """Work that lies with somebody: its kind, holder and title, what a referral asks, and the token of a step of the
    process."""

    kind: str
    holder_id: int
    title: str
    referred: str | None
    token: str = ""


class Complaint(models.Model):
    """An expression of dissatisfaction that expects an answer, or a record that may become one.

    `stage` is written by the process alone, with the moment (`staged_at`); `reference` once by the counter, `readers`
    by the verbs; severity, importance, priority and the flags are those of the latest assessment.
    """

    reference = models.CharField(max_length=20, unique=True, null=True, editable=False)  # noqa: DJ001 -- taken last
    public_code = models.CharField(max_length=16, unique=True, editable=False)
    secret_hash = models.CharField(max_length=64, editable=False)
    submission = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001

    record_type = models.CharField(max_length=20, choices=RecordType.choices, default=RecordType.COMPLAINT)
    channel = models.CharField(max_length=20, choices=Channel.choices)
    subject = models.CharField(max_length=20, choices=Subject.choices, default=Subject.PRODUCT)
    title = models.CharField(max_length=200)
    description = models.TextField()
    language = models.CharField(max_length=5)

    complainant = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="complaints")
    representative = models.ForeignKey(
        "people.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="represented_complaints"
    )
    authority = models.CharField(max_length=200, blank=True)
    received_by = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    product = models.CharField(max_length=200, blank=True)
    serial = models.CharField(max_length=80, blank=True)
    occurred_on = models.DateField(null=True, blank=True)
    requested_remedies = ArrayField(models.CharField(max_length=20, choices=Remedy.choices), default=list, blank=True)
    expectation = models.TextField(blank=True)
    directness = models.CharField(max_length=10, choices=Directness.choices, default=Directness.DIRECT)
    source = models.CharField(max_length=20, choices=Source.choices, default=Source.CUSTOMER)
    expectation_basis = models.CharField(max_length=10, choices=Basis.choices, default=Basis.EXPLICIT)
    promised_by = models.CharField(max_length=200, blank=True)
    promised = models.TextField(blank=True)
    got_instead = models.TextField(blank=True)
    severity = models.PositiveSmallIntegerField(null=True, blank=True)
    importance = models.PositiveSmallIntegerField(null=True, editable=False)
    priority = models.PositiveSmallIntegerField(null=True, editable=False)
    is_safety = models.BooleanField(default=False, editable=False)
    is_legal = models.BooleanField(default=False, editable=False)
    is_media = models.BooleanField(default=False, editable=False)

    stage = models.CharField(max_length=40, editable=False)
    staged_at = models.DateTimeField(null=True, editable=False)
    owner = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="owned_complaints")
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, null=True, related_name="complaints")
    readers = ArrayField(models.IntegerField(), default=list, editable=False)
    excluded = ArrayField(models.IntegerField(), default=list, editable=False)

    received_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, editable=False)
    due_at = models.DateTimeField(null=True, editable=False)
    due_paused_at = models.DateTimeField(null=True, editable=False)
    questioned_at = models.DateTimeField(null=True, editable=False)
    responded_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    registered_on = models.DateField(editable=False)
    closed_on = models.DateField(null=True, editable=False)
    closure_reason = models.CharField(max_length=20, choices=ClosureReason.choices, blank=True)
    duplicate_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="duplicates")
    reopened_count = models.PositiveSmallIntegerField(default=0)
    files = models.ManyToManyField("attachments.File", related_name="complaints", blank=True)

    objects: ClassVar[models.Manager[Complaint]] = ComplaintQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(severity__isnull=True) | Q(severity__range=(1, 5)), name="severity_is_1_to_5"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closure_reason="") | ~Q(closure_reason=""),
                name="closed_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(duplicate_of__isnull=True) | ~Q(duplicate_of=F("id")),
                name="no_complaint_duplicates_itself",
            ),
        ]
        indexes = [
            GinIndex(fields=["readers"], name="complaint_readers"),
            GinIndex(fields=["readers"], name="complaint_open_readers", condition=Q(closed_at=None)),
            models.Index(F("due_at"), F("id"), condition=Q(closed_at__isnull=True), name="complaint_open_due"),
            models.Index(F("received_at").desc(), F("id").desc(), name="complaint_newest"),
            models.Index(
                F("closed_at").desc(nulls_last=True),
                F("id").desc(),
                condition=Q(closed_at__isnull=False),
                name="complaint_closed",
            ),
            models.Index(
                F("owner"),
                condition=Q(closed_at__isnull=True) & (Q(responded_at__isnull=False) | Q(questioned_at__isnull=False)),
                name="complaint_waiting",
            ),
            models.Index(F("registered_on").desc(), name="complaint_registered"),
            models.Index(F("priority").desc(nulls_last=True), F("id").desc(), name="complaint_priority"),
            models.Index(
                F("received_at").desc(),
                F("id").desc(),
                condition=Q(is_safety=True) | Q(is_legal=True) | Q(is_media=True),
                name="complaint_flagged",
            ),
            models.Index(F("owner"), F("due_at"), condition=Q(closed_at__isnull=True), name="complaint_owner"),
            models.Index(F("stage"), F("staged_at"), condition=Q(closed_at__isnull=True), name="complaint_staged"),
            models.Index(Upper("serial"), F("id"), condition=~Q(serial=""), name="complaint_serial"),
        ]

    def __str__(self) -> str:
        return self.reference or self.public_code

    @property
    def journal_stream(self) -> str:
        return f"complaint:{self.pk}"

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def is_anonymous(self) -> bool:
        return self.complainant.is_anonymous

    @property
    def speaker_ids(self) -> frozenset[int]:
        """The parties who speak for the complainant's side."""
        return frozenset({self.complainant_id, self.representative_id or self.complainant_id})

    @property
    def is_mandated(self) -> bool:
        """Has somebody accepted the proof that the representative may speak, and does it still hold?"""
        mandate = getattr(self, "mandate", None)  # a complaint without one raises what is an AttributeError, too
        return mandate is not None and mandate.accepted_at is not None and mandate.withdrawn_at is None

    def handed_in(self) -> models.QuerySet[File]:
        """The files that came from the complainant's side, or with the complaint."""
        said = Q(messages__complaint=self, messages__direction="in")
        return File.objects.filter(Q(complaints=self) | said).distinct()

    @cached_property
    def asked(self) -> list[Asked]:
        """Who has been asked by referral and has not answered yet."""
        return [Asked(item.holder_id, item.referred) for item in self.open_items if item.referred]

    @cached_property
    def concerned(self) -> frozenset[int]:
        """The members of staff complained about; no query while nobody is shut out."""
        return frozenset(named.party_id for named in self.shut_out if named.is_concerned)

    @property
    def concerned_parties(self) -> list[Party]:
        """The members of staff complained about, as they were named."""
        return [named.party for named in self.shut_out if named.is_concerned]

    @cached_property
    def shut_out(self) -> list[Named]:
        """Who sees nothing of it, and why; no query while nobody does."""
        return list(self.named.all()) if self.excluded else []

    @property
    def is_decided(self) -> bool:
        """Is it decided since the last of those concerned was named?"""
        since = [named.at for named in self.shut_out if named.is_concerned]
        return any(decision.at >= max(since, default=decision.at) for decision in self.decisions.all())

    @property
    def is_about_staff(self) -> bool:
        """Is a member of staff complained about, named or not?"""
        return self.subject == Subject.STAFF or bool(self.concerned)

    @cached_property
    def heard(self) -> frozenset[tuple[bool, int | None]]:
        """Who was heard: as the complainant or not, and which party. Complainants of what was merged into it
        do not stand for its own."""
        own = (one for one in self.hearings.all() if not (one.is_complainant and one.carried_from_id))
        return frozenset((hearing.is_complainant, hearing.party_id) for hearing in own)

    @cached_property
    def took_part(self) -> frozenset[int]:
        """Who decided or answered it, or answered for it before a review; ids."""
        earlier = {review.of_owner_id for review in self.reviews.all()}
        decided = {decision.by_id for decision in self.decisions.all()}
        return frozenset(earlier | decided | {response.by_id for response in self.responses.all()})

    @cached_property
    def open_tasks(self) -> list[Task]:
        """Tasks on this complaint that are not done yet, beside the steps of its process."""
        return [Task(item.holder_id, item.title) for item in self.open_items if item.kind == "task" and not item.token]

    @cached_property
    def open_items(self) -> list[OpenItem]:
        """Work that lies with somebody, oldest first; one query, kept."""
        items = self.work_items.filter(closed_at__isnull=True).order_by("pk")
        return [OpenItem(*row) for row in items.values_list("kind", "holder_id", "title", "referral__kind", "token")]

    def is_late(self, now: datetime) -> bool:
        """Is the promised answer overdue? Not while its clock stands still."""
        is_owed = not self.responded_at and not self.closed_at and not self.due_paused_at
        return bool(self.due_at and is_owed and self.due_at < now)
