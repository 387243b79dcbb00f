"""manage.py obligations: every duty that the policies give, for people and for programs."""

import json
import textwrap
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from foundation.evidence import evidenced
from safeguarding.policies.duties import Duty, catalogue


class Command(BaseCommand):
    help = "List every duty of the catalogue: who, what, how often, and how it is shown."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print them as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        duties = catalogue().values()
        if options["json"]:
            listed = [as_data(one) for one in duties]
            self.stdout.write(json.dumps(listed, indent=2, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(in_words(one) for one in duties))


def shown_by(duty: Duty) -> str:
    """What shows that a duty is kept: the records, a person's word, or nothing yet."""
    if duty.id in evidenced():
        return "records"
    return "word" if duty.by_word else "nothing yet"


def as_data(duty: Duty) -> dict[str, Any]:
    """One duty for another program."""
    kept = duty.model_dump(mode="json", by_alias=True, exclude={"word"})
    place = {"clause": duty.clause, "heading": duty.place.heading, "app": duty.part.app}
    return {**kept, **place, "shown_by": shown_by(duty)}


def in_words(duty: Duty) -> str:
    """One duty for a person at a terminal: a line of columns, then the duty itself."""
    often = f"{duty.every.days} days" if duty.every else "-"
    columns = (f"{duty.id:17}", f"{often:9}", f"{shown_by(duty):12}", duty.part.title)
    lines = textwrap.wrap(duty.duty, 100, initial_indent="    ", subsequent_indent="    ")
    return "\n".join([" ".join(columns), *lines])
