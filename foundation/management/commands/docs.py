"""manage.py docs: write anew what the documentation says that the code knows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation import written

WHOLE_PAGES = ("permissions_table",)  # commands of the apps that write a page of their own


class Command(BaseCommand):
    help = "Write the generated parts of README.md and docs/, or check that they are current."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail if stale")

    def handle(self, *args: Any, **options: Any) -> None:
        stale = [page for page in pages() if renew(page, write=not options["check"])]
        if stale and options["check"]:
            names = ", ".join(str(page.relative_to(settings.BASE_DIR)) for page in stale)
            raise CommandError(f"Not current: {names}. Run bin/manage docs.")
        for name in WHOLE_PAGES:
            if name in get_commands():
                call_command(name, check=options["check"])


def pages() -> Iterator[Path]:
    """Every page that may hold a generated part."""
    root = Path(settings.BASE_DIR)
    yield root / "README.md"
    yield from sorted((root / "docs").rglob("*.md"))


def renew(page: Path, *, write: bool) -> bool:
    """Bring the generated parts of one page up to date; whether they were not."""
    before = page.read_text(encoding="utf-8")
    after = written.renewed(before, Path(settings.BASE_DIR))
    if write and after != before:
        page.write_text(after, encoding="utf-8")
    return after != before
