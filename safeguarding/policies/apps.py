from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "safeguarding.policies"

    def ready(self) -> None:
        """A mistake in the catalogue of duties stops a start; say which duties we can show."""
        from . import checks, evidence  # noqa: F401  they register themselves
