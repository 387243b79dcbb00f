from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "safeguarding.people"

    def ready(self) -> None:
        """Say which duties we can show."""
        from . import evidence, keyring  # noqa: F401  register themselves; apps must be loaded first
