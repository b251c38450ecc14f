"""Reading with limits: a stranger's letter may exhaust a child process, never the worker that took it in.

Children are kept warm and reused, so a message costs a pipe and not a start of Python; one that runs over
its time or memory is killed, its message comes back as a stub that people can see, and the next message
gets a fresh child. A child gets no environment, so it knows neither database nor secrets.
"""

from __future__ import annotations

import atexit
import json
import os
import selectors
import struct
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from .read import glance
from .shapes import LIMITS, Auth, Bounce, Failure, File, Mailbox, Reading

MESSAGES_PER_CHILD = 500
IDLE_CHILDREN = 2
_CHUNK = 1 << 16
_LARGEST_FRAME = 256 * 1024 * 1024
_ROOT = Path(__file__).resolve().parents[3]
_START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from shenava.mailroom.reading.child import main; main()"


class Overrun(Exception):
    """The child did not answer within the limits; the message says which one."""


@dataclass(slots=True)
class _Child:
    """One warm reader process, and how many messages it has read."""

    process: subprocess.Popen[bytes]
    limits: tuple[int, int]
    parent: int
    answered: int = 0

    def ask(self, raw: bytes, until: float) -> Reading:
        """Send one message and take its reading; Overrun where the time or the child ends first."""
        self._send(struct.pack(">I", len(raw)) + raw, until)
        shape = json.loads(self._frame(until))
        contents = [self._frame(until) for _ in shape["attachments"]]
        self.answered += 1
        return revived(shape, contents)

    def is_worn(self) -> bool:
        """Whether the next message deserves a fresh process."""
        return self.answered >= MESSAGES_PER_CHILD or self.process.poll() is not None

    def end(self) -> None:
        """Kill and reap; harmless on one that is dead."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()

    def _send(self, raw: bytes, until: float) -> None:
        assert self.process.stdin is not None
        descriptor, waiting = self.process.stdin.fileno(), memoryview(raw)
        while waiting:
            _wait(descriptor, selectors.EVENT_WRITE, until)
            try:
                waiting = waiting[os.write(descriptor, waiting[:_CHUNK]) :]
            except BlockingIOError:
                continue
            except OSError as gone:
                raise Overrun("the reader ended") from gone

    def _frame(self, until: float) -> bytes:
        (length,) = struct.unpack(">I", self._exactly(4, until))
        if length > _LARGEST_FRAME:
            raise Overrun("the answer is too long")
        return self._exactly(length, until)

    def _exactly(self, length: int, until: float) -> bytes:
        assert self.process.stdout is not None
        descriptor, taken = self.process.stdout.fileno(), bytearray()
        while len(taken) < length:
            _wait(descriptor, selectors.EVENT_READ, until)
            try:
                piece = os.read(descriptor, min(_CHUNK * 16, length - len(taken)))
            except BlockingIOError:
                continue
            if not piece:
                raise Overrun("memory or processor time")
            taken += piece
        return bytes(taken)


def _wait(descriptor: int, event: int, until: float) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, event)
        if not selector.select(max(0.0, until - time.monotonic())):
            raise Overrun("time")


class _Pool:
    """The idle children; safe for threads, and empty again in a forked process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[_Child] = []

    def take(self, limits: tuple[int, int]) -> _Child:
        """An idle child with these limits, else a new one."""
        with self._lock:
            own = [child for child in self._idle if child.parent == os.getpid()]
            self._idle = [child for child in own if not child.is_worn()]
            worn = [child for child in own if child.is_worn()]
            child = next((child for child in self._idle if child.limits == limits), None)
            if child is not None:
                self._idle.remove(child)
        for dead in worn:
            dead.end()
        return child or _started(limits)

    def give_back(self, child: _Child) -> None:
        """Keep a child for the next message, unless it is worn or there are enough."""
        with self._lock:
            if not child.is_worn() and len(self._idle) < IDLE_CHILDREN:
                self._idle.append(child)
                return
        child.end()

    def close(self) -> None:
        """End every idle child."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            if child.parent == os.getpid():
                child.end()


_pool = _Pool()
close = _pool.close
atexit.register(close)


def _started(limits: tuple[int, int]) -> _Child:
    seconds, memory = limits
    command = [sys.executable, "-I", "-c", _START, str(_ROOT), str(seconds), str(memory)]
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        cwd="/",
        env={"LANG": "C.UTF-8", "PATH": os.defpath},
        start_new_session=True,
    )
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            os.set_blocking(stream.fileno(), False)
    return _Child(process, limits, os.getpid())


def read_limited(raw: bytes, *, seconds: int = 10, memory: int = 512 * 1024 * 1024) -> Reading:
    """Like `read`, in a child with `seconds` of time (wall and CPU) and `memory` bytes of address space.

    Never raises for what the message holds. One that exceeds a limit comes back with the defect
    "limits: …" and what a cheap look at its head could tell. Thread-safe.
    """
    if len(raw) > LIMITS.message_bytes:
        return glance(raw, (f"limits: message of {len(raw)} bytes",))
    begun = time.monotonic()
    child = _pool.take((seconds, memory))
    was_used = child.answered > 0
    try:
        return _asked(child, raw, begun + seconds)
    except Overrun as overrun:
        if not was_used or time.monotonic() - begun > 1:
            return glance(raw, (f"limits: {overrun}",))
    try:  # a used child that died at once may have died of an earlier message
        return _asked(_started((seconds, memory)), raw, begun + seconds)
    except Overrun as overrun:
        return glance(raw, (f"limits: {overrun}",))


def _asked(child: _Child, raw: bytes, until: float) -> Reading:
    """The reading of one message; the child goes back to the pool only where it came through unharmed."""
    try:
        reading = child.ask(raw, until)
    except BaseException:
        child.end()
        raise
    if any("MemoryError" in defect for defect in reading.defects):
        child.end()
    else:
        _pool.give_back(child)
    return reading


def revived(shape: dict[str, Any], contents: list[bytes]) -> Reading:
    """A Reading out of its JSON and the bytes of its files, in the same order."""
    known = {one.name: shape[one.name] for one in fields(Reading) if one.name in shape}
    for key in ("to", "cc", "reply_to"):
        known[key] = tuple(Mailbox(**mailbox) for mailbox in shape[key])
    known["references"], known["defects"] = tuple(shape["references"]), tuple(shape["defects"])
    known["auth"] = Auth(**shape["auth"])
    if shape["bounce"] is not None:
        failures = tuple(Failure(**one) for one in shape["bounce"]["recipients"])
        known["bounce"] = Bounce(**(shape["bounce"] | {"recipients": failures}))
    known["files"] = tuple(
        File(one["filename"], one["content_type"], content, one["inline"], one["content_id"])
        for one, content in zip(shape["attachments"], contents, strict=True)
    )
    return Reading(**known)
