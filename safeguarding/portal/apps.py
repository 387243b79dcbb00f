from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "safeguarding.portal"

    def ready(self) -> None:
        """Say which duties the public form shows to be kept."""
        from . import evidence, resealing  # noqa: F401  register themselves; apps must be loaded first
