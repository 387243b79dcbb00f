"""bin/manage procedures [--json]: every definition, for a person or a program."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from safeguarding.procedures.library import definitions
from safeguarding.procedures.schema import Definition, Rule, Step, Time


class Command(BaseCommand):
    help = "List the procedures: their steps, who does them, by when, and what is never done."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="as JSON, for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["json"]:
            listed = [as_json(definition) for definition in definitions().values()]
            self.stdout.write(json.dumps(listed, indent=2, ensure_ascii=False))
            return
        for definition in definitions().values():
            self.stdout.write(
                f"\n{definition.title}  ({definition.id}, version {definition.version})"
            )
            for number, step in enumerate(definition.steps, 1):
                self.stdout.write(f"  {number:2}. [{step.by}] {step.do}")
            for never in definition.never:
                self.stdout.write(f"   never: {never.says}")


def as_json(definition: Definition) -> dict[str, Any]:
    """One definition as the --json option prints it."""
    return {
        "id": definition.id,
        "title": definition.title,
        "version": definition.version,
        "record_class": definition.record_class,
        "imagery": definition.imagery,
        "group": definition.group,
        "report_as": definition.report_as,
        "steps": [_step(step) for step in definition.steps],
        "never": [never.model_dump() for never in definition.never],
    }


def _step(step: Step) -> dict[str, Any]:
    need = step.need if isinstance(step.need, str) else step.need.model_dump(mode="json")
    within = step.within.time if isinstance(step.within, Time) else step.within
    within = f"rule {within.rule}" if isinstance(within, Rule) else within
    return {
        "id": step.id,
        "do": step.do,
        "who": step.by,
        "need": need,
        "deadline": within,
        "records": step.records,
        "after": list(step.after),
        "apart_from": list(step.apart_from),
        "gate": list(step.gate.answers) if step.gate else [],
        "options": [option.model_dump() for option in step.options],
        "starts": list(step.starts),
        "obligations": list(step.obligations),
    }
