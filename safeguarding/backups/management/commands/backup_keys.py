"""Makes the recovery sheets. Their secrets are printed, and stored nowhere. See docs/backups.md."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from foundation.templatetags.uk import uk_date
from safeguarding.backups import ours, recovery, sheets
from safeguarding.backups.durable import sync_folder

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
        for name, paper in papers.items():
            _write_new(to / name, paper)
        sync_folder(to)
        recovery.keep_public_keys(settings.DATA, [sheet.public for sheet in made])
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


def _write_new(place: Path, content: bytes) -> None:
    """Write a file for its owner alone; never over one that is there."""
    try:
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise CommandError(f"{place} is there already. Nothing was written over it.") from None
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
