from django.apps import AppConfig
from django.utils import timezone


class TrainingConfig(AppConfig):
    name = "safeguarding.training"

    def ready(self) -> None:
        """Read the topics now, and say what we can show and what comes before a role."""
        from safeguarding.people.before import before_a_role

        from . import awareness, calendar, evidence, ladders, reach, settling  # noqa: F401  they register themselves; apps must be loaded first
        from .currency import missing_before
        from .library import ready_topics, shown
        from .owed import settle

        before_a_role(lambda member, role: missing_before(member, role, timezone.now()), settle)

        ready_topics()
        shown()
