"""Whether records come from a newer program than this one: an older one would write among what it cannot see.

So it is where somebody unpacks the archive that they kept with the stick, and restores last night's backup.
"""

from collections.abc import Iterable

from django.apps import apps
from django.db.migrations.loader import MigrationLoader

OURS = {"foundation", "safeguarding"}
REFUSED = (
    "These records were last opened by a newer Hedgerow than this one. Nothing was changed. Start that one: "
    "the newest archive, or the newest state of the checkout."
)


def of_a_newer_program(steps: Iterable[tuple[str, str]]) -> bool:
    """Whether one of the migrations that were applied is unknown here. Libraries drop old ones; we do not."""
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations or {}
    return any(step not in known for step in map(tuple, steps) if _is_ours(step[0]))


def _is_ours(label: str) -> bool:
    config = apps.app_configs.get(label)
    return config is not None and config.name.split(".")[0] in OURS
