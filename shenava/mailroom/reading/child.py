"""The reader's own process: it takes one message after another from its parent, and may die of any of them.

Speaks over stdin and stdout: four bytes of length (big-endian), then that many bytes. In goes a raw message;
out come one frame of JSON and one frame for every file in it, in the order of `attachments`.
"""

from __future__ import annotations

import json
import os
import resource
import struct
import sys
from typing import Any, BinaryIO

from .read import read
from .shapes import Reading


def main() -> None:
    """Serve until the parent closes the pipe. Arguments: seconds of CPU per message, bytes of memory."""
    seconds, memory = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    incoming, outgoing = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while (raw := receive(incoming)) is not None:
        _allow(seconds)
        _answer(outgoing, read(raw))


def _allow(seconds: int) -> None:
    """So much more CPU from now on; the kernel ends the process that takes more."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _answer(outgoing: BinaryIO, reading: Reading) -> None:
    shape: dict[str, Any] = reading.as_json()
    send(outgoing, json.dumps(shape).encode("ascii", "replace"))
    for file in reading.files:
        send(outgoing, file.content)
    outgoing.flush()


def send(stream: BinaryIO, frame: bytes) -> None:
    """One frame: its length, then its bytes."""
    stream.write(struct.pack(">I", len(frame)))
    stream.write(frame)


def receive(stream: BinaryIO) -> bytes | None:
    """One frame, or None where the other side is gone."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    (length,) = struct.unpack(">I", head)
    frame = stream.read(length)
    return frame if len(frame) == length else None


if __name__ == "__main__":
    main()
