from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "safeguarding.people"

    def ready(self) -> None:
        """Say which duties we can show, and what is sealed anew with a new key."""
        # They register themselves; apps must be loaded first.
        from . import evidence, keyring, resealing  # noqa: F401
