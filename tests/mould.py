"""Opening a nursery for a test: through real actions the first time, by the same rows after that.

A nursery of the cast takes a third of a second to open and nearly every test wants one. The first test of
a run opens it for real; what that wrote is kept in memory, and later tests get the same rows back.
"""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import models, transaction

from demo.cast import Nursery, find_nursery, open_nursery
from safeguarding.audit.chain import GENESIS
from safeguarding.audit.models import ChainHead, Entry

Rows = dict[type[models.Model], list[dict[str, Any]]]

_moulds: dict[str, Rows] = {}


def nursery(name: str) -> Nursery:
    """The nursery of this name with the whole cast, in the database of the running test."""
    if name in _moulds:
        pour(_moulds[name])
        return find_nursery(name.lower())
    opened, _moulds[name] = watched(lambda: open_nursery(name))
    return opened


def watched(act: Callable[[], Nursery]) -> tuple[Nursery, Rows]:
    """Do something, and give back every row it added, whichever table it went to."""
    before = {model: set(model._base_manager.values_list("pk", flat=True)) for model in ours()}
    done = act()
    added = {
        model: list(model._base_manager.exclude(pk__in=before[model]).values()) for model in ours()
    }
    return done, {model: rows for model, rows in added.items() if rows}


@transaction.atomic
def pour(rows: Rows) -> None:
    """Write the kept rows. A chain's own trigger moves its head on, so its entries go in order."""
    entries = sorted(rows.get(Entry, []), key=lambda row: row["seq"])
    ChainHead.objects.bulk_create(
        [ChainHead(setting_id=one["setting_id"], seq=0, link=GENESIS) for one in entries[:1]],
        ignore_conflicts=True,
    )
    for entry in entries:  # one at a time: PostgreSQL moves the head on after each statement
        Entry(**entry).save(force_insert=True)
    for model, kept in rows.items():
        if model is not Entry:
            model._base_manager.bulk_create(model(**row) for row in kept)


def ours() -> list[type[models.Model]]:
    """Every table a nursery may write to. The heads of chains follow from their entries."""
    skipped = {"contenttypes", "sessions"}
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label not in skipped and model is not ChainHead
    ]
