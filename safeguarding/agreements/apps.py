from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "safeguarding.agreements"

    def ready(self) -> None:
        """Say what is asked with each member, who is told of missed clocks, and what takes two."""
        from . import gate, ladders, two_people  # noqa: F401  register themselves; apps must be loaded first
