"""The door for messages: bytes become messages, messages become verbs."""

from django.apps import AppConfig


class MailroomConfig(AppConfig):
    """The door for messages: bytes become messages, messages become verbs."""

    name = "shenava.mailroom"
    label = "mailroom"
