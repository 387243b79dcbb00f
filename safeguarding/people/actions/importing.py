"""Bringing in a list of children or of staff: kept sealed, looked at, then done whole or not at all."""

from collections.abc import Sequence

from django.db import transaction

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.people import permissions
from safeguarding.people.given import Person
from safeguarding.people.importing import columns, reading
from safeguarding.people.importing.children import ChildrenPlan
from safeguarding.people.importing.counting import Count
from safeguarding.people.importing.kept import GONE, Kept, keep
from safeguarding.people.importing.plans import Plan
from safeguarding.people.importing.saving import Saving
from safeguarding.people.importing.staff import StaffPlan
from safeguarding.people.models import (
    Import,
    ImportAsked,
    ImportColumns,
    ImportDone,
    ImportText,
    Member,
    Setting,
)
from safeguarding.people.permissions import require
from safeguarding.people.settling import hold_what_is_settled
from safeguarding.people.tasks import do_import_later

from .accounts import add_member
from .roles import grant_role

MANY = 200  # lines; more are done by the worker
CHANGED = (
    "Something here has changed since you looked: the list would not do quite the same any more. "
    "Nothing was saved. Look at it again."
)
NOTHING_TO_DO = "Everybody in this list is here already, just as it says. There is nothing to save."


@transaction.atomic
def start_import(*, by: Member, kind: str, text: str) -> Import:
    """Keep a list, sealed and for a day, so that its columns and its lines can be looked at."""
    require(permissions.may_import, by, kind)
    sheet = columns.sheet_of(reading.rows_of(text), kind)
    started = Import.objects.create(setting=by.setting, kind=kind, started_by=by)
    keep(started, text).save(force_insert=True)
    record("import.started", started, by=by, kind=kind, lines=len(sheet.rows))
    return started


@transaction.atomic
def choose_columns(
    *, by: Member, of: Import, fields: Sequence[str], day_first: bool
) -> ImportColumns:
    """Say which column of the list is what. It is offered again for the same headings."""
    require(permissions.may_import_this, by, of)
    columns.check(fields, of.kind)
    chosen = ImportColumns.objects.create(
        setting=of.setting,
        of=of,
        headings=Kept(of).sheet.fingerprint,
        fields=list(fields),
        day_first=day_first,
    )
    record("import.columns_chosen", of, by=by, columns=sum(bool(one) for one in fields))
    return chosen


@transaction.atomic
def do_import(*, by: Member, of: Import, plan: str, count: Count | None = None) -> ImportDone:
    """Do exactly what was looked at (`plan` is its fingerprint), whole or not at all. `count` hears of it."""
    require(permissions.may_import_this, by, of)
    _lock(of)
    doing = Kept(of).plan(by)
    if doing.fingerprint != plan:
        raise RuleBroken(CHANGED)
    if not doing.does_something:
        raise RuleBroken(NOTHING_TO_DO)
    _save(by, doing, count or Count())
    done = ImportDone.objects.create(setting=of.setting, of=of, **doing.counts)
    ImportText.objects.filter(of=of).delete()
    counts = doing.counts | doing.with_it
    record("import.done", of, by=by, content=None, kind=of.kind, **counts)
    return done


@transaction.atomic
def ask_import(*, by: Member, of: Import, plan: str) -> ImportAsked:
    """Have exactly what was looked at done in the background. Asking twice asks once."""
    require(permissions.may_import_this, by, of)
    _lock(of)
    before = ImportAsked.objects.filter(of=of, plan=plan, stopped__isnull=True).first()
    if before is not None:
        return before
    asked = ImportAsked.objects.create(
        setting=of.setting, of=of, plan=plan, lines=len(Kept(of).sheet.rows)
    )
    record("import.asked_for", of, by=by, lines=asked.lines)
    do_import_later.enqueue(str(asked.pk))
    return asked


@transaction.atomic
def forget_import(*, by: Member, of: Import) -> None:
    """Throw the text of a list away before its time. Nothing of it is brought in."""
    require(permissions.may_import_this, by, of)
    _lock(of)
    ImportText.objects.filter(of=of).delete()
    record("import.forgotten", of, by=by)


def _lock(of: Import) -> None:
    """The second of two who do this, or another list of this setting, waits here."""
    Setting.objects.select_for_update(no_key=True, of=("self",)).get(pk=of.setting_id)
    if ImportDone.objects.filter(of=of).exists():
        raise RuleBroken("This list is in already.")
    if not ImportText.objects.filter(of=of).exists():
        raise RuleBroken(GONE)


def _save(by: Member, doing: Plan, count: Count) -> None:
    if isinstance(doing, ChildrenPlan):
        Saving(by, doing, count).save()
    if isinstance(doing, StaffPlan):
        hold_what_is_settled(*(member for member, _, _ in doing.given))
        count.total = len(doing.joining) + len(doing.given)
        for line in doing.joining:
            person = Person(line.name, line.email, line.roles, line.ends, line.starts)
            add_member(by=by, person=person)
            count.add(1)
        for member, line, role in doing.given:
            grant_role(by=by, to=member, role=role, starts=line.starts, ends=line.ends)
            count.add(1)
