"""The ground under every app: the checks of a start, and the one list of places outside."""

from django.apps import AppConfig


class Foundation(AppConfig):
    name = "foundation"

    def ready(self) -> None:
        from foundation import belonging, egress, safe_start  # noqa: F401  known once imported

        egress.guard()
