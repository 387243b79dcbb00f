"""Records that a newer program has written are not opened by an older one."""

import pytest
from django.core.management.base import CommandError
from django.db.migrations.recorder import MigrationRecorder

from foundation.management.commands import prepare


@pytest.mark.parametrize("app", ["people", "jobs"])
def test_an_older_program_is_not_started_on_them(app: str, db: None) -> None:
    prepare.Command().migrate()
    MigrationRecorder.Migration.objects.create(app=app, name="0099_of_a_newer_one")
    with pytest.raises(CommandError, match="Start that one"):
        prepare.Command().migrate()


@pytest.mark.parametrize("app", ["account", "gone"])
def test_libraries_may_drop_old_steps(app: str, db: None) -> None:
    MigrationRecorder.Migration.objects.create(app=app, name="0001_dropped_since")
    prepare.Command().migrate()
