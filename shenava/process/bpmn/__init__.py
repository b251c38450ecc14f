"""BPMN 2.0: our processes written as such files, and files of others read as far as we run what they draw. Pure.

What a file says is never executed: a script, an expression or a listener is named and refused. What BPMN has no words
for stands in attributes and elements of a namespace of our own, so that a file of ours comes back as it was.
"""

from shenava.process.bpmn.reading import read
from shenava.process.bpmn.vocabulary import Known, Reading, Refusal
from shenava.process.bpmn.writing import write

__all__ = ["Known", "Reading", "Refusal", "read", "write"]
