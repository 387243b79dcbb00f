from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "safeguarding.portal"

    def ready(self) -> None:
        """Say which duties the public form shows to be kept."""
        from . import evidence, reach  # noqa: F401  registers itself; apps must be loaded first
