"""Drawing: where everything of a process stands when it is shown. Arithmetic alone: no framework, clock or I/O."""

from shenava.process.drawing.layout import layout
from shenava.process.drawing.shapes import ANYTIME, Box, Drawing, Lane, Point, shape_of

__all__ = ["ANYTIME", "Box", "Drawing", "Lane", "Point", "layout", "shape_of"]
