"""Makes a backup now, and says where it is. See docs/backups.md."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from safeguarding.backups import folder, ours
from safeguarding.backups.checking import NotGood
from safeguarding.backups.making import Busy

NO_CHECKSUMS = (
    "The pages of this PostgreSQL carry no checksums, so it does not notice a flipped bit. Stop it once "
    "and run pg_checksums --enable."
)


class Command(BaseCommand):
    help = "Make a backup while people work, check it by restoring it, and say where it is."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            label = ours.back_up(timezone.now())
        except (ImproperlyConfigured, NotGood, Busy, OSError) as wrong:
            raise CommandError(f"No backup was made. {wrong}") from None
        except Exception as wrong:
            what = f"{ours.why(wrong)} ({type(wrong).__name__})"
            raise CommandError(f"No backup was made. {what}") from wrong
        if (server := ours.server()) and not server.looks_for_damage():
            self.stdout.write(NO_CHECKSUMS)
        place = ours.source().to / f"{label.name}{folder.SEALED}"
        sheets = " or ".join(label.sheets)
        self.stdout.write(f"Made, restored and compared: {place}\nIt opens with sheet {sheets}.")
        if elsewhere := ours.kept_elsewhere():
            self.stdout.write(elsewhere)
        if not label.is_whole:
            raise CommandError(ours.IS_NOT_WHOLE)
