"""Files: taken in, checked, handed out."""

from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    """Files: taken in, checked, handed out."""

    name = "shenava.attachments"
    label = "attachments"
