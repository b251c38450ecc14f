"""The web server's entry."""

import os
from typing import TYPE_CHECKING

from django.core.wsgi import get_wsgi_application

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django_application: "WSGIApplication" = get_wsgi_application()

from shenava.desk.live import beside  # noqa: E402 -- the program has to be loaded first

application = beside(django_application)
