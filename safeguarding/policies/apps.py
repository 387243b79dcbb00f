from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "safeguarding.policies"

    def ready(self) -> None:
        """A mistake in the catalogue of duties stops a start."""
        from . import checks  # noqa: F401  registers itself
