from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "safeguarding.training"

    def ready(self) -> None:
        """Read the topics now: a slip in one stops the start, not a page."""
        from .library import ready_topics, shown

        ready_topics()
        shown()
