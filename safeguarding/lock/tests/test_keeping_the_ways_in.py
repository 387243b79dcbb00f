"""Who locks, sets a passphrase, prints sheets and puts the key file away; and what each leaves behind."""

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.test import TestCase, override_settings
from pytest_django import DjangoCaptureOnCommitCallbacks

from demo.cast import Nursery
from foundation import former, keys, opening, slots, standing
from foundation.errors import RuleBroken
from foundation.tests.test_key_slots import CHEAP
from safeguarding.approvals import actions as approving
from safeguarding.approvals.actions import approve
from safeguarding.audit.models import Entry
from safeguarding.lock import actions
from safeguarding.lock.paper import printed
from safeguarding.notifications.models import Notification
from safeguarding.people.models import Member
from tests.budget import MOST, queries_of
from tests.people import signed_in

PHRASE = "four wet donkeys whistle"


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """The data folder of an installation with a key file."""
    (tmp_path / standing.KEY_FILE).write_text(settings.KEY.hex())
    with override_settings(DATA=tmp_path, LEAST_FREE=0):
        yield tmp_path


def put_away(by: Member, *, yes_by: Member) -> None:
    """Put the key file away, by two people."""
    approval = actions.ask_to_put_key_file_away(by=by)
    with TestCase.captureOnCommitCallbacks(execute=True):
        approve(by=yes_by, approval=approval, seen=approval.digest)


def with_ways_in(data: Path, *members: Member) -> list[str]:
    for one in members:
        actions.set_passphrase(by=one, passphrase=PHRASE, cost=CHEAP)
    return actions.make_sheets(by=members[0])


def test_nothing_of_the_key_goes_before_there_are_ways_in(sunflowers: Nursery, data: Path) -> None:
    away, change = actions.ask_to_put_key_file_away, actions.ask_to_change_key
    for too_early in (away, actions.lock_now, change):
        with pytest.raises(RuleBroken):
            too_early(by=sunflowers.dana)
    assert (data / standing.KEY_FILE).exists()


