from django.apps import AppConfig


class WitnessConfig(AppConfig):
    name = "safeguarding.witness"

    def ready(self) -> None:
        """Say to whom our pages are open."""
        from . import reach  # noqa: F401  registers itself; apps must be loaded first
