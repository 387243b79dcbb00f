"""Every address of Hedgerow, as the address tables name it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

PART = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>|\(\?P<(?P<group>\w+)>[^)]*\)")


@dataclass(frozen=True)
class Address:
    """One address with what is asked of it: `concerns/<uuid:concern_id>/`."""

    route: str
    app: str
    name: str
    view: Callable[..., Any]

    def __str__(self) -> str:
        return f"{self.app}:{self.name}" if self.app else self.name

    @property
    def ids(self) -> list[str]:
        """The parts that name a record: numbers and unguessable ids."""
        return [found["name"] for found in self._parts() if found["kind"] in {"uuid", "int"}]

    @property
    def words(self) -> list[str]:
        """The parts that are words of ours, such as a step or a rule, and name nobody's record."""
        ids = set(self.ids)
        names = [found["name"] or found["group"] for found in self._parts()]
        return [name for name in names if name not in ids]

    def filled(self, values: dict[str, str]) -> str:
        """The address with a value in every part."""
        path = PART.sub(lambda found: values[found["name"] or found["group"]], self.route)
        return "/" + re.sub(r"[\^$]", "", path)

    def _parts(self) -> list[re.Match[str]]:
        return list(PART.finditer(self.route))


@cache
def inside(app: str = "") -> tuple[Address, ...]:
    """The addresses behind /at/<setting>/, of one app or of all."""
    return tuple(one for one in _walk("config.setting_urls") if app in {"", one.app})


@cache
def outside() -> tuple[Address, ...]:
    """The addresses outside any setting."""
    return tuple(_walk("config.urls"))


def _walk(urlconf: str) -> Iterator[Address]:
    yield from _below(get_resolver(urlconf), "", "")


def _below(node: URLResolver, prefix: str, app: str) -> Iterator[Address]:
    for child in node.url_patterns:
        route = prefix + str(child.pattern)
        if isinstance(child, URLPattern):
            yield Address(route, app, child.name or "", child.callback)
        else:
            yield from _below(child, route, child.app_name or app)
