"""Stages: a process as an office speaks of it. Pure: from the graph and back, never a second copy of it."""

from shenava.process.stages.folding import stages_of
from shenava.process.stages.form import Branch, Form, Place, Timer, Way
from shenava.process.stages.unfolding import content_of

__all__ = ["Branch", "Form", "Place", "Timer", "Way", "content_of", "stages_of"]
