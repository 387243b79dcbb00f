from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "safeguarding.procedures"

    def ready(self) -> None:
        """Read every definition now: a mistake in one stops the start, not a case."""
        from . import evidence, reach  # noqa: F401  registers itself; apps must be loaded first
        from .library import definitions

        definitions()
