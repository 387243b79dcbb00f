from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "safeguarding.governance"

    def ready(self) -> None:
        """Say who is told when a word on a duty is late."""
        from . import ladders  # noqa: F401  registers itself; apps must be loaded first
