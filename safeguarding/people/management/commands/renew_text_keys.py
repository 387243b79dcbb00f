"""Encrypt every text anew that an older key encrypted. It may be stopped and started again."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, models
from psycopg.errors import InsufficientPrivilege

from foundation import fence
from foundation.constraints import NeverChanged, set_aside
from foundation.encrypted import EncryptedTextField, Sealed, renewed
from safeguarding.people.models import Setting

AT_ONCE = 200
NOT_THE_OWNER = (
    "Some texts are written once: only the owner of the tables may encrypt those anew. What was encrypted "
    "anew so far stays so, and everything can be read while the older keys are kept. Run it again with the "
    "owner's address in HEDGEROW_OWNER_URL (docs/keys.md)."
)


class Anew(NamedTuple):
    """A row's texts under the newest key, and as they were read."""

    pk: Any
    before: dict[str, Sealed]
    texts: dict[str, Sealed]


class Command(BaseCommand):
    help = "Encrypt anew, with the newest key, what older keys encrypted. Run it after a key was replaced."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done, left = _renew_all()
        except ProgrammingError as error:
            if isinstance(error.__cause__, InsufficientPrivilege):
                raise CommandError(NOT_THE_OWNER) from error
            raise
        self.stdout.write(f"{done} texts are encrypted with the newest key.")
        if left:
            self.stdout.write(f"{left} could not be opened and stayed as they are.")


def _renew_all() -> tuple[int, int]:
    done = left = 0
    settings = list(Setting.objects.values_list("pk", flat=True))
    for model in apps.get_models():
        fields = [one for one in model._meta.concrete_fields if isinstance(one, EncryptedTextField)]
        for setting_id in settings if fields else ():
            for rows in _some(model, setting_id):
                changed, closed = _renew(model, fields, setting_id, rows)
                done, left = done + changed, left + closed
    return done, left


def _some(model: type[models.Model], setting_id: UUID) -> Iterator[list[models.Model]]:
    """All rows of a setting, a few hundred at a time. Nothing is under way while they are worked on."""
    rows = model._default_manager.filter(setting=setting_id).order_by("pk")
    with fence.inside(setting_id):
        known = list(rows.values_list("pk", flat=True))
    for start in range(0, len(known), AT_ONCE):
        with fence.inside(setting_id):
            found = list(rows.filter(pk__in=known[start : start + AT_ONCE]))
        yield found


def _renew(
    model: type[models.Model], fields: list[Any], setting_id: UUID, rows: list[models.Model]
) -> tuple[int, int]:
    """Row by row, each in a transaction of its own: what is done stays done.

    Where rows are written once, these few hundred together, as the owner of the table.
    """
    with fence.inside(setting_id):
        new = [(row, {one.name: renewed(row, one) for one in fields}) for row in rows]
    left = sum(value is False for _, values in new for value in values.values())
    anew = [one for row, values in new if (one := _anew(row, values)).texts]
    once = any(isinstance(one, NeverChanged) for one in model._meta.constraints)
    done = 0
    for together in [anew] if once and anew else [[one] for one in anew]:
        with set_aside(model), fence.inside(setting_id):
            done += sum(_write(model, one) for one in together)
    return done, left


def _anew(row: models.Model, values: dict[str, Sealed | bool | None]) -> Anew:
    texts = {name: value for name, value in values.items() if isinstance(value, Sealed)}
    return Anew(row.pk, {name: row.__dict__[name] for name in texts}, texts)


def _write(model: type[models.Model], anew: Anew) -> int:
    """Only where it still says what was read: what somebody wrote meanwhile has the newest key already."""
    unchanged = model._default_manager.filter(pk=anew.pk, **anew.before)
    return unchanged.update(**anew.texts) * len(anew.texts)
