from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "safeguarding.governance"

    def ready(self) -> None:
        """Say who is told when a word on a duty is late, and what stands in calendars."""
        from . import calendar, ladders  # noqa: F401  they register themselves; apps must be loaded first
