"""Restores a backup on a computer that has nothing yet. See docs/backups.md, or the sheet on the wall."""

import getpass
import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from safeguarding.backups import restoring
from safeguarding.backups.checking import NotGood
from safeguarding.backups.recovery import NotASecret, secret_from
from safeguarding.backups.restoring import ROOT, Wanted
from safeguarding.backups.tables import Server

LOCKED = (
    "It had passphrases, so no key file was written: unlock it with a passphrase, or with two of the "
    "recovery sheets that unlock. Is none of them left? Restore into another folder with --with-key-file."
)
ASK = "Type the words of the recovery sheet, with spaces between (they are not shown): "


class Command(BaseCommand):
    help = "Restore a backup into a new data folder. Never writes over one that is there."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("backup", type=Path, help="the file that ends in .age")
        parser.add_argument("--secret-file", type=Path, help="a file with what stands on the sheet")
        parser.add_argument("--anchor", type=Path, help="where chains ended, as kept elsewhere")
        parser.add_argument("--although-older", action="store_true", help="there is a newer one")
        parser.add_argument(
            "--with-key-file", action="store_true", help="although there are passphrases"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        data = Path(os.environ.get("HEDGEROW_DATA", ROOT / "var")).resolve()
        backup: Path = options["backup"].resolve()
        try:
            restoring.refuse_living(data)  # before anybody types 33 words
            restoring.refuse_missing(backup)
            restoring.refuse_full(server := _server())
            secret = secret_from(typed(options["secret_file"]))
            self.stdout.write("Restoring and checking. This can take some minutes …")
            asked = (options["anchor"], options["although_older"], options["with_key_file"])
            wanted = Wanted(backup, secret, data, *asked, server)
            manifest = restoring.restore(wanted)
        except (NotGood, NotASecret) as wrong:
            raise CommandError(str(wrong)) from None
        self.stdout.write(
            f"Restored into {data}: {manifest.rows} rows in {len(manifest.tables)} tables, as they were "
            f"on {manifest.made_at[:16].replace('T', ' at ')} UTC. Every row and the whole audit trail "
            "were compared. Now run bin/run and sign in."
        )
        if not (data / "hedgerow.key").exists():
            self.stdout.write(LOCKED)


def _server() -> Server | None:
    """The PostgreSQL that DATABASE_URL names, if it does."""
    return Server(settings.DATABASES["default"]) if connection.vendor == "postgresql" else None


def typed(file: Path | None) -> str:
    """What stands on the sheet: from a file, from the keyboard, or from another program."""
    if file:
        return file.read_text(encoding="utf-8")
    return getpass.getpass(ASK) if sys.stdin.isatty() else sys.stdin.read()
