"""Prints the rules in force: what they say, how long they give, where they stand."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand
from django.utils import timezone

from safeguarding.law import library
from safeguarding.law.local import rules_for
from safeguarding.law.schema import Rule


class Command(BaseCommand):
    help = "Show the rules in force on a day, here or in one setting."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument("--setting", type=UUID, metavar="ID")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        on = options["on"] or timezone.localdate()
        here = options["setting"]
        found = list(rules_for(here, on).values()) if here else library.rules(on)
        self.stdout.write(as_json(found) if options["json"] else "\n".join(map(as_line, found)))


def as_json(found: list[Rule]) -> str:
    """The rules for another program."""
    return json.dumps([as_data(rule) for rule in found], ensure_ascii=False, indent=2)


def as_data(rule: Rule) -> dict[str, Any]:
    """One rule, with its lengths of time as people write them."""
    data = rule.model_dump(mode="json", exclude={"value": True, "local": True})
    data["value"] = str(rule.value)
    data["local"] = rule.local and {
        "national": str(rule.local.national),
        "reason": rule.local.reason,
        "since": rule.local.since.isoformat(),
    }
    return data


def as_line(rule: Rule) -> str:
    """One rule for a person."""
    flag = "" if rule.verified else " (not verified)"
    own = f", here since {rule.local.since:%d %B %Y}" if rule.local else ""
    return f"{rule.id}: {rule.value}{own}. {rule.title}. {rule.source.title}{flag}"
