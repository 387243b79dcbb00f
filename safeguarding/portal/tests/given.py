"""What the tests of the public form send and look at."""

import re
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client

from demo.cast import Nursery
from safeguarding.concerns.models import Concern

CODE = re.compile(r"\b(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}\b")
WORRY = "He said that she pinches him when nobody looks."


def typed(**answers: Any) -> dict[str, str]:
    """A form filled in by a parent who names nobody."""
    usual = {
        "key": str(uuid4()),
        "in_danger_now": "no",
        "what": WORRY,
        "about": "no",
        "told_as": "parent",
    }
    return usual | answers


def page(at: Nursery, name: str = "tell") -> str:
    return at.setting.link_to(f"portal:{name}")


def sent(at: Nursery, client: Client | None = None, **answers: Any) -> HttpResponse:
    """What comes back when this is sent."""
    return (client or Client()).post(page(at), typed(**answers))  # type: ignore[return-value]


def told(at: Nursery, client: Client | None = None, **answers: Any) -> tuple[Concern, str]:
    """Send it; the report it became, and the code on the receipt."""
    before = set(Concern.objects.values_list("pk", flat=True))
    answer = sent(at, client, **answers)
    assert answer.status_code == 200, answer.content.decode()
    found = CODE.search(answer.content.decode())
    assert found, "no code on the receipt"
    return Concern.objects.exclude(pk__in=before).get(), found[0]


def come_back(at: Nursery, code: str, **more: str) -> HttpResponse:
    """What whoever holds a code sees, or is told when they send something further."""
    return Client().post(page(at, "replies"), {"code": code, **more})  # type: ignore[return-value]


def first_names(concern: Concern) -> set[str]:
    """Who was told of a report."""
    rows = concern.recipients.select_related("member__user")
    return {row.member.user.name.split()[0] for row in rows}
