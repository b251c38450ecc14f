"""The door for customers."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The door for customers."""

    name = "shenava.portal"
    label = "portal"
