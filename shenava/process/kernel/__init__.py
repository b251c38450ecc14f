"""The kernel: a process as data, where a run stands, and what comes next. No framework, clock, I/O or eval."""

from shenava.process.kernel.faults import Fault, FaultyGraphError, refuse
from shenava.process.kernel.graph import FINISH, WAITING, Flow, Graph, Node, named
from shenava.process.kernel.migration import NotMovableError, migrated
from shenava.process.kernel.moves import Kernel, Outside, allowed
from shenava.process.kernel.reading import load, sketch
from shenava.process.kernel.soundness import Positions, positions, unsound
from shenava.process.kernel.state import NotAllowedNow, State, StuckError, Timer, Token

__all__ = [
    "FINISH",
    "WAITING",
    "Fault",
    "FaultyGraphError",
    "Flow",
    "Graph",
    "Kernel",
    "Node",
    "NotAllowedNow",
    "NotMovableError",
    "Outside",
    "Positions",
    "State",
    "StuckError",
    "Timer",
    "Token",
    "allowed",
    "load",
    "migrated",
    "named",
    "positions",
    "refuse",
    "sketch",
    "unsound",
]
