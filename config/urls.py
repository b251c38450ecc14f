"""Addresses: a prefix for each door."""

from django.conf import settings
from django.urls import include, path

from shenava.operations.views import health

urlpatterns = [
    path("healthz", health, name="healthz"),
    path("ui/", include("shenava.ui.urls")),
    path("desk/", include("shenava.desk.urls")),
    path("", include("shenava.portal.urls")),
]
if settings.TESTING or settings.DEBUG:
    from shenava.ui.views import style_page

    urlpatterns.insert(0, path("ui/style/", style_page, name="style_page"))
handler400 = "shenava.ui.views.bad_request"
handler403 = "shenava.ui.views.forbidden"
handler404 = "shenava.ui.views.not_found"
handler500 = "shenava.ui.views.server_error"
