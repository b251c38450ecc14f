"""The heart: complaints, what can happen to them, who may do it."""

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """Wires the room to those below it: the one place with such wiring."""

    name = "shenava.complaints"
    label = "complaints"

    def ready(self) -> None:
        """Register the follow-up of facts, the vocabulary of processes and the hand-over of work."""
        from shenava.complaints import wiring  # noqa: PLC0415 -- models must be loaded first

        wiring.connect()
