"""Forms of the portal."""

from shenava.portal.forms.complaint import ComplaintForm
from shenava.portal.forms.tracking import (
    AdditionForm,
    AnswerForm,
    AskForCodeForm,
    CodeForm,
    OneTimeCodeForm,
    ReasonForm,
)

__all__ = [
    "AdditionForm",
    "AnswerForm",
    "AskForCodeForm",
    "CodeForm",
    "ComplaintForm",
    "OneTimeCodeForm",
    "ReasonForm",
]
