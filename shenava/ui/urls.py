"""Addresses of the reader's preferences."""

from django.urls import path

from shenava.ui import views

app_name = "ui"
urlpatterns = [
    path("language/", views.choose_language, name="language"),
    path("theme/", views.choose_theme, name="theme"),
]
