"""The rules that were in force on a day. Files in, plain objects out; no database here."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from pydantic import TypeAdapter

from foundation import strict_yaml
from safeguarding.law.schema import Dated, Guidance, Rule, Term

HERE = Path(__file__).parent
RULES = HERE / "rules"


class NoSuchRule(KeyError):  # noqa: N818  reads as a sentence
    """No rule of that id is in force on that day."""


def rule(rule_id: str, on: date) -> Rule:
    """The version of a rule in force on a day. Raises NoSuchRule."""
    for version in _versions().get(rule_id, ()):
        if version.is_in_force(on):
            return version
    raise NoSuchRule(f"{rule_id} on {on:%d %B %Y}")


def rules(on: date) -> list[Rule]:
    """Every rule in force on a day, by id."""
    return [one for versions in _versions().values() for one in versions if one.is_in_force(on)]


def rule_ids() -> frozenset[str]:
    """Every id there ever was, so that a file that names one can be checked."""
    return frozenset(_versions())


@cache
def guidance() -> dict[str, Guidance]:
    """What the policies cite and what rules now, by id."""
    return {
        one.id: one for one in strict_yaml.read(HERE / "guidance.yaml", TypeAdapter(list[Guidance]))
    }


@cache
def terms() -> dict[str, Term]:
    """The words to use, by id."""
    listed = strict_yaml.read(HERE / "terms.yaml", TypeAdapter(list[Term]))
    return {one.id: one for one in listed}


@cache
def _versions() -> dict[str, tuple[Rule, ...]]:
    return read_rules(RULES)


def read_rules(folder: Path) -> dict[str, tuple[Rule, ...]]:
    """Every version of every rule in a folder, oldest first. Refuses two in force on one day."""
    found: dict[str, list[Rule]] = {}
    for path in sorted(folder.glob("*.yaml")):
        for one in strict_yaml.read(path, TypeAdapter(list[Rule])):
            found.setdefault(one.id, []).append(one)
    ordered = {name: tuple(sorted(found[name], key=_start)) for name in sorted(found)}
    for versions in ordered.values():
        refuse_overlap(versions)
    return ordered


def refuse_overlap(versions: Iterable[Rule]) -> None:
    """Stop if two versions of a rule, given oldest first, are in force on the same day."""
    for older, newer in pairwise(versions):
        if older.in_force_to is None or older.in_force_to >= _start(newer):
            raise ImproperlyConfigured(f"{newer.id}: two versions are in force on one day")


def _start(one: Dated) -> date:
    return one.in_force_from or date.min
