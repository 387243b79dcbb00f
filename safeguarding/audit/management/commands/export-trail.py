# ruff: noqa: N999  the name people type
"""Writes a copy of a setting's trail that anybody can check, without its words and names."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from foundation import fence
from safeguarding.audit import checkpoints, export, signing
from safeguarding.audit.models import INSTALLATION, ChainHead

WHICH = "Nothing was written. Say which setting: its page “The record” shows its number. On record are these:"


class Command(BaseCommand):
    help = (
        "Write a copy of a setting's trail for bin/verify-export. It holds no names and no words."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, required=True, metavar="FILE", help="a new file")
        parser.add_argument(
            "--setting", type=UUID, metavar="ID", help="needed if there are several"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        setting_id = self.setting_of(options["setting"])
        try:
            checkpoints.make()
            entries = written(setting_id, options["to"])
        except FileExistsError:
            raise CommandError(f"{options['to']} is there already. Nothing was written.") from None
        except OSError as wrong:
            why = f"{options['to']} cannot be written: {wrong.strerror}."
            raise CommandError(f"{why} Nothing was written.") from None
        except signing.NoKey as alarm:
            raise CommandError(f"{alarm} Nothing was written.") from None
        self.stdout.write(
            f"{entries} entries are in {options['to']}. Check it on any computer with "
            f"bin/verify-export {options['to']}, together with an anchor that somebody else holds."
        )

    def setting_of(self, wanted: UUID | None) -> UUID:
        """The setting that was named, or the only one."""
        with fence.across("the trail"):
            chains = set(ChainHead.objects.values_list("pk", flat=True))
        found = {wanted} & chains if wanted else chains - {INSTALLATION}
        if wanted and not found:
            raise CommandError(f"There is no setting {wanted} here. Nothing was written.")
        if len(found) != 1:
            known = "".join(f"\n  --setting {one}" for one in sorted(chains - {INSTALLATION}))
            raise CommandError(f"{WHICH}{known}")
        return found.pop()


def written(setting_id: UUID, to: Path) -> int:
    """How many entries are in the new file. What could be written only in part is not left there."""
    with to.open("xb") as file:
        try:
            with transaction.atomic(), fence.inside(setting_id):
                return export.write(setting_id, file)
        except BaseException:
            to.unlink(missing_ok=True)
            raise
