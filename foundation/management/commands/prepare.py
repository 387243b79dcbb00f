"""manage.py prepare: what bin/run does before it starts the web server, in one process."""

import hashlib
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from foundation import drop, newer
from foundation.belonging import refuse_other_key

STAMP = "collected.txt"
NOT_OURS = (
    "The folder {place} is to hold styles and scripts (HEDGEROW_STATIC), and whatever is in it is deleted "
    "first. But something else lies there. Nothing was changed. Name a new folder, or leave it out."
)


class Command(BaseCommand):
    help = "Brings the database and the static files up to date. Does nothing when they are."

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_to_clear_what_is_not_ours(Path(settings.STATIC_ROOT))
        try:
            refuse_other_key()
        except ImproperlyConfigured as refused:
            raise CommandError(str(refused)) from None
        self.migrate()
        call_command("createcachetable", verbosity=0)
        self.fence()
        self.collect_static()
        drop.make_ready(settings.DATA, settings.KEY)

    def migrate(self) -> None:
        executor = MigrationExecutor(connection)
        if newer.of_a_newer_program(executor.loader.applied_migrations):
            raise CommandError(newer.REFUSED)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            self.stdout.write(f"Preparing the database ({len(plan)} steps) …")
            self.stdout.flush()
            call_command("migrate", interactive=False, verbosity=0)

    def fence(self) -> None:
        """On PostgreSQL, the second fence: its roles, rights and policies."""
        if connection.vendor == "postgresql":
            from foundation.postgres import policies

            policies.install(connection)

    def collect_static(self) -> None:
        place = Path(settings.STATIC_ROOT)
        stamp, wanted = place / STAMP, digest_of_static()
        if stamp.is_file() and stamp.read_text() == wanted:
            return
        self.stdout.write("Preparing styles and scripts …")
        self.stdout.flush()
        clear(place)
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(wanted)


def refuse_to_clear_what_is_not_ours(place: Path) -> None:
    """What is cleared must be a folder of ours: a new one, or one that we cleared before."""
    is_new = not place.is_dir() or not any(place.iterdir())
    if not (is_new or (place / STAMP).is_file() or place == settings.DATA / "static"):
        raise CommandError(NOT_OURS.format(place=place.resolve()))


def clear(place: Path) -> None:
    """Empty the folder. The stamp stays: it says that the folder is ours, also if this is cut off."""
    place.mkdir(parents=True, exist_ok=True)
    (place / STAMP).write_text("")
    for one in place.iterdir():
        if one.is_dir() and not one.is_symlink():
            shutil.rmtree(one)
        elif one.name != STAMP:
            one.unlink()


def digest_of_static() -> str:
    """Changes when any static file does: name, size or time."""
    total = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            about = Path(storage.path(path)).stat()
            total.update(f"{path} {about.st_size} {about.st_mtime_ns}\n".encode())
    return total.hexdigest()
