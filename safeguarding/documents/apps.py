from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "safeguarding.documents"

    def ready(self) -> None:
        """Say how the keys of files are wrapped anew."""
        from . import resealing  # noqa: F401  registers itself; apps must be loaded first
