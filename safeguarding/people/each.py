"""What the worker does one after the other, in one setting after the other: one that fails stops no other."""

import logging
from collections.abc import Callable, Collection
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from foundation import fence

from .models import Setting

What = TypeVar("What")
logger = logging.getLogger(__name__)


class SomeFailedError(Exception):
    """Not everything was done that could be. The job counts as failed, and is tried again."""


def in_each_setting(act: Callable[[Setting], None], rows: QuerySet[Setting] | None = None) -> None:
    """Do something in each setting, or in those given, each from inside its own.

    Raises:
        SomeFailedError: It failed in some, and was done in all others.

    """
    settings = (Setting.objects.all() if rows is None else rows).order_by("slug")
    one_by_one([(one.pk, one) for one in settings], act)


def one_by_one(found: Collection[tuple[UUID, What]], act: Callable[[What], None]) -> None:
    """Do something with each of these, from inside its setting, whose id comes first.

    Raises:
        SomeFailedError: It failed with some, and was done with all others.

    """
    failed = sum(not _did(act, setting_id, what) for setting_id, what in found)
    if failed:
        raise SomeFailedError(f"{failed} of {len(found)} failed.")


def _did(act: Callable[[What], None], setting_id: UUID, what: What) -> bool:
    try:
        with fence.inside(setting_id):
            act(what)
    except Exception as error:  # whatever is wrong with this one, the others go on
        logger.error("%s failed: %s", act.__qualname__, type(error).__name__)
        return False
    return True
