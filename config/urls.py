"""Addresses: a prefix for each door."""

from django.urls import include, path

from shenava.operations.views import health

urlpatterns = [
    path("healthz", health, name="healthz"),
    path("ui/", include("shenava.ui.urls")),
    path("desk/", include("shenava.desk.urls")),
    path("files/", include("shenava.attachments.urls")),
    path("", include("shenava.portal.urls")),
]
handler400 = "shenava.ui.views.bad_request"
handler403 = "shenava.ui.views.forbidden"
handler404 = "shenava.ui.views.not_found"
handler500 = "shenava.ui.views.server_error"
