from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "safeguarding.people"

    def ready(self) -> None:
        """Say which duties we can show."""
        from . import evidence  # noqa: F401  registers itself; apps must be loaded first
