"""Files of a complaint, for its complainant: only those of messages between him and us."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from shenava.attachments.handout import file_response
from shenava.attachments.models import File
from shenava.complaints.models import Complaint
from shenava.messages.models import Message
from shenava.portal.access import followed


@require_safe
@followed
def download(request: HttpRequest, complaint: Complaint, pk: int) -> HttpResponseBase:
    """Hand out a file of one of the complaint's messages."""
    said = Message.objects.said_with(complaint.speaker_ids).filter(complaint=complaint)
    file = File.objects.filter(pk=pk, messages__in=said).first()
    if file is None:
        raise Http404
    return file_response(file)
