from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "safeguarding.agreements"

    def ready(self) -> None:
        """Say what is asked with each member, who hears of missed clocks, what takes two, what we show."""
        from . import evidence, gate, ladders, two_people  # noqa: F401  register themselves; apps must be loaded first
