"""Restores a backup on a computer that has nothing yet. See docs/backups.md, or the sheet on the wall."""

import getpass
import os
import sys
from argparse import SUPPRESS
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from safeguarding.backups import restoring
from safeguarding.backups.checking import NOTHING, NotGood
from safeguarding.backups.manifest import ELSEWHERE, Manifest
from safeguarding.backups.recovery import HUMAN, MANY, NotASecret, secret_from, words_from
from safeguarding.backups.restoring import ROOT, Wanted
from safeguarding.backups.tables import Server

LOCKED = (
    "It had passphrases, so no key file was written: unlock it with a passphrase, or with two of the "
    "recovery sheets that unlock. Is none of them left? Restore into another folder with --with-key-file."
)
ASKED = ("anchor", "although_older", "although_not_whole", "with_key_file")
COMPARED = "Every row and the whole audit trail were compared."
AS_IT_IS = (
    "Every row was compared. Whether the record is whole was not asked; it will go on saying so."
)
ASK = """Type the words of a backup sheet. They are not shown. Press Enter after each row, or whenever you
like: what you typed until then is checked. Ctrl-C stops; nothing is changed then.
"""


class Command(BaseCommand):
    help = "Restore a backup into a new data folder. Never writes over one that is there."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "backup", type=Path, help="the file that ends in .age, or the folder it lies in"
        )
        parser.add_argument("--start", action="store_true", help=SUPPRESS)  # as bin/run says it
        parser.add_argument("--secret-file", type=Path, help="a file with what stands on the sheet")
        parser.add_argument("--anchor", type=Path, help="where chains ended, as kept elsewhere")
        parser.add_argument("--although-older", action="store_true", help="there is a newer one")
        parser.add_argument(
            "--although-not-whole", action="store_true", help="with the record as it is"
        )
        parser.add_argument(
            "--with-key-file", action="store_true", help="although there are passphrases"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        data = Path(os.environ.get("HEDGEROW_DATA") or ROOT / "var").resolve()
        try:
            restoring.refuse_living(data)  # before anybody types 33 words
            backup = restoring.newest_in(options["backup"].resolve())
            if not options["although_not_whole"]:
                restoring.refuse_not_whole(backup)
            restoring.refuse_full(server := _server())
            secret = typed(options["secret_file"])
            self.stdout.write(f"Restoring {backup.name} and checking. This can take some minutes …")
            asked = {name: options[name] for name in ASKED}
            manifest = restoring.restore(Wanted(backup, secret, data, server=server, **asked))
        except (NotGood, NotASecret) as wrong:
            raise CommandError(str(wrong)) from None
        except (KeyboardInterrupt, EOFError):
            raise CommandError(f"Stopped. {NOTHING}") from None
        except OSError as wrong:
            what = wrong.strerror or type(wrong).__name__
            raise CommandError(f"It stopped: {what} ({wrong.filename}). {NOTHING}") from None
        self.say(data, manifest, options)

    def say(self, data: Path, manifest: Manifest, options: dict[str, Any]) -> None:
        compared = AS_IT_IS if options["although_not_whole"] else COMPARED
        self.stdout.write(
            f"Restored into {data}: {manifest.rows} rows in {len(manifest.tables)} tables, as they were "
            f"on {manifest.made_at[:16].replace('T', ' at ')} UTC. {compared}"
            f"{'' if options['start'] else ' Now run bin/run and sign in.'}"
        )
        if elsewhere := ELSEWHERE.get(manifest.text_keys):
            self.stdout.write(elsewhere)
        if not (data / "hedgerow.key").exists():
            self.stdout.write(LOCKED)


def _server() -> Server | None:
    """The PostgreSQL that DATABASE_URL names, if it does."""
    return Server(settings.DATABASES["default"]) if connection.vendor == "postgresql" else None


def typed(file: Path | None) -> str:
    """The secret of a sheet: from a file, from the keyboard, or from another program."""
    if file:
        return secret_from(_words_in(file))
    return asked() if sys.stdin.isatty() else secret_from(sys.stdin.read())


def _words_in(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise NotASecret(f"The file {file} with the words cannot be read. {NOTHING}") from None


def asked() -> str:
    """Ask for the words until they are those of a sheet. A slip is found where it was made."""
    sys.stdout.write(ASK)
    words: list[str] = []
    while True:
        line = getpass.getpass(f"From word {len(words) + 1}: ").lower().split()
        try:
            if line and line[0].startswith(HUMAN):
                return secret_from(" ".join(line))
            words += words_from(line, after=len(words))
            if len(words) >= MANY:
                return secret_from(" ".join(words))
        except NotASecret as wrong:
            words = words if len(words) < MANY else []
            sys.stdout.write(f"{wrong} Go on from word {len(words) + 1}.\n")
