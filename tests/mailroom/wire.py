"""A line to a server that a test can cut after so many bytes of its answers."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread

ENDLESS = 1 << 40


@dataclass
class Wire:
    """Listens on `port` and passes on to `target`; every line is cut after `lasts` bytes of answers in all."""

    target: int
    lasts: int = ENDLESS
    port: int = 0
    carried: int = 0
    threads: list[Thread] = field(default_factory=list)

    def carry(self, near: socket.socket) -> None:
        """Pass on what comes from both ends until one closes or the line is cut."""
        with near, socket.create_connection(("127.0.0.1", self.target)) as far:
            asking = Thread(target=_pass_on, args=(near, far))
            asking.start()
            self._answer(near, far)
            for end in (near, far):
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
            asking.join()

    def _answer(self, near: socket.socket, far: socket.socket) -> None:
        with suppress(OSError):
            while self.carried < self.lasts and (piece := far.recv(min(4096, self.lasts - self.carried))):
                near.sendall(piece)
                self.carried += len(piece)


def _pass_on(near: socket.socket, far: socket.socket) -> None:
    with suppress(OSError):
        while piece := near.recv(4096):
            far.sendall(piece)


@contextmanager
def wired(target: int, *, lasts: int = ENDLESS) -> Iterator[Wire]:
    """A wire to a port of this machine, until the test is done."""
    listener = socket.create_server(("127.0.0.1", 0))
    wire = Wire(target, lasts, listener.getsockname()[1])

    def serve() -> None:
        with suppress(OSError):
            while True:
                near, _address = listener.accept()
                wire.threads.append(Thread(target=wire.carry, args=(near,)))
                wire.threads[-1].start()

    accepting = Thread(target=serve)
    accepting.start()
    try:
        yield wire
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for thread in (accepting, *wire.threads):
            thread.join(10)
