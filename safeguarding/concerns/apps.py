from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    name = "safeguarding.concerns"

    def ready(self) -> None:
        """Say who is told next when a clock of ours is missed, which duties we show, what takes two."""
        from . import (  # noqa: F401  register themselves; apps must be loaded first
            curtain,
            evidence,
            glass,
            ladders,
            prompts,
            reach,
            settling,
            two_people,
        )
