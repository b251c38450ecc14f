"""A letter is read here, whatever was done to it on the way: bytes in, a `Reading` out, never an exception.

Pure: no framework, no database, no network. `read` does the work; `read_limited` does it in a child process
with limits on memory and time, which is what production uses.
"""

from .read import glance, read, to_json_line
from .sandbox import read_limited
from .shapes import Bounce, File, Limits, Mailbox, Reading

__all__ = ["Bounce", "File", "Limits", "Mailbox", "Reading", "glance", "read", "read_limited", "to_json_line"]
