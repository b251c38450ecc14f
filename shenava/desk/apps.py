"""The door for staff."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The door for staff."""

    name = "shenava.desk"
    label = "desk"
