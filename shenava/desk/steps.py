"""Steps of the process as the complaint page offers them: those that lie with this reader, and what others found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms

from shenava.complaints import policy
from shenava.complaints.models import Complaint
from shenava.desk.forms.steps import StepForm
from shenava.people.standing import Standing
from shenava.process import steps
from shenava.process.models import WorkItem


@dataclass(frozen=True)
class Offered:
    """One step: what it is called, how it ended if it has, and the form to finish it by whoever may."""

    item: WorkItem
    name: str
    outcome: str
    form: forms.Form | None


def offered(
    standing: Standing, complaint: Complaint, language: str, faulty: Mapping[int, forms.Form] | None = None
) -> list[Offered]:
    """The steps that are open or were finished, in the order in which they began."""
    items = [item for item in complaint.work_items.all() if item.token and (item.outcome or item.closed_at is None)]
    return [_one(standing, complaint, item, language, faulty or {}) for item in items]


def form_for(
    item: WorkItem, complaint: Complaint, language: str, values: Mapping[str, object] | None = None
) -> StepForm:
    """The form by which a step is finished, empty or with what was sent."""
    return StepForm(values, ways=steps.ways_of(item, complaint, language), prefix=f"s{item.pk}")


def _one(
    standing: Standing, complaint: Complaint, item: WorkItem, language: str, faulty: Mapping[int, forms.Form]
) -> Offered:
    ways = {way.key: way.name for way in steps.ways_of(item, complaint, language)}
    may = item.pk in faulty or bool(policy.step_verdict(standing, complaint, item))
    form = (faulty.get(item.pk) or form_for(item, complaint, language)) if may else None
    name = steps.node_of(item, complaint).name(language)
    return Offered(item, name, ways.get(item.outcome, item.outcome), form)
