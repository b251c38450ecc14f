"""Files of others: what we run is understood, everything else is refused by name, and nothing is executed."""

from __future__ import annotations

import pytest

from shenava.process.bpmn import Known, read
from shenava.process.bpmn.vocabulary import LeftOut
from shenava.process.kernel import load, unsound
from tests.process.bpmn.files import around, refused, way, whole, with_step

TASK = '<userTask id="A" name="Look at it"/>'
TIMER = '<intermediateCatchEvent id="A"><timerEventDefinition>{}</timerEventDefinition></intermediateCatchEvent>'
AT = (
    '<userTask id="A" name="Look"/><boundaryEvent id="b" attachedToRef="A" cancelActivity="false">{}</boundaryEvent>'
    '<sequenceFlow id="f3" sourceRef="b" targetRef="e"/>'
)
SCRIPT = "<script>__import__('os').system('touch /tmp/x')</script>"


def test_a_plain_process_is_understood_with_its_lanes_and_can_be_run() -> None:
    lanes = '<laneSet id="l"><lane id="l1" name="Experts"><flowNodeRef>A</flowNodeRef></lane></laneSet>'
    reading = read(with_step(lanes + TASK), Known(roles={"experts": "expert"}))
    assert reading.content is not None
    assert reading.content["nodes"]["look_at_it"] == {
        "kind": "task", "names": dict.fromkeys(("en", "fa", "he"), "Look at it"), "role": "expert",
    }  # fmt: skip
    assert reading.ids["look_at_it"] == "A"
    assert (reading.content["key"], reading.translated) == ("repairs", False)
    assert unsound(load(reading.content)) == []


@pytest.mark.parametrize(
    ("given", "after"),
    [
        ("P3D", {"days": 3}),
        ("P1W", {"days": 7}),
        ("PT24H", {"hours": 24}),
        ("P1DT12H", {"hours": 36}),
        ("PT120M", {"hours": 2}),
    ],
)
def test_a_time_of_days_or_hours_is_waited_for(given: str, after: dict[str, int]) -> None:
    reading = read(with_step(TIMER.format(f"<timeDuration>{given}</timeDuration>")))
    assert reading.content is not None
    assert reading.content["nodes"]["wait_1"]["after"] == after


