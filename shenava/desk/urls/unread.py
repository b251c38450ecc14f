"""Addresses of unreadable mail."""

from django.urls import path

from shenava.desk.views import cartable

urlpatterns = [path("unread/", cartable.home, name="unread")]
