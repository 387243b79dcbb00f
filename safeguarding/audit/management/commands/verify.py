"""Checks the audit trail, and says in plain words where it was tampered with."""

import json
import os
import time
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from safeguarding.audit import anchors
from safeguarding.audit.ends import heads
from safeguarding.audit.verify import Report, verify

EVERY = 100_000  # entries, after which a person wants to know


class Command(BaseCommand):
    help = "Walk the audit trail and check every link. Ends with 1 if anything is wrong."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--setting", type=UUID, metavar="ID", help="only this setting's chain")
        parser.add_argument(
            "--anchor", type=Path, metavar="FILE", help="five lines that somebody outside kept"
        )
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["anchor"]:
            self.hold_against(options["anchor"])
        began = time.monotonic()
        report = verify(
            options["setting"],
            processes=os.cpu_count() or 1,
            told=Progress(options["setting"], self.stderr.write),
        )
        seconds = round(time.monotonic() - began, 3)
        self.stdout.write(
            as_json(report, seconds) if options["json"] else in_words(report, seconds)
        )
        if not report.is_intact:
            raise SystemExit(1)

    def hold_against(self, anchor: Path) -> None:
        """Stop unless the record still holds what somebody kept elsewhere."""
        try:
            found = anchors.look_at(anchor.read_text(encoding="utf-8-sig", errors="replace"))
        except OSError:
            raise CommandError(f"{anchor} cannot be read. Nothing was checked.") from None
        if found.checkpoint is None:
            self.stdout.write(found.wrong)
            raise SystemExit(1)
        at = found.checkpoint.at
        self.stdout.write(f"The record holds this anchor, signed at {at:%Y-%m-%d %H:%M} UTC.")


class Progress:
    """Says on the way how far a long walk is. Short ones are over before anyone wonders."""

    def __init__(self, setting_id: UUID | None, say: Callable[[str], object]) -> None:
        ends = [one.seq for one in heads() if setting_id in (None, one.setting_id)]
        self.all, self.say, self.next = sum(ends), say, EVERY

    def __call__(self, count: int) -> None:
        if count >= self.next:
            self.say(f"{count:,} of {self.all:,} entries are sound …")
            self.next = count + EVERY


def as_json(report: Report, seconds: float) -> str:
    """The result for another program."""
    problems = [asdict(problem) for problem in report.problems]
    found = {"intact": report.is_intact, "chains": report.chains, "entries": report.entries}
    return json.dumps({**found, "seconds": seconds, "problems": problems}, default=str, indent=2)


def in_words(report: Report, seconds: float) -> str:
    """The result for a person."""
    counted = f"{report.entries} entries in {report.chains} chains, {seconds} seconds."
    if report.is_intact:
        return f"The audit trail is intact: {counted}"
    found = [f"  {p.setting_id}, entry {p.position}: {p.wrong}" for p in report.problems]
    advice = "Change nothing, keep a copy of the database, and tell whoever answers for it."
    return "\n".join(["The audit trail is NOT intact.", *found, f"Checked: {counted}", advice])
