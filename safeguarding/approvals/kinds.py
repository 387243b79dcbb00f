"""What can be asked for: apps above say what each kind does, who may say yes to it, and in which words."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from safeguarding.people.models import Member

if TYPE_CHECKING:
    from .models import Approval

# All that will be done, as plain values: ids, words, and the digest of what they stand for.
Arguments = Mapping[str, str | bool | list[str]]


@dataclass(frozen=True)
class Said:
    """What will happen, in full, for whoever is asked; and where to look at what it is about."""

    lines: list[tuple[str, str]]
    href: str = ""


@dataclass(frozen=True)
class Kind:
    """One thing that takes two people, and what it is called in a list.

    `for_those_who_may` is the condition on approvals of this kind that a member may be asked about.
    `run` does it, through the real action, as whoever asked; `result` is where they find it.
    `alone` says that whoever asked may do it by themselves where nobody else could ever say yes: after a
    day, of which everybody at work here was told. Without it, it waits.
    """

    title: str
    for_those_who_may: Callable[[Member], Q]
    says: Callable[["Approval", Member], Said]
    run: Callable[["Approval", Member], None]
    result: Callable[["Approval"], str]
    alone: bool = False


KINDS: dict[str, Kind] = {}


def takes_two(name: str, kind: Kind) -> None:
    """Register something that takes two people."""
    KINDS[name] = kind


def digest_of(kind: str, setting_id: UUID, arguments: Arguments) -> str:
    """SHA-256 of what will run and on what, in one canonical form."""
    whole = {"kind": kind, "setting": str(setting_id), "arguments": dict(arguments)}
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
