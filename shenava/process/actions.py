"""What an administrator does with processes. Complaints under way keep the one they began with.

A process is written as a draft, which no complaint follows, and published as a whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shenava.common import clock
from shenava.journal.actions import ALLOWED, Room, Verdict, action_for
from shenava.journal.recording import record
from shenava.people.models import Party, Role
from shenava.people.standing import standing_of
from shenava.process import kernel, publishing
from shenava.process.facts import Chosen, DraftDropped, Drafted, DraftSaved, Imported
from shenava.process.models import Process, ProcessVersion

NOT_YOURS = Verdict(_("Only an administrator may do this."))
NO_DRAFT = _("There is no draft of this process.")
IS_DRAFTED = _("There is a draft of this process already. Publish it or give it up first.")
MEANWHILE_DRAWN = _("Somebody else changed this draft meanwhile. What you see now is theirs; yours was not saved.")
SAME = _("The draft says the same as the version that is in force.")
NOT_WRITTEN = _("This is no process.")
TOO_BIG = _("This process is too big.")
UNNAMED = _("Give the process a name.")
MOST_WRITTEN = 500_000


def may(by: Party, verb: str, subject: object) -> Verdict:
    """Administrators write processes and choose among them."""
    return ALLOWED if verb in MENU and standing_of(by).has(Role.ADMINISTRATOR) else NOT_YOURS


ROOM = Room("processes", may=may)
action = action_for(ROOM)
MENU = ROOM.menu


@action
def choose_process(process: Process, *, by: Party) -> Process:
    """From now on new complaints follow this process."""
    publishing.choose(process)
    record(process, Chosen(), by=by)
    return process


@action(creates=True)
def draft_process(*, like: ProcessVersion, names: Mapping[str, str] | None = None, by: Party) -> ProcessVersion:
    """Begin a draft that says what a version says: of the same process, or with `names` of a new one.

    Raises ValidationError where the process has a draft already: nothing that was written is lost.
    """
    process = like.process if names is None else _new_process(names)
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    if process.draft is not None:
        raise ValidationError(IS_DRAFTED)
    content = {**like.graph, "key": process.key, "names": {**(names or like.graph["names"])}}
    draft = ProcessVersion(process=process, number=0, state=ProcessVersion.State.DRAFT)
    _keep(draft, content, by)
    record(process, Drafted(process_version=draft.pk, like=like.pk), by=by)
    return draft


@action(creates=True)
def import_process(*, content: Mapping[str, Any], is_ours: bool, by: Party) -> ProcessVersion:
    """Keep what a file draws as a draft: of the process whose file it was (`is_ours`), else of a new one.

    Raises ValidationError where the process has a draft already: nothing that was written is lost.
    """
    kept = Process.objects.filter(key=content["key"]).first() if is_ours else None
    process = kept or _new_process(content["names"])
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    if process.draft is not None:
        raise ValidationError(IS_DRAFTED)
    draft = ProcessVersion(process=process, number=0, state=ProcessVersion.State.DRAFT)
    _keep(draft, {**content, "key": process.key}, by)
    record(process, Imported(process_version=draft.pk), by=by)
    return draft


@action
def save_draft(
    process: Process, *, content: Mapping[str, Any], instead_of: str | None = None, by: Party
) -> ProcessVersion:
    """Keep what was written of a process. It may have faults still; no complaint follows it.

    `instead_of` is the mark of the draft that was read before: if it is another by now, somebody else has written,
    and this is refused with a ValidationError.
    """
    draft = _draft(process)
    if instead_of is not None and instead_of != draft.sha256:
        raise ValidationError(MEANWHILE_DRAWN)
    _keep(draft, {**content, "key": process.key}, by)
    record(process, DraftSaved(process_version=draft.pk), by=by)
    return draft


@action
def publish_process(process: Process, *, by: Party) -> ProcessVersion:
    """Put the draft into force, as a numbered version that never changes. Complaints under way keep theirs.

    Raises FaultyGraphError with everything that could go wrong, and ValidationError where nothing would change.
    """
    draft = _draft(process)
    kernel.refuse(publishing.faults_of(draft.graph))
    if process.current_version is not None and process.current_version.sha256 == draft.sha256:
        raise ValidationError(SAME)
    return publishing.put_into_force(draft, by)


@action
def drop_draft(process: Process, *, by: Party) -> Process:
    """Give up a draft; what is in force stays so."""
    draft = _draft(process)
    record(process, DraftDropped(process_version=draft.pk), by=by)
    draft.delete()
    return process


def _draft(process: Process) -> ProcessVersion:
    draft = process.draft
    if draft is None:
        raise ValidationError(NO_DRAFT)
    return draft


def _keep(draft: ProcessVersion, content: dict[str, Any], by: Party) -> None:
    if not isinstance(content.get("names"), dict) or not isinstance(content.get("nodes"), dict):
        raise ValidationError(NOT_WRITTEN)
    if len(json.dumps(content, ensure_ascii=False)) > MOST_WRITTEN:
        raise ValidationError(TOO_BIG)
    draft.graph, draft.sha256 = content, publishing.digest(content)
    draft.saved_at, draft.saved_by = clock.now(), by
    draft.save()


def _new_process(names: Mapping[str, str]) -> Process:
    """A process that nothing follows yet. Its key is made of its English name, where it has one."""
    if not any(name.strip() for name in names.values()):
        raise ValidationError(UNNAMED)
    first = "_".join(re.findall(r"[a-z][a-z0-9]*", names.get("en", "").lower()))[:30].strip("_") or "process"
    taken = set(Process.objects.filter(key__startswith=first).values_list("key", flat=True))
    keys = [first, *(f"{first}_{number}" for number in range(2, len(taken) + 2))]
    return Process.objects.create(key=next(key for key in keys if key not in taken), names=dict(names))