def test_messages_tables_operations_calls_and_reminders_are_understood() -> None:
    known = Known(operations=frozenset({"remind_holder"}), tables=frozenset({"priority"}))
    receive = '<receiveTask id="A" name="Wait" messageRef="m"/>'
    timer = "<timerEventDefinition><timeCycle>R3/P2D</timeCycle></timerEventDefinition>"
    files = {
        "wait": with_step(receive, top='<message id="m" name="part came"/>'),
        "remind_holder": with_step('<serviceTask id="A" name="remind_holder"/>'),
        "priority": with_step('<businessRuleTask id="A" name="priority"/>'),
        "check": with_step('<callActivity id="A" name="Check" calledElement="warranty"/>'),
        "b": with_step(AT.format(timer)),
    }
    said = {key: (read(file, known).content or {})["nodes"][key] for key, file in files.items()}
    assert said["wait"]["message"] == "part came"
    assert said["remind_holder"]["operation"] == "remind_holder"
    assert said["priority"]["table"] == "priority"
    assert said["check"]["process"] == "warranty"
    assert said["b"] == {"kind": "boundary", "at": "look", "after": {"days": 2}, "repeat": 2, "interrupting": False}


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (f'<scriptTask id="A" scriptFormat="python">{SCRIPT}</scriptTask>', ("scriptTask", "A", "executes")),
        ('<serviceTask id="A" name="Send" camunda:class="org.x.Run"/>', ("camunda:class", "A", "executes")),
        ('<serviceTask id="A" name="os.system"/>', ("serviceTask", "A", "unknown_operation")),
        ('<businessRuleTask id="A" name="x"/>', ("businessRuleTask", "A", "unknown_table")),
        ('<sendTask id="A"/>', ("sendTask", "A", "executes")),
        ('<userTask id="A" flowable:assignee="${x}"/>', ("flowable:assignee", "A", "executes")),
        ('<task id="A" isForCompensation="true"/>', ("task/isForCompensation", "A", "no_counterpart")),
        ('<inclusiveGateway id="A"/>', ("inclusiveGateway", "A", "no_counterpart")),
        ('<eventBasedGateway id="A"/>', ("eventBasedGateway", "A", "no_counterpart")),
        ('<callActivity id="A" calledElement="${x}"/>', ("callActivity", "A", "expression")),
        ('<transaction id="A"/>', ("transaction", "A", "no_counterpart")),
        ('<subProcess id="A" triggeredByEvent="true"/>', ("subProcess/triggeredByEvent", "A", "no_counterpart")),
        (TIMER.format("<timeDate>2026-01-01T00:00:00</timeDate>"), ("intermediateCatchEvent", "A", "duration")),
        (TIMER.format("<timeDuration>${days}</timeDuration>"), ("intermediateCatchEvent", "A", "duration")),
        (TIMER.format("<timeDuration>PT0S</timeDuration>"), ("intermediateCatchEvent", "A", "duration")),
        (TIMER.format("<timeDuration>PT90M</timeDuration>"), ("intermediateCatchEvent", "A", "duration")),
        (TIMER.format("<timeCycle>R/PT0S</timeCycle>"), ("intermediateCatchEvent", "A", "duration")),
        (AT.format("<errorEventDefinition/>"), ("errorEventDefinition", "b", "no_counterpart")),
        (AT.format("<messageEventDefinition/>"), ("messageEventDefinition", "b", "no_counterpart")),
        (
            AT.format("<timerEventDefinition><timeCycle>R/PT0S</timeCycle></timerEventDefinition>"),
            ("boundaryEvent", "b", "duration"),
        ),
        (
            '<userTask id="A"><multiInstanceLoopCharacteristics/></userTask>',
            ("multiInstanceLoopCharacteristics", "A", "repeats"),
        ),
        (
            '<subProcess id="A"><standardLoopCharacteristics/></subProcess>',
            ("standardLoopCharacteristics", "A", "repeats"),
        ),
        (
            '<userTask id="A"><extensionElements><camunda:executionListener class="x"/>'
            '<zeebe:ioMapping/><other:colour/></extensionElements></userTask>',
            ("camunda:executionListener", "A", "executes"),
        ),
    ],
)  # fmt: skip
def test_what_we_do_not_run_is_refused_by_name(step: str, told: tuple[str, str, str]) -> None:
    assert told in refused(with_step(step))
    assert read(with_step(step)).content is None


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (
            with_step(TASK, flow=way("<conditionExpression>${execute()}</conditionExpression>")),
            ("conditionExpression", "f2", "expression"),
        ),
        (
            with_step(TASK, flow=way() + way().replace("f2", "f3")),
            ("sequenceFlow", "f2", "several_ways"),
        ),
        (with_step(TASK, flow=way().replace('"e"', '"nowhere"')), ("sequenceFlow", "f2", "lost_flow")),
        (with_step(TASK + TASK), ("userTask", "A", "two_with_one_id")),
        (with_step(TASK, top='<import importType="x" location="http://x/y"/>'), ("import", "", "outside")),
        (with_step(TASK, top='<process id="P2"><task id="q"/></process>'), ("process", "P2", "another_process")),
        (
            with_step(TASK, top='<extension mustUnderstand="true" definition="x"/>'),
            ("extension", "", "must_understand"),
        ),
    ],
)
def test_what_changes_the_meaning_of_the_whole_is_refused(file: bytes, told: tuple[str, str, str]) -> None:
    assert told in refused(file)


def test_what_has_no_id_is_told_by_the_id_of_what_it_is_in() -> None:
    assert refused(around('<property name="x"/>')) == [("property", "P1", "no_counterpart")]


def test_notes_and_colours_are_left_out_and_told() -> None:
    beside = '<textAnnotation id="n"><text>Ask Ali</text></textAnnotation><association id="a"/>'
    coloured = '<userTask id="A" name="Look"><extensionElements><other:colour/></extensionElements></userTask>'
    assert read(with_step(beside + coloured)).left_out == [
        LeftOut("association", 1), LeftOut("colour", 1), LeftOut("textAnnotation", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"PK\x03\x04 no xml", "not_xml"),
        (b"<definitions/>", "not_bpmn"),
        (b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>', "not_bpmn"),
        (b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', "no_process"),
        (b'<?xml version="1.0" encoding="x-unknown"?><a/>', "not_xml"),
        (around("".join(f'<task id="t{number}"/>' for number in range(10_000))), "too_many"),
    ],
)
def test_what_is_no_process_is_refused_as_a_whole(file: bytes, code: str) -> None:
    assert read(file) == whole(code)


def test_a_process_that_goes_round_in_circles_is_read_and_not_walked() -> None:
    gates = "".join(f'<exclusiveGateway id="g{one}"/>' for one in range(2))
    flows = "".join(f'<sequenceFlow id="x{one}" sourceRef="g{one}" targetRef="g{1 - one}"/>' for one in range(2))
    ways = '<sequenceFlow id="f" sourceRef="s" targetRef="g0"/>'
    assert read(around(f'<startEvent id="s"/>{gates}<endEvent id="e"/>{flows}{ways}')).content is not None
