from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "safeguarding.agreements"

    def ready(self) -> None:
        """Say what is asked with each member, who hears of missed clocks, what takes two, what we show."""
        from . import calendar, evidence, gate, ladders, two_people  # noqa: F401  they register themselves
