"""What was said to and by whom, and what still has to go out."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """What was said to and by whom, and what still has to go out."""

    name = "shenava.messages"
    label = "messages"
