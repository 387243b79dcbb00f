"""The page: who sees it, what it says when something is wrong, and the word that one was restored."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import override_settings
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.audit.models import Entry
from safeguarding.backups import actions, folder, ours, recovery
from safeguarding.backups.folder import Try
from safeguarding.backups.models import RestoreDrill
from safeguarding.people.models import Member
from tests.budget import MOST, queries_of
from tests.people import signed_in

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def place(tmp_path: Path) -> Iterator[Path]:
    """A data folder of its own, with printed sheets."""
    sheets = [recovery.new_sheet(), recovery.new_sheet()]
    recovery.keep_public_keys(tmp_path, [sheet.public for sheet in sheets])
    with override_settings(DATA=tmp_path, BACKUPS=tmp_path / "backups", SECOND_BACKUPS=""):
        yield tmp_path


def shown(member: Member) -> str:
    return signed_in(member).get(member.setting.link_to("backups:backups")).content.decode()


def tried(place: Path, outcome: str, *, hours_ago: int = 0, second: str = "") -> None:
    at = (timezone.now() - timedelta(hours=hours_ago)).isoformat()
    folder.note(place / "backups", Try(at, outcome, second=second))


def drill(member: Member, **changes: object) -> RestoreDrill:
    said = {"done_on": timezone.localdate(), "sheet": "1", "went_well": True, "note": ""}
    return actions.record_drill(by=member, **{**said, **changes})  # type: ignore[arg-type]


@pytest.mark.once
@pytest.mark.parametrize("where", ["environment", "service"])
def test_keys_that_are_in_no_backup_are_named(sunflowers: Nursery, place: Path, where: str) -> None:
    tried(place, "verified")
    assert "in no backup" not in shown(sunflowers.dana)
    with override_settings(TEXT_KEYS_FROM=where):
        assert "in no backup" in shown(sunflowers.dana)


@pytest.mark.once
def test_all_is_well_is_said_only_when_it_is(sunflowers: Nursery, place: Path) -> None:
    assert "The last night brought no backup" in shown(sunflowers.morgan)
    tried(place, "verified", hours_ago=40)
    assert "The last night brought no backup" in shown(sunflowers.morgan)
    tried(place, "verified")
    assert "All is well" in shown(sunflowers.morgan)
    tried(place, "damaged")
    assert "The database is damaged" in shown(sunflowers.morgan)
    assert "no longer whole" not in shown(sunflowers.morgan)
    tried(place, "not whole")
    assert "is of a record that is no longer whole" in shown(sunflowers.morgan)
    assert "The last one of a whole record:" in shown(sunflowers.morgan)
    assert "The last try:" not in shown(sunflowers.morgan)
    tried(place, "full")
    assert "is of a record that is no longer whole" in shown(sunflowers.morgan)
    assert "The last try: There is no room left" in shown(sunflowers.morgan)
    (place / recovery.FILE).unlink()
    assert "nobody has printed the recovery sheets" in shown(sunflowers.morgan)


@pytest.mark.once
def test_a_stick_that_was_not_seen_for_a_week_is_named(sunflowers: Nursery, place: Path) -> None:
    with override_settings(SECOND_BACKUPS="/media/stick"):
        tried(place, "verified", second="not there")
        assert "was never seen" in shown(sunflowers.morgan)
        tried(place, "verified", hours_ago=24 * 9, second="copied")
        tried(place, "verified", second="not there")
        assert "was not seen for 9 days" in ours.what_is_wrong(ours.last_tries())


@pytest.mark.once
def test_a_copy_on_the_same_disk_is_not_called_somewhere_else(
    sunflowers: Nursery, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stick is not plugged in, and the folder where it appears lies there, empty, on our disk."""
    for name in ("stick", "Dropbox"):
        (place / name).mkdir()
    tried(place, "verified", second="copied")
    with override_settings(SECOND_BACKUPS=str(place / "stick")):
        assert "on the same disk as the first" in shown(sunflowers.morgan)
        assert "All is well" not in shown(sunflowers.morgan)
        monkeypatch.setattr(ours, "_disk_of", lambda folder: len(folder.name))
        assert "All is well" in shown(sunflowers.morgan)
    monkeypatch.undo()
    with override_settings(SECOND_BACKUPS=str(place / "Dropbox")):
        assert "All is well" in shown(sunflowers.morgan), (
            "it is copied from there to somewhere else"
        )


