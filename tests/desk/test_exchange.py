"""Processes and decision tables as files, at the administrator's desk."""

from __future__ import annotations

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.test import Client

from shenava.desk.forms.exchange import WHY
from shenava.journal.models import Entry
from shenava.process import files, publishing
from shenava.process.bpmn.refusing import REASONS
from shenava.process.models import Process, ProcessVersion, TableVersion
from shenava.process.questions import question
from tests.process.bpmn.files import with_step
from tests.process.dmn.test_tables import file_of
from tests.source import modules
from tests.world import World, log_in

TASK = '<task id="A" name="Look at it"/><textAnnotation id="n"><text>x</text></textAnnotation>'


def drafts() -> QuerySet[ProcessVersion]:
    """What is being written."""
    return ProcessVersion.objects.filter(state=ProcessVersion.State.DRAFT)


def sent(client: Client, address: str, given: bytes, name: str = "a.bpmn") -> object:
    """Take a file in."""
    return client.post(address, {"file": SimpleUploadedFile(name, given)}, follow=True)


def test_a_process_is_downloaded_in_the_language_of_the_reader_and_taken_in_again(world: World) -> None:
    publishing.deliver()
    client = log_in(Client(), world.administrator)
    answer = client.get("/desk/processes/light/bpmn/")
    assert answer["Content-Disposition"] == 'attachment; filename="light.bpmn"'
    graph = Process.objects.get(key="light").current_version.graph
    assert files.read_bpmn(answer.content).content == graph
    page = sent(client, "/desk/processes/import/", answer.content).content.decode()
    assert "Nothing stands in the way: it can be put into force." in page
    assert [(one.process.key, one.graph) for one in drafts()] == [("light", graph)]
    assert Entry.objects.filter(kind="process.imported").count() == 1
    assert files.read_bpmn(client.get("/desk/processes/light/draft/bpmn/").content).content == graph
    again = sent(client, "/desk/processes/import/", answer.content).content.decode()
    assert "There is a draft of this process already." in again
    assert drafts().count() == 1


def test_a_process_of_others_becomes_a_new_draft_with_its_faults_at_their_steps(world: World) -> None:
    publishing.deliver()
    client = log_in(Client(), world.administrator)
    page = sent(client, "/desk/processes/import/", with_step(TASK)).content.decode()
    assert "Look at it" in page
    assert "Nobody does it. Choose a role." in page
    assert "1 part was left out, as it moves nothing: textAnnotation" in page
    assert drafts().get().process.current_version is None
    assert Process.objects.get(is_chosen=True).key == "complaint"


def test_what_is_refused_is_named_in_the_readers_language_and_nothing_is_kept(world: World) -> None:
    client = log_in(Client(), world.administrator)
    world.administrator.user.language = "fa"
    world.administrator.user.save()
    entries = Entry.objects.count()
    script = '<scriptTask id="A" name="Run &lt;b&gt;"><script>1</script></scriptTask>'
    answer = sent(client, "/desk/processes/import/", with_step(script))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "scriptTask" in page
    assert "Run &lt;b&gt;" in page
    assert "هیچ چیز درون پرونده اجرا نمی‌شود" in page
    assert (drafts().count(), Entry.objects.count()) == (0, entries)


def test_a_table_is_downloaded_and_taken_in_as_the_draft(world: World) -> None:
    client = log_in(Client(), world.administrator)
    asked = question("process")
    content = {"inputs": ["subject"], "outputs": ["process"], "rows": [
        {"if": [{"field": "subject", "is": "in", "value": ["product"]}], "then": {"process": "light"}},
    ]}  # fmt: skip
    page = sent(client, "/desk/rules/process/import/", files.dmn_of(asked, content, "en"), "a.dmn").content.decode()
    assert "The table was kept as the draft." in page
    assert TableVersion.objects.get().content == content
    answer = client.get("/desk/rules/process/dmn/")
    assert answer["Content-Disposition"] == 'attachment; filename="process.dmn"'
    assert files.read_table(asked, answer.content)[1] == []


def test_a_table_of_others_is_refused_by_its_columns_and_cells(world: World) -> None:
    client = log_in(Client(), world.administrator)
    answer = sent(client, "/desk/rules/process/import/", file_of("a + 1", asks="subject"), "a.dmn")
    assert answer.status_code == 422
    assert "1 · subject: a + 1" in answer.content.decode()
    assert TableVersion.objects.count() == 0


def test_only_the_administrator_takes_files_in(world: World) -> None:
    client = log_in(Client(), world.manager)
    assert sent(client, "/desk/processes/import/", with_step(TASK)).status_code == 403
    assert drafts().count() == 0


def test_every_reason_has_its_words() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8") for path in modules("shenava/process/bpmn", "shenava/process/dmn")
    )
    told = re.findall(r'refus\w*\([^)]*"([a-z]+(?:_[a-z]+)*)"\)|Refusal\([^)]*"([a-z]+(?:_[a-z]+)*)"\)', sources)
    assert {code for pair in told for code in pair if code} - {"id"} | set(REASONS.values()) <= WHY.keys()