def test_from_a_key_file_to_passphrases(
    sunflowers: Nursery,
    data: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    dana, morgan = sunflowers.dana, sunflowers.morgan
    words = with_ways_in(data, dana, morgan)
    put_away(morgan, yes_by=dana)
    assert not (data / standing.KEY_FILE).exists()
    found = slots.read(data)
    assert [one.holder for one in found.slots] == ["Dana Okafor", "Morgan Hughes"]
    for one in found.slots:
        assert slots.open_with_passphrase(found, one.id, PHRASE).key == settings.KEY
    assert slots.open_with_sheets(found, words[1:]).key == settings.KEY
    with django_capture_on_commit_callbacks(execute=True):
        actions.lock_now(by=morgan)
        assert not (data / standing.ASKED["lock"]).exists(), "only once the trail says who did it"
    assert (data / standing.ASKED["lock"]).exists()
    events = Entry.objects.filter(setting_id=sunflowers.setting.pk).values_list("event", flat=True)
    wanted = {"passphrase.set", "recovery_sheets.made", "key_file.put_away", "installation.locked"}
    assert wanted <= set(events)
    told = Notification.objects.filter(kind="keys_changed", recipient=dana)
    assert told.count() == 2, "of the manager's passphrase and of the file, not of her own"


def test_keys_from_before_are_put_away_with_the_key_file(
    sunflowers: Nursery, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A backup brought them; what is still under them is read by whoever unlocks."""
    monkeypatch.setattr(opening, "_is_lent", lambda _key: False)
    before = keys.random()
    former.bring(data, settings.KEY, [before], locked=False)
    with_ways_in(data, sunflowers.dana, sunflowers.morgan)
    assert former.known(data, settings.KEY, {}) == [before]

    put_away(sunflowers.morgan, yes_by=sunflowers.dana)

    assert not (data / former.FILE).exists()
    assert former.known(data, settings.KEY, {}) == [before]


def test_keys_from_before_that_were_named_need_no_file_once_it_is_put_away(
    sunflowers: Nursery, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else whoever takes the computer would take these."""
    monkeypatch.setattr(opening, "_is_lent", lambda _key: False)
    before = keys.random()
    with_ways_in(data, sunflowers.dana, sunflowers.morgan)
    with override_settings(FORMER_KEYS=[before]):
        put_away(sunflowers.morgan, yes_by=sunflowers.dana)

    assert former.known(data, settings.KEY, {}) == [before]


def test_the_key_file_stays_where_its_going_does_not_come_on_record(
    sunflowers: Nursery, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dana, morgan = sunflowers.dana, sunflowers.morgan
    with_ways_in(data, dana, morgan)
    approval = actions.ask_to_put_key_file_away(by=morgan)

    def full(*_: object, **__: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(approving, "notify", full)  # the last thing a yes does
    with pytest.raises(OperationalError), TestCase.captureOnCommitCallbacks(execute=True):
        approve(by=dana, approval=approval, seen=approval.digest)

    assert (data / standing.KEY_FILE).exists()
    assert not Entry.objects.filter(event="key_file.put_away").exists()


def test_the_last_passphrase_stays_and_others_end(sunflowers: Nursery, data: Path) -> None:
    dana, devi = sunflowers.dana, sunflowers.devi
    with_ways_in(data, dana, devi)  # beside a key file: each sets up their own
    first, second = slots.read(data).slots
    with pytest.raises(PermissionDenied):
        actions.end_passphrase(by=devi, slot_id=first.id)
    actions.end_passphrase(by=dana, slot_id=second.id)
    with pytest.raises(RuleBroken, match="last way in"):
        actions.end_passphrase(by=dana, slot_id=first.id)

    assert [one.holder for one in slots.read(data).slots] == ["Dana Okafor"]


@pytest.mark.parametrize("who", ["priya", "wren", "cleo", "tariq", "pat"])
def test_nobody_else_has_a_passphrase_or_locks(sunflowers: Nursery, data: Path, who: str) -> None:
    by = sunflowers.people[who]
    with pytest.raises(PermissionDenied):
        actions.set_passphrase(by=by, passphrase=PHRASE, cost=CHEAP)
    for action in (actions.make_sheets, actions.lock_now, actions.stop_changes):
        with pytest.raises(PermissionDenied):
            action(by=by)
    assert not slots.exist(data)
    assert signed_in(by).get(sunflowers.setting.link_to("lock:keys")).status_code in {302, 403}


def test_nobody_of_one_setting_stops_the_work_of_another(
    sunflowers: Nursery, bluebells: Nursery, data: Path
) -> None:
    page = sunflowers.setting.link_to("lock:keys")
    assert "Stop all changes" not in signed_in(sunflowers.dana).get(page).text
    with pytest.raises(RuleBroken, match="Several settings share"):
        actions.stop_changes(by=sunflowers.dana)
    standing.set_read_only(data, on=True)
    with pytest.raises(RuleBroken, match="Several settings share"):
        actions.allow_changes(by=bluebells.dana)
    assert standing.read_only(data, 0) == "asked", "as whoever runs it wanted"
    stopped = signed_in(bluebells.dana).post(bluebells.setting.link_to("people:add_room"))
    assert (stopped.status_code, "who runs Hedgerow here" in stopped.text) == (503, True)


def test_a_file_that_somebody_changed_is_not_made_right_by_changing_it_again(
    sunflowers: Nursery, data: Path
) -> None:
    with_ways_in(data, sunflowers.dana)
    found = slots.read(data)
    forged = found.model_copy(update={"slots": (found.slots[0].model_copy(update={"who": "x"}),)})
    slots.place_of(data).write_text(forged.model_dump_json())

    with pytest.raises(RuleBroken, match="changed by somebody outside"):
        actions.set_passphrase(by=sunflowers.dana, passphrase=PHRASE, cost=CHEAP)
    assert slots.place_of(data).read_text() == forged.model_dump_json()


def test_the_pages(sunflowers: Nursery, data: Path) -> None:
    dana, link = signed_in(sunflowers.dana), sunflowers.setting.link_to
    empty = dana.get(link("lock:keys"))
    assert "Nobody has a passphrase yet" in empty.text
    short = dana.post(link("lock:passphrase"), {"passphrase": "too short", "again": "too short"})
    assert (short.status_code, "at least 15" in short.text) == (422, True)
    done = dana.post(link("lock:passphrase"), {"passphrase": PHRASE, "again": PHRASE})
    assert done.status_code == 302
    assert slots.read(data).slots[0].cost == slots.REAL
    assert dana.get(link("lock:sheets")).status_code == 200
    paper = dana.post(link("lock:sheets"))

    assert paper["Content-Type"] == "application/pdf"
    assert "Dana Okafor" in dana.get(link("lock:keys")).text
    assert len(queries_of(dana, link("lock:keys"))) <= MOST


@pytest.mark.once
def test_each_sheet_is_a_page_of_its_own(sunflowers: Nursery, tmp_path: Path) -> None:
    _, words = slots.with_sheets(slots.Slots(), settings.KEY, actions.KEEPERS)
    paper = printed(sunflowers.setting, actions.KEEPERS, words)
    (tmp_path / "sheets.pdf").write_bytes(paper)

    with pikepdf.open(tmp_path / "sheets.pdf") as pages:
        assert len(pages.pages) == len(actions.KEEPERS) == 3
