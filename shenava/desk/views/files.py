"""Files of a complaint and the cleaned HTML of its messages, for staff who may see it."""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from shenava.attachments.handout import file_response
from shenava.attachments.models import File
from shenava.complaints.models import Complaint, Referral
from shenava.complaints.policy import may_read
from shenava.desk.access import staff_only
from shenava.desk.frame import framed
from shenava.desk.views.complaints import find
from shenava.messages.models import Message
from shenava.people.standing import Standing


@require_safe
@staff_only
def download(request: HttpRequest, reference: str, pk: int) -> HttpResponseBase:
    """Hand out a file of the complaint, its messages, its notes or an opinion that this reader may read."""
    complaint = find(request, reference)
    here = Q(complaints=complaint) | Q(messages__complaint=complaint) | Q(notes__complaint=complaint)
    here |= Q(opinions__referral__in=_readable(request.standing, complaint))  # type: ignore[attr-defined]
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


def _readable(standing: Standing, complaint: Complaint) -> list[Referral]:
    """The referrals of which this reader reads what was asked and answered."""
    referrals = complaint.referrals.select_related("item")
    return [referral for referral in referrals if may_read(standing, complaint, referral)]
