"""Files of a complaint and the cleaned HTML of its messages, for staff who may see it."""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from shenava.attachments.handout import file_response
from shenava.attachments.models import File
from shenava.desk.access import staff_only
from shenava.desk.frame import framed
from shenava.desk.views.complaints import find
from shenava.messages.models import Message


@require_safe
@staff_only
def download(request: HttpRequest, reference: str, pk: int) -> HttpResponseBase:
    """Hand out a file of the complaint, its messages or its notes."""
    complaint = find(request, reference)
    here = Q(complaints=complaint) | Q(messages__complaint=complaint) | Q(notes__complaint=complaint)
    file = File.objects.filter(here, pk=pk).distinct().first()
    if file is None:
        raise Http404
    return file_response(file)


@require_safe
@staff_only
@xframe_options_sameorigin
def message_frame(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The cleaned HTML of a message, alone in a frame that can run and load nothing."""
    message = Message.objects.filter(complaint=find(request, reference), pk=pk).first()
    if message is None or not message.html:
        raise Http404
    return framed(message.html)
