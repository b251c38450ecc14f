"""Finding the way back to a complaint: by code and secret, or by a one-time code sent by e-mail."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from shenava.portal import doorkeeper
from shenava.portal.access import leave, open_for
from shenava.portal.forms import AskForCodeForm, CodeForm, OneTimeCodeForm


@sensitive_post_parameters("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Code and secret open the complaint; a link on a receipt fills them in, a button sends them."""
    if request.method != "POST":
        form = CodeForm(initial={"code": request.GET.get("code", "")[:20]})
        return render(request, "portal/track.html", {"form": form, "ask": AskForCodeForm()})
    form = CodeForm(request.POST)
    complaint = None
    if form.is_valid():
        complaint, problem = doorkeeper.by_secret(request, **form.cleaned_data)
        if problem:
            form.add_error(None, problem)
    if complaint is None:
        return render(request, "portal/track.html", {"form": form, "ask": AskForCodeForm()}, status=422)
    open_for(request, complaint)
    return redirect("portal:complaint", code=complaint.public_code)


@require_http_methods(["POST"])
def ask_for_code(request: HttpRequest) -> HttpResponse:
    """Send a one-time code to the address on record. The answer is the same whether there is one or not."""
    form = AskForCodeForm(request.POST)
    if not form.is_valid():
        return render(request, "portal/track.html", {"form": CodeForm(), "ask": form}, status=422)
    doorkeeper.send_one_time_code(request, **form.cleaned_data)
    return redirect("portal:one_time_code")


@require_http_methods(["GET", "HEAD", "POST"])
def one_time_code(request: HttpRequest) -> HttpResponse:
    """The one-time code opens the complaint, in the browser that asked for it."""
    form = OneTimeCodeForm(request.POST or None)
    if form.is_valid():
        complaint, problem = doorkeeper.by_one_time_code(request, form.cleaned_data["one_time"])
        if complaint is not None:
            open_for(request, complaint)
            return redirect("portal:complaint", code=complaint.public_code)
        form.add_error("one_time", problem)
    status = 422 if form.is_bound else 200
    return render(request, "portal/one_time_code.html", {"form": form}, status=status)


@require_http_methods(["POST"])
def stop(request: HttpRequest, code: str) -> HttpResponse:
    """Close the complaint in this browser."""
    leave(request, code)
    return redirect("portal:home")
