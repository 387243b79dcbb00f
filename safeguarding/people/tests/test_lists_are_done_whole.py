"""A list is done once, whole, and just as it was looked at; or nothing of it is there."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from foundation.errors import RuleBroken
from foundation.jobs.worker import run_ready
from safeguarding.audit.models import Entry
from safeguarding.audit.trail import record_many
from safeguarding.people import actions
from safeguarding.people.importing import saving
from safeguarding.people.importing.counting import so_far
from safeguarding.people.importing.kept import Kept
from safeguarding.people.models import (
    Child,
    ImportAsked,
    ImportDone,
    ImportText,
    Room,
)
from safeguarding.people.roles import Role
from safeguarding.people.tasks import do_import_later, forget_typing
from tests.budget import NOT_COUNTED
from tests.people import signed_in

from .cast import Place
from .lists import begun

ASH = "Ash Vale,27/03/2022,Oaks,Vale,Jo Vale,mother"
ROWAN = "Rowan Vale,05/10/2023,Oaks,Vale,Jo Vale,mother"


def test_what_goes_wrong_at_the_end_leaves_nothing_behind(
    sunflowers: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    mo = sunflowers.member("Mo")
    of = begun(mo, ASH)
    plan = Kept(of).plan(mo).fingerprint
    before = Entry.objects.count()

    def torn(*_args: object, **_kwargs: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(saving, "record_many", torn)
    with pytest.raises(ConnectionError):
        actions.do_import(by=mo, of=of, plan=plan)

    assert not Room.objects.filter(name="Oaks").exists()
    assert not Child.objects.filter(full_name="Ash Vale").exists()
    assert Entry.objects.count() == before
    assert ImportText.objects.filter(of=of).exists(), "it can be done again"


def test_only_what_was_looked_at_is_done(sunflowers: Place) -> None:
    mo = sunflowers.member("Mo")
    of = begun(mo, ASH)
    plan = Kept(of).plan(mo).fingerprint
    actions.admit_child(by=mo, known_as="Ash", full_name="Ash Vale", born_on=date(2022, 3, 27))

    with pytest.raises(RuleBroken, match="changed since you looked"):
        actions.do_import(by=mo, of=of, plan=plan)


def test_a_list_is_kept_sealed_and_goes_when_it_is_done_or_a_day_old(sunflowers: Place) -> None:
    mo = sunflowers.member("Mo")
    of = begun(mo, ASH)
    assert b"Ash Vale" not in bytes(of.text.sealed)
    actions.do_import(by=mo, of=of, plan=Kept(of).plan(mo).fingerprint)
    assert not ImportText.objects.filter(of=of).exists()

    old = begun(mo, ROWAN)
    yesterday = timezone.now() - ImportText.KEEP - timedelta(minutes=1)
    ImportText.objects.filter(of=old).update(created_at=yesterday)
    with pytest.raises(RuleBroken, match="older than a day"):
        Kept(old).plan(mo)
    forget_typing.call()
    assert not ImportText.objects.filter(of=old).exists()


def test_a_list_is_done_once_however_often_it_is_sent(sunflowers: Place) -> None:
    mo = sunflowers.member("Mo")
    of = begun(mo, ASH)
    plan = Kept(of).plan(mo).fingerprint
    first = actions.ask_import(by=mo, of=of, plan=plan)
    assert actions.ask_import(by=mo, of=of, plan=plan) == first

    run_ready()
    do_import_later.call(str(first.pk))

    assert ImportDone.objects.get(of=of).added == 1
    with pytest.raises(RuleBroken, match="in already"):
        actions.do_import(by=mo, of=of, plan=plan)


def test_a_worker_that_is_killed_in_the_middle_does_it_whole_the_next_time(
    sunflowers: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    mo = sunflowers.member("Mo")
    of = begun(mo, ASH)
    asked = actions.ask_import(by=mo, of=of, plan=Kept(of).plan(mo).fingerprint)

    def killed(*_args: object, **_kwargs: object) -> None:
        raise SystemExit

    with monkeypatch.context() as broken, pytest.raises(SystemExit):
        broken.setattr(saving, "record_many", killed)
        do_import_later.call(str(asked.pk))
    assert not Child.objects.filter(full_name="Ash Vale").exists()

    do_import_later.call(str(asked.pk))
    assert Child.objects.filter(full_name="Ash Vale").exists()


def test_the_worker_says_why_it_did_not_do_it(sunflowers: Place) -> None:
    """Somebody who lost the role in the meantime brings nothing in."""
    mo = sunflowers.member("Devi")
    of = begun(mo, ASH)
    asked = actions.ask_import(by=mo, of=of, plan=Kept(of).plan(mo).fingerprint)
    held = mo.roles_held.get(role=Role.DEPUTY)
    actions.end_role(by=mo, held=held, reason="Moved away.")

    run_ready()

    asked = ImportAsked.objects.get(pk=asked.pk)
    assert "may not bring in" in asked.stopped.reason
    assert not Child.objects.filter(full_name="Ash Vale").exists()


def statements(place: Place, count: int, prefix: str) -> int:
    """How many it takes to bring in so many children, each with a family of two carers."""
    lines = [
        f"{prefix}{n} Vale,27/03/2022,Room {n % 5},{prefix}{n},Jo {prefix}{n},mother"
        for n in range(count)
    ]
    mo = place.member("Mo")
    of = begun(mo, *lines)
    plan = Kept(of).plan(mo).fingerprint
    with CaptureQueriesContext(connection) as asked:
        actions.do_import(by=mo, of=of, plan=plan)
    return sum(not one["sql"].startswith(NOT_COUNTED) for one in asked)


def test_ten_times_the_children_take_no_more_statements(sunflowers: Place) -> None:
    few, many = statements(sunflowers, 10, "A"), statements(sunflowers, 100, "B")

    assert many <= few + 3
    assert many < 40


def test_the_page_says_how_many_rows_are_written_while_they_are(
    sunflowers: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    mo = sunflowers.member("Mo")
    of = begun(mo, *(f"Ash{n} Vale,27/03/2022,Oaks,Vale{n},Jo{n} Vale,mother" for n in range(9)))
    asked = actions.ask_import(by=mo, of=of, plan=Kept(of).plan(mo).fingerprint)
    client, seen = signed_in(mo), list[str]()
    waiting = sunflowers.at(f"people/import/{of.pk}/progress/")
    assert "rows written" not in client.get(waiting).content.decode()

    def looking(*args: object, **kwargs: object) -> None:
        seen.append(client.get(waiting).content.decode())
        record_many(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(saving, "record_many", looking)
    do_import_later.call(str(asked.pk))

    # One room, nine families, nine carers and nine children, each with a line still to come.
    assert ["28 of 56 rows written" in page for page in seen] == [True]
    assert so_far(asked.pk) is None, "nothing of it stays behind"
