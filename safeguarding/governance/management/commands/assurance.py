"""manage.py assurance sunflowers --at 2026-10-31: how the duties of a setting stand, or stood."""

import json
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from foundation import fence
from safeguarding.governance.board import STATES, Line, counts, end_of, lines
from safeguarding.people.models import Setting


class Command(BaseCommand):
    help = "Say how each duty of a setting stands, now or at the end of a day."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("setting", help="as in its address, such as sunflowers")
        parser.add_argument("--at", type=date.fromisoformat, metavar="DATE", help="2026-10-31")
        parser.add_argument("--json", action="store_true", help="print it as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        setting = Setting.objects.filter(slug=options["setting"]).first()
        if setting is None:
            raise CommandError(f"There is no setting {options['setting']}.")
        day = options["at"] or timezone.localdate()
        if day > timezone.localdate():
            raise CommandError(f"{day} is still to come.")
        at = end_of(day)
        with fence.inside(setting.pk):
            found = lines(setting.pk, at)
        said = as_json(setting, at, found) if options["json"] else in_words(setting, at, found)
        self.stdout.write(said)


def as_json(setting: Setting, at: datetime, found: list[Line]) -> str:
    """For another program: counts, and each duty with its figures."""
    duties = [_as_data(one) for one in found]
    head = {"setting": setting.slug, "at": at.isoformat(), "counts": counts(found)}
    return json.dumps({**head, "duties": duties}, indent=2)


def in_words(setting: Setting, at: datetime, found: list[Line]) -> str:
    """For a person: the counts, then what is pressing."""
    head = f"{setting.name}, {timezone.localtime(at):%d %B %Y %H:%M}: {len(found)} duties"
    listed = [f"{number:5}  {STATES[state][0]}" for state, number in counts(found).items()]
    pressing = [
        f"{one.duty.id:17} {one.says:9} {one.duty.duty}"
        for one in found
        if one.state in {"broken", "overdue"}
    ]
    return "\n".join([head, *listed, "", *pressing])


def _as_data(line: Line) -> dict[str, Any]:
    found, said = line.finding, line.word.said if line.word else None
    return {
        "id": line.duty.id,
        "clause": line.clause,
        "state": line.state,
        "every_days": line.days,
        "kept": found.kept if found else None,
        "owed": found.owed if found else None,
        "late": found.late if found else None,
        "until": said.until.isoformat() if said else None,
    }
