"""Writes docs/permissions.md: the access matrix, and every rule of every app with its sentence."""

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from safeguarding.people import access
from safeguarding.people.roles import Role

PAGE = Path(settings.BASE_DIR) / "docs" / "permissions.md"
TOP = """# Who may do what

Written by `bin/manage permissions_table`; do not edit. The table is
`safeguarding/people/access.yaml`, which the program reads; the rules are each app's
`permissions.py`.

Letters: **F** file · **K** receipt of own · **S** list, status only · **L** list · **R** read ·
**W** append · **D** decide and close · **G** give need-to-know · **X** export or disclose ·
**A** aggregates · **V** verify without reading · **M** manage.
Scopes: *o* own submissions · *n* need-to-know list · *t* whole setting · *s* explicit share ·
*c* own child. Nothing in a cell means: not allowed. Whoever a record is about, or who is in
conflict with it, has nothing on it whatever the table says. Filing is open to everyone.
"""
LETTERS = "FKSLRWDGXAVM"


class Command(BaseCommand):
    help = "Write the table of permissions to docs/permissions.md, or check that it is current."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail if stale")
        parser.add_argument("--to", type=Path, default=PAGE, help="where the page is")

    def handle(self, *args: Any, **options: Any) -> None:
        page: Path = options["to"]
        text = "\n".join([TOP, *_matrix(), "", *_classes(), "", *_rules()]) + "\n"
        if not options["check"]:
            page.parent.mkdir(exist_ok=True)
            page.write_text(text, encoding="utf-8")
        elif not page.is_file() or page.read_text(encoding="utf-8") != text:
            raise CommandError(f"{page.name} is not current. Run bin/manage permissions_table.")


def _matrix() -> Iterator[str]:
    names = list(access.classes())
    yield "| role | " + " | ".join(names) + " |"
    yield "|---" * (len(names) + 1) + "|"
    for role in Role:
        cells = [_cell(access.matrix().get((role, name), frozenset())) for name in names]
        yield f"| {role.label} | " + " | ".join(cells) + " |"


def _cell(grants: access.Grants) -> str:
    """The grants as they are written in access.yaml: "FK o, R n"."""
    by_scope: dict[str, str] = {}
    for letter, scope in sorted(grants, key=lambda grant: LETTERS.index(grant[0])):
        by_scope[scope] = by_scope.get(scope, "") + letter
    return ", ".join(f"{letters} {scope}" for scope, letters in by_scope.items())


def _classes() -> Iterator[str]:
    for name, meaning in access.classes().items():
        yield f"- **{name}** {meaning}"


def _rules() -> Iterator[str]:
    for config in sorted(apps.get_app_configs(), key=lambda one: one.name):
        rules = list(_rules_of(config.name))
        if rules:
            yield f"## {config.label}"
            yield ""
            for rule in rules:
                yield f"- `{rule.__name__}`: {_sentence(rule)}"
            yield ""


def _rules_of(app: str) -> Iterator[Callable[..., Any]]:
    """Every rule of an app, in the order it is written."""
    if not app.startswith("safeguarding.") or find_spec(f"{app}.permissions") is None:
        return
    module = import_module(f"{app}.permissions")
    for name, rule in vars(module).items():
        ours = inspect.isfunction(rule) and rule.__module__.startswith(module.__name__)
        if ours and (name.startswith("may_") or name.endswith("readable_by")):
            yield rule


def _sentence(rule: Callable[..., Any]) -> str:
    text = inspect.getdoc(rule)
    if not text:
        raise CommandError(
            f"{rule.__module__}.{rule.__name__} needs a sentence that says its rule."
        )
    return " ".join(text.split())
