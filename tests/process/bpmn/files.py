"""Small BPMN files for the tests."""

from __future__ import annotations

from shenava.process.bpmn import Reading, Refusal, read

SPACES = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'xmlns:flowable="http://flowable.org/bpmn" xmlns:other="http://example.org/other"'
)


def around(inner: str, top: str = "") -> bytes:
    """A file of one process."""
    drawn = f'<process id="P1" name="Repairs">{inner}</process>'
    return f'<?xml version="1.0" encoding="UTF-8"?><definitions {SPACES}>{top}{drawn}</definitions>'.encode()


def with_step(step: str, *, flow: str = "", top: str = "") -> bytes:
    """A start, one step with the id A, and an end."""
    ways = f'<sequenceFlow id="f1" sourceRef="s" targetRef="A"/>{flow or way()}'
    return around(f'<startEvent id="s"/>{step}<endEvent id="e"/>{ways}', top)


def way(inner: str = "") -> str:
    """The way from the step A to the end."""
    return f'<sequenceFlow id="f2" sourceRef="A" targetRef="e">{inner}</sequenceFlow>'


def refused(file: bytes) -> list[tuple[str, str, str]]:
    """What is refused in a file: element, id and reason."""
    return [(one.element, one.id, one.reason) for one in read(file).refused]


def whole(code: str) -> Reading:
    """A file that is refused as a whole."""
    return Reading(None, [Refusal("", "", "", code)])
