from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "safeguarding.governance"

    def ready(self) -> None:
        """Say who is told of what is late, what stands in calendars, and which duties we show."""
        from . import calendar, ladders, reach, settling  # noqa: F401  they register themselves; apps must be loaded first
        from .plan import evidence, owing  # noqa: F401
