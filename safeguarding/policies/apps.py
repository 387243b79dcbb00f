from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "safeguarding.policies"

    def ready(self) -> None:
        """Say who is told of what was missed, and which duties we can show."""
        from .reviews import calendar, evidence, ladders  # noqa: F401  registers itself; apps must be loaded first
