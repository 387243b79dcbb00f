from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "safeguarding.agreements"

    def ready(self) -> None:
        """Say what is asked with each member, who hears of missed clocks, what takes two, what we show.

        And that the item of the first weeks about the agreement is done once it is signed.
        """
        from safeguarding.training.new_here import fulfilled_by

        from . import calendar, evidence, gate, ladders, owing, reach, two_people  # noqa: F401  they register themselves
        from .standing import done_signing

        fulfilled_by("agreement", done_signing)
