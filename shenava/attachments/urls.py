"""Mounted by the project at `files/`."""

from django.urls import path

from shenava.attachments import views

app_name = "attachments"
urlpatterns = [path("<str:token>/", views.file, name="file")]
