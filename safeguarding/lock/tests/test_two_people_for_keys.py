"""Who can unlock, the sheets and the key: two people, exactly what was asked, the last way never lost."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from demo.cast import Nursery
from foundation import changing, slots, standing, wrapping
from foundation.errors import RuleBroken
from foundation.tests.test_key_slots import CHEAP
from safeguarding.approvals.actions import approve, go_alone, refuse
from safeguarding.approvals.asked import those_asked
from safeguarding.approvals.models import Approval
from safeguarding.audit.models import Entry
from safeguarding.lock import actions
from safeguarding.notifications.models import Notification
from safeguarding.people.models import Absence, Member
from tests.people import signed_in

from .test_keeping_the_ways_in import PHRASE, data, put_away, with_ways_in

__all__ = ["data"]


@pytest.fixture
def n(sunflowers: Nursery, data: Path) -> Nursery:
    """The lead and the manager can unlock, there are sheets, and the key file is gone."""
    with_ways_in(data, sunflowers.dana, sunflowers.morgan)
    put_away(sunflowers.morgan, yes_by=sunflowers.dana)
    return sunflowers


def holders(data: Path) -> list[str]:
    return [one.holder.split()[0] for one in slots.read(data).slots]


def yes(by: Member, approval: Approval) -> None:
    approve(by=by, approval=approval, seen=approval.digest)


def test_somebody_new_can_unlock_once_another_person_says_yes(n: Nursery, data: Path) -> None:
    with pytest.raises(RuleBroken, match="second person"):
        actions.set_passphrase(by=n.devi, passphrase=PHRASE, cost=CHEAP)
    approval = actions.ask_for_passphrase(by=n.devi, passphrase=PHRASE, cost=CHEAP)
    assert holders(data) == ["Dana", "Morgan"], "it opens nothing before the yes"
    assert PHRASE not in str(approval.arguments)
    for not_them in (n.devi, n.priya, n.cleo):
        with pytest.raises(PermissionDenied):
            yes(not_them, approval)
    yes(n.dana, approval)

    found = slots.read(data)
    assert slots.open_with_passphrase(found, found.slots[-1].id, PHRASE).key == settings.KEY
    assert holders(data) == ["Dana", "Morgan", "Devi"]


def test_nobody_is_shut_out_by_one_person_nor_by_their_own_yes(n: Nursery, data: Path) -> None:
    with_two = slots.read(data).slots
    with pytest.raises(RuleBroken, match="second person"):
        actions.end_passphrase(by=n.dana, slot_id=with_two[1].id)
    approval = actions.ask_to_end_passphrase(by=n.dana, slot_id=with_two[1].id)
    assert [one.name.split()[0] for one in those_asked(approval)] == ["Devi"], "not whose it is"
    with pytest.raises(PermissionDenied):
        yes(n.morgan, approval)
    yes(n.devi, approval)

    assert holders(data) == ["Dana"]
    with pytest.raises(RuleBroken, match="last way in"):
        actions.end_passphrase(by=n.dana, slot_id=with_two[0].id)


def test_two_agreed_endings_never_end_the_last_way_in(n: Nursery, data: Path) -> None:
    first, second = slots.read(data).slots
    one = actions.ask_to_end_passphrase(by=n.morgan, slot_id=first.id)
    other = actions.ask_to_end_passphrase(by=n.dana, slot_id=second.id)
    yes(n.devi, one)
    with pytest.raises(RuleBroken, match="last way in"):
        yes(n.devi, other)
    assert holders(data) == ["Morgan"]


def test_new_sheets_open_nothing_before_the_yes_and_old_ones_nothing_after(
    n: Nursery, data: Path
) -> None:
    with pytest.raises(RuleBroken, match="second person"):
        actions.make_sheets(by=n.dana)
    before = slots.read(data).recovery
    approval, words = actions.ask_for_sheets(by=n.dana)
    with pytest.raises(slots.NotOpened):
        slots.open_with_sheets(slots.read(data), words[:2])
    assert slots.read(data).recovery == before
    assert not any(word in str(approval.arguments) for word in words), "the words are kept nowhere"
    yes(n.morgan, approval)
    assert slots.open_with_sheets(slots.read(data), words[:2]).key == settings.KEY

    again, newer = actions.ask_for_sheets(by=n.dana)
    yes(n.morgan, again)
    assert slots.open_with_sheets(slots.read(data), newer[:2]).key == settings.KEY
    with pytest.raises(slots.NotOpened):
        slots.open_with_sheets(slots.read(data), words[:2])


def test_the_key_is_changed_for_exactly_those_whom_the_second_person_saw(
    n: Nursery,
    data: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    asked = data / standing.ASKED["change key"]
    stale = actions.ask_to_change_key(by=n.dana)
    actions.set_passphrase(by=n.dana, passphrase=PHRASE, cost=CHEAP)  # her own, meanwhile
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(RuleBroken, match="exactly this"),
    ):
        yes(n.morgan, stale)
    assert not asked.exists()
    fresh = actions.ask_to_change_key(by=n.dana)
    with django_capture_on_commit_callbacks(execute=True):
        yes(n.morgan, fresh)
    assert asked.exists()


def test_a_no_leaves_everything_as_it_was(n: Nursery, data: Path) -> None:
    before = slots.place_of(data).read_text()
    approval, _ = actions.ask_for_sheets(by=n.dana)
    refuse(by=n.morgan, approval=approval, reason="Not all three were printed.")
    assert slots.place_of(data).read_text() == before


def _alone(n: Nursery, *, but: str = "") -> None:
    """Everybody who could be the second person has left, but this one."""
    for who in {"devi", "morgan", "wren", "cleo"} - {but}:
        n.people[who].roles_held.all().delete()


def test_where_nobody_else_is_there_it_waits_a_day_of_which_all_are_told(
    n: Nursery, data: Path
) -> None:
    _alone(n)
    approval, words = actions.ask_for_sheets(by=n.dana)
    assert Notification.objects.filter(recipient=n.priya, kind="done_alone").count() == 1
    with pytest.raises(PermissionDenied):
        go_alone(by=n.dana, approval=approval, seen=approval.digest)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        with pytest.raises(PermissionDenied):
            go_alone(by=n.priya, approval=approval, seen=approval.digest)
        page = approval.get_absolute_url()
        assert "Do this alone" in signed_in(n.dana).get(page).text
        go_alone(by=n.dana, approval=approval, seen=approval.digest)
        with pytest.raises(PermissionDenied):
            go_alone(by=n.dana, approval=approval, seen=approval.digest)

    assert slots.open_with_sheets(slots.read(data), words[1:]).key == settings.KEY
    assert Notification.objects.filter(recipient=n.priya, kind="done_alone").count() == 2
    assert Entry.objects.filter(event="approval.went_alone", subject_id=approval.pk).count() == 1


@pytest.mark.parametrize("who", ["cleo", "morgan"])
def test_nobody_goes_alone_while_there_is_a_second_person(n: Nursery, who: str) -> None:
    """The committee lead counts as well, and whoever is away today."""
    _alone(n, but=who)
    today, later = timezone.localdate(), timezone.now() + timedelta(hours=25)
    there = n.people[who]
    Absence.objects.create(
        setting=n.setting, member=there, starts=today, ends=later.date(), recorded_by=n.dana
    )
    approval, _ = actions.ask_for_sheets(by=n.dana)
    assert hasattr(approval, "widened")
    with time_machine.travel(later), pytest.raises(PermissionDenied):
        go_alone(by=n.dana, approval=approval, seen=approval.digest)


def test_the_pages_ask_where_it_takes_two(
    n: Nursery, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stretched = wrapping.stretched
    monkeypatch.setattr(wrapping, "stretched", lambda words, salt, _: stretched(words, salt, CHEAP))
    link, before = n.setting.link_to, slots.place_of(data).read_text()
    dana, devi = signed_in(n.dana), signed_in(n.devi)
    asked = devi.post(link("lock:passphrase"), {"passphrase": PHRASE, "again": PHRASE})
    assert asked["Location"] == Approval.objects.get(kind="let_in").get_absolute_url()
    assert "application/pdf" in dana.post(link("lock:sheets"))["Content-Type"]
    dana.post(link("lock:do"), {"what": "change"})
    dana.post(link("lock:do"), {"end": slots.read(data).slots[1].id})
    waiting = Approval.objects.filter(answer=None)
    assert {one.kind for one in waiting} == {"let_in", "use_sheets", "change_key", "end_passphrase"}
    assert slots.place_of(data).read_text() == before
    for one in waiting:
        reader = dana if one.asked_by == n.devi else devi
        assert "Yes, do this" in reader.get(one.get_absolute_url()).text


def test_without_room_for_the_copy_nothing_of_a_change_is_begun(
    n: Nursery, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Begun and not ended, it would keep everybody out of the records until somebody makes room."""
    approval = actions.ask_to_change_key(by=n.dana)
    (data / "hedgerow.db").write_bytes(bytes(4096))
    full = shutil.disk_usage(data)._replace(free=4096)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
    for refused in (
        lambda: yes(n.morgan, approval),
        lambda: actions.ask_to_change_key(by=n.morgan),
    ):
        with pytest.raises(RuleBroken, match="too little room"):
            refused()
    before = slots.place_of(data).read_bytes()
    with pytest.raises(changing.NotChanged, match="too little room"):
        changing.change_key(data, settings.KEY, None)
    assert slots.place_of(data).read_bytes() == before
