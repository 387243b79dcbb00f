from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "safeguarding.notifications"

    def ready(self) -> None:
        """Hand on what was owed by whoever leaves."""
        from . import settling  # noqa: F401  it registers itself; apps must be loaded first
