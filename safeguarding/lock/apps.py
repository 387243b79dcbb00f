from django.apps import AppConfig


class LockConfig(AppConfig):
    name = "safeguarding.lock"

    def ready(self) -> None:
        """Say what of ours takes two people."""
        from . import reach, two_people  # noqa: F401  registers itself; apps must be loaded first
