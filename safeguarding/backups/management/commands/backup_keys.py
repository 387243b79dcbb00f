"""Makes the recovery sheets. Their secrets are printed, and stored nowhere. See docs/backups.md."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from foundation import fence
from foundation.templatetags.uk import uk_date
from safeguarding.audit.trail import System
from safeguarding.backups import actions, ours, recovery, sheets
from safeguarding.backups.durable import sync_folder
from safeguarding.people.models import Setting
from safeguarding.people.permissions import OPERATOR

DONE = """Three papers are in {to}.

1. Print all three.
2. Delete the files recovery-sheet-1.pdf and recovery-sheet-2.pdf, also from the stick or the bin.
3. Put each recovery sheet in an envelope of its own, closed and signed, with two different people.
4. Hang up sheet-for-the-wall.pdf.

From now on backups are made each night. The first: bin/manage backup"""


class Command(BaseCommand):
    help = "Make two recovery sheets and the sheet for the wall, and remember their public keys."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, required=True, help="a folder, such as a stick")
        parser.add_argument(
            "--replace", action="store_true", help="new sheets; keep the old ones with old backups"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        to: Path = options["to"].resolve()
        self._refuse(to, replace=options["replace"])
        made = [recovery.new_sheet(), recovery.new_sheet()]
        on = uk_date(timezone.localdate())
        papers = {
            "recovery-sheet-1.pdf": sheets.secret_sheet(made[0], 1, on),
            "recovery-sheet-2.pdf": sheets.secret_sheet(made[1], 2, on),
            "sheet-for-the-wall.pdf": sheets.wall_sheet(made, on),
        }
        _write_all({to / name: paper for name, paper in papers.items()})
        sync_folder(to)
        recovery.keep_public_keys(settings.DATA, [sheet.public for sheet in made])
        _tell([sheet.name for sheet in made])
        self.stdout.write(DONE.format(to=to))

    def _refuse(self, to: Path, *, replace: bool) -> None:
        if ours.have_keys() and not replace:
            raise CommandError(
                "There are recovery sheets already. Nothing was changed. If one was lost or opened by a "
                "stranger, add --replace, and keep the old sheets for as long as the old backups."
            )
        if not to.is_dir():
            raise CommandError(f"There is no folder {to}. Nothing was changed.")
        if to.is_relative_to(settings.DATA):
            raise CommandError(
                f"{to} is part of the data folder, and would be in each backup. Nothing was changed. "
                "Name a stick or another folder."
            )
        lie = [Path(one).resolve() for one in (settings.BACKUPS, settings.SECOND_BACKUPS) if one]
        if any(to.is_relative_to(one) for one in lie):
            raise CommandError(
                f"{to} is where the backups lie, and whoever finds it would have both. Nothing was changed. "
                "Name another stick or folder."
            )


def _tell(names: list[str]) -> None:
    """Those who look after the backups of each setting. Of a new installation there is nobody yet."""
    if Setting._meta.db_table not in connection.introspection.table_names():
        return
    for setting in Setting.objects.all():
        with fence.inside(setting.pk):
            actions.note_sheets(by=System(OPERATOR, setting.pk), setting=setting, names=names)


def _write_all(papers: dict[Path, bytes]) -> None:
    """All of them or none: one that was left would open nothing."""
    written: list[Path] = []
    try:
        for place, content in papers.items():
            _write_new(place, content, written)
    except OSError as wrong:
        for place in written:
            place.unlink(missing_ok=True)
        there = isinstance(wrong, FileExistsError)
        why = f"{wrong.filename} is there already." if there else f"It stopped: {wrong.strerror}."
        raise CommandError(f"{why} Nothing was written over it, and nothing was changed.") from None


def _write_new(place: Path, content: bytes, written: list[Path]) -> None:
    """Write a file for its owner alone; never over one that is there."""
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    written.append(place)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
