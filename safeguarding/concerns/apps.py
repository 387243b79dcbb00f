from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    name = "safeguarding.concerns"

    def ready(self) -> None:
        """Say who is told next when a clock of ours is missed, and which duties we can show."""
        from . import curtain, evidence, ladders, settling  # noqa: F401  register themselves; apps must be loaded first
