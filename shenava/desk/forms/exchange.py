"""Files of processes and decision tables: taken up, and what is refused in them in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shenava.common.safe_xml import MOST_BYTES
from shenava.process.bpmn import Refusal

WHY: dict[str, Promise] = {
    "empty": _("The file is empty."),
    "too_large": _("The file is too large."),
    "too_deep": _("The file is nested too deeply."),
    "too_many": _("The file has more parts than are read."),
    "doctype": _(
        "The file declares a document type. Such files are not read, since they can reach outside themselves."
    ),
    "not_xml": _("The file is no well-formed XML."),
    "not_bpmn": _("The file is no BPMN 2.0."),
    "not_dmn": _("The file is no DMN."),
    "no_process": _("No process is drawn in the file."),
    "no_table": _("There is no decision table in the file."),
    "executes": _("It would have something executed. Nothing in a file is executed here."),
    "expression": _("It is an expression. Expressions are never evaluated here."),
    "expression_changed": _("The condition was changed outside Shenava. Change it here."),
    "repeats": _("It repeats a step for each of many things; that is not possible here."),
    "no_counterpart": _("There is nothing like it in our processes."),
    "another_process": _("It is a second process. A file may have one."),
    "another_table": _("It is one of several tables, and none of them is for this question."),
    "two_with_one_id": _("Two parts have the same id or name."),
    "no_id": _("It has no id."),
    "several_ways": _("Several ways lead out at once. Put a gateway between that says whether one is taken or all."),
    "lost_flow": _("It leads from or to something that is not in the file."),
    "duration": _("Only whole hours, days or weeks can be waited for."),
    "value": _("What it says cannot be read."),
    "outside": _("It refers to something outside the file."),
    "must_understand": _("It has to be understood, and is not known here."),
    "unknown_operation": _("There is no operation of this name."),
    "unknown_table": _("There is no decision table of this name."),
    "unknown_field": _("This question cannot be decided by it: there is no such field."),
    "unknown_answer": _("This is no answer to the question of this table."),
    "unknown_value": _("The field cannot have this value, or cannot be compared like this."),
    "hit_policy": _("Rows are tried in order and the first decides; other rules for several rows are not possible."),
    "cells": _("The row has more or fewer cells than the table has columns."),
}


class Refused(NamedTuple):
    """What is refused, and why."""

    what: Refusal
    why: Promise


class FileForm(forms.Form):
    """One file."""

    file = forms.FileField(label=_("File"), allow_empty_file=True)

    def __init__(self, *args: Any, told: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = told

    def clean_file(self) -> bytes:
        """What is in it."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(str(WHY["too_large"]))
        given: bytes = file.read()
        return given


def worded(refused: Iterable[Refusal]) -> list[Refused]:
    """What is refused, in words."""
    return [Refused(one, WHY[one.reason]) for one in refused]