@pytest.mark.once
def test_a_stick_that_is_out_hides_nothing_else_that_is_to_be_done(
    sunflowers: Nursery, place: Path
) -> None:
    (place / "stick").mkdir()
    tried(place, "verified", second="copied")
    with override_settings(SECOND_BACKUPS=str(place / "stick")):
        titles = [title for title, _ in ours.needs_attention(sunflowers.morgan, timezone.now())]
    assert titles == [ours.SAME_DISK, "Try out a backup"]


@pytest.mark.once
def test_today_says_so_to_those_who_can_do_something(sunflowers: Nursery, place: Path) -> None:
    n = sunflowers
    assert ours.needs_attention(n.morgan, NOW)[0][0] == "The last night brought no backup."
    assert ours.needs_attention(n.priya, NOW) == []
    tried(place, "verified")
    assert ours.needs_attention(n.morgan, timezone.now())[0][0] == "Try out a backup"
    drill(n.morgan)
    assert ours.needs_attention(n.morgan, timezone.now()) == []
    later = timezone.now() + timedelta(days=121)
    assert ours.needs_attention(n.morgan, later)


def test_who_does_not_look_after_them_sees_nothing(sunflowers: Nursery, bluebells: Nursery) -> None:
    page = sunflowers.setting.link_to("backups:backups")
    assert signed_in(sunflowers.priya).get(page).status_code == 403
    assert "backups/" not in signed_in(sunflowers.priya).get("/", follow=True).text
    assert signed_in(bluebells.morgan).get(page).status_code == 404
    drill(sunflowers.morgan, note="Only ours to read")
    assert "Only ours to read" in shown(sunflowers.dana)
    assert "Only ours to read" not in shown(bluebells.morgan)


def test_having_restored_one_is_put_on_record(sunflowers: Nursery) -> None:
    browser, page = signed_in(sunflowers.tariq), sunflowers.setting.link_to("backups:backups")
    today = timezone.localdate()
    answers = {
        "done_on_day": today.day,
        "done_on_month": today.month,
        "done_on_year": today.year,
        "sheet": "both",
        "went_well": "no",
    }
    refused = browser.post(page, answers)
    assert refused.status_code == 422
    assert "Say what did not work" in refused.text

    assert browser.post(page, {**answers, "note": "Word 7 could not be read."}).status_code == 302

    kept = RestoreDrill.objects.get()
    assert (kept.sheet, kept.went_well, kept.recorded_by) == ("both", False, sunflowers.tariq)
    said = Entry.objects.get(event="restore_drill.recorded")
    assert said.details == {"sheet": "both", "went_well": False}
    assert "Word 7" in shown(sunflowers.dana)


def test_nobody_else_records_it_and_not_for_tomorrow(sunflowers: Nursery) -> None:
    with pytest.raises(PermissionDenied):
        drill(sunflowers.priya)
    with pytest.raises(RuleBroken, match="future"):
        drill(sunflowers.morgan, done_on=timezone.localdate() + timedelta(days=1))
    assert not RestoreDrill.objects.exists()


def test_the_page_asks_little_however_often_it_was_tried(sunflowers: Nursery) -> None:
    browser, page = signed_in(sunflowers.dana), sunflowers.setting.link_to("backups:backups")
    browser.get(page)
    few = len(queries_of(browser, page))
    for _ in range(30):
        drill(sunflowers.morgan)
    assert len(queries_of(browser, page)) <= max(few, MOST)
