from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "safeguarding.policies"

    def ready(self) -> None:
        """A mistake in the catalogue of duties stops a start; say which duties we can show."""
        from . import checks, evidence, reach  # noqa: F401  they register themselves
        from .reviews import (
            calendar,  # noqa: F401
            ladders,  # noqa: F401
            owing,  # noqa: F401
        )
        from .reviews import evidence as of_reviews  # noqa: F401
