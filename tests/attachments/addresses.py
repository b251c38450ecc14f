"""The addresses of this room alone."""

from django.urls import include, path

urlpatterns = [path("files/", include("shenava.attachments.urls"))]
