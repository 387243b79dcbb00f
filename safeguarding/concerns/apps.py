from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    name = "safeguarding.concerns"

    def ready(self) -> None:
        """Say who is told next when a clock of ours is missed."""
        from . import ladders  # noqa: F401  registers itself; apps must be loaded first
