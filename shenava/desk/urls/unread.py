"""Addresses of mail that could not be read."""

from django.urls import path

from shenava.desk.views import unread

urlpatterns = [
    path("unread/", unread.folder, name="unread"),
    path("unread/<int:pk>/", unread.show, name="unread_mail"),
    path("unread/<int:pk>/original/", unread.original, name="unread_original"),
    path("unread/<int:pk>/readings/", unread.read_again, name="unread_readings"),
    path("unread/<int:pk>/complaint/", unread.register, name="unread_complaint"),
    path("unread/<int:pk>/aside/", unread.set_aside, name="unread_aside"),
]
