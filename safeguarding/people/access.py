"""The access matrix: reads access.yaml strictly and answers what a set of roles may do."""

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

import yaml
from django.core.exceptions import ImproperlyConfigured

from .roles import Role

FILE = Path(__file__).with_name("access.yaml")
CAPABILITIES = frozenset("FKSLRWDGXAVM")
SCOPES = frozenset("ontsc")

Grants = frozenset[tuple[str, str]]


def scopes(roles: Iterable[Role], record_class: str, capability: str) -> frozenset[str]:
    """How widely these roles together may do one thing with one class: a set of scope letters."""
    return _scopes(frozenset(roles), record_class, capability)


def classes_within(roles: Iterable[Role], capability: str, scope: str) -> frozenset[str]:
    """The classes on which these roles hold a capability with exactly this scope."""
    return _classes_within(frozenset(roles), capability, scope)


@lru_cache(maxsize=4096)
def _scopes(roles: frozenset[Role], record_class: str, capability: str) -> frozenset[str]:
    table = matrix()
    return frozenset(
        scope
        for role in roles
        for letter, scope in table.get((role, record_class), frozenset())
        if letter == capability
    )


@lru_cache(maxsize=4096)
def _classes_within(roles: frozenset[Role], capability: str, scope: str) -> frozenset[str]:
    return frozenset(
        record_class
        for (role, record_class), grants in matrix().items()
        if role in roles and (capability, scope) in grants
    )


@cache
def matrix() -> dict[tuple[Role, str], Grants]:
    """Every cell of the matrix. A word the code does not know stops the start."""
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    table = {}
    for role, row in data["roles"].items():
        for record_class, cell in row.items():
            if record_class not in data["classes"]:
                raise ImproperlyConfigured(f"{FILE.name}: {role}: no class {record_class}")
            table[_role(role), record_class] = _grants(cell, f"{role} {record_class}")
    return table


@cache
def classes() -> dict[str, str]:
    """The record classes, C1 to C12, with their plain names."""
    return dict(yaml.safe_load(FILE.read_text(encoding="utf-8"))["classes"])


def _role(name: str) -> Role:
    try:
        return Role(name)
    except ValueError as error:
        raise ImproperlyConfigured(f"{FILE.name}: no role {name}") from error


def _grants(cell: str, where: str) -> Grants:
    grants: set[tuple[str, str]] = set()
    for grant in cell.split(","):
        letters, _, scope = grant.strip().partition(" ")
        if scope not in SCOPES or not set(letters) <= CAPABILITIES:
            raise ImproperlyConfigured(f"{FILE.name}: {where}: cannot read {grant.strip()!r}")
        grants.update((letter, scope) for letter in letters)
    return frozenset(grants)
