"""A program tied to its parent: `python -m shenava.operations.tied PARENT -- command…`.

The command takes the place of this process and gets SIGTERM when the parent is gone, however it went.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def command_for(command: list[str]) -> list[str]:
    """How to start a command tied to this process."""
    return [sys.executable, "-m", "shenava.operations.tied", str(os.getpid()), *command]


def tie_to(parent: int) -> None:
    """Ask the system for the signal; if the parent is gone already, end now."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit(0)


if __name__ == "__main__":
    tie_to(int(sys.argv[1]))
    os.execv(sys.argv[2], sys.argv[2:])
