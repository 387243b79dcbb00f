"""A setting that only ever clicks has sheets that open its backups, and knows that they can be read."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from itertools import cycle
from pathlib import Path
from unittest import mock
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client, override_settings
from django.utils import timezone
from pypdf import PdfReader

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.audit.models import Entry
from safeguarding.backups import actions, archive, folder, ours, recovery
from safeguarding.backups.folder import Try
from safeguarding.backups.manifest import Label
from safeguarding.backups.models import BackupSheet, SheetRead
from safeguarding.backups.recovery import Sheet, new_sheet
from safeguarding.notifications.models import Notification
from safeguarding.people import held
from safeguarding.people.models import HeldForm
from tests.people import signed_in

pytestmark = pytest.mark.django_db
KEPT_BY = ("Morgan, at home", "Cleo, at the bank")


@pytest.fixture(autouse=True)
def place(tmp_path: Path) -> Iterator[Path]:
    with override_settings(DATA=tmp_path, BACKUPS=tmp_path / "backups", SECOND_BACKUPS=""):
        yield tmp_path


def made(n: Nursery) -> list[Sheet]:
    return actions.make_sheets(by=n.morgan, kept_by=KEPT_BY)


def a_backup(place: Path, sheets: list[Sheet]) -> None:
    """A file sealed to these sheets, with its label, as the last night left one."""
    at = timezone.now()
    name = folder.name_at(at)
    (place / "backups").mkdir(exist_ok=True)
    file = place / "backups" / f"{name}.age"
    archive.write([archive.part_of("key", b"k")], file, [sheet.public for sheet in sheets])
    names = [sheet.name for sheet in sheets]
    label = Label(name, at.isoformat(), "test", 1, archive.digest_of(file), "", names)
    (place / "backups" / f"{name}.json").write_bytes(label.written())
    folder.note(place / "backups", Try(at.isoformat(), "verified", name))


@pytest.mark.once
def test_the_manager_prints_them_types_them_back_and_today_is_quiet(
    sunflowers: Nursery, place: Path
) -> None:
    n, browser = sunflowers, signed_in(sunflowers.morgan)
    page = n.setting.link_to("backups:sheets")
    assert "nobody has printed" in ours.needs_attention(n.morgan, timezone.now())[0][0]
    assert page in browser.get(n.setting.link_to("backups:backups")).text
    sheets = [new_sheet(), new_sheet()]
    with mock.patch.object(recovery, "new_sheet", side_effect=cycle(sheets)):
        paper = browser.post(page, {"first": KEPT_BY[0], "second": KEPT_BY[1]})

    pages = [one.extract_text() for one in PdfReader(BytesIO(paper.content)).pages]
    assert [one.name in text for one, text in zip(sheets, pages, strict=False)] == [True, True]
    assert "For: Cleo, at the bank" in pages[1]
    assert "When the computer is gone" in pages[2]
    assert recovery.public_keys(place) == [one.public for one in sheets]
    a_backup(place, sheets)
    assert ours.needs_attention(n.dana, timezone.now())[0][0] == "Read the backup sheets back"
    for one in sheets:
        typed = {"sheet_words": " ".join(one.words)}
        assert browser.post(n.setting.link_to("backups:read_back"), typed).status_code == 302
    assert set(SheetRead.objects.values_list("opened_one", flat=True)) == {True}
    assert ours.needs_attention(n.dana, timezone.now())[0][0] == "Try out a backup"


def test_what_opens_the_backups_is_on_paper_alone(sunflowers: Nursery, place: Path) -> None:
    n = sunflowers
    sheet = made(n)[0]
    actions.read_back(by=n.dana, typed=" ".join(sheet.words))

    rows = str(
        [*BackupSheet.objects.values(), *SheetRead.objects.values(), *Entry.objects.values()]
    )
    kept = (place / recovery.FILE).read_text()
    for secret in (sheet.secret, sheet.words[5] + " " + sheet.words[6]):
        assert secret not in rows + kept
    said = Entry.objects.get(event="backup_sheet.read_back")
    assert said.details == {"name": sheet.name, "opened_one": False}
    told = Notification.objects.filter(kind="backup_sheets_made")
    assert {one.recipient for one in told} >= {n.dana, n.devi, n.tariq}
    assert n.morgan not in {one.recipient for one in told}


def test_what_was_typed_wrong_is_said_and_never_kept(sunflowers: Nursery) -> None:
    n = sunflowers
    sheet = made(n)[0]
    browser, page = signed_in(n.morgan), n.setting.link_to("backups:read_back")
    typed = {"sheet_words": " ".join(sheet.words[:-1])}
    answer = browser.post(page, typed)

    assert answer.status_code == 422
    assert "one is missing, or has a slip" in answer.text
    assert " ".join(sheet.words[4:7]) in answer.text, "a slip is mended, not typed anew"
    assert " ".join(sheet.words[4:7]) not in browser.get(page).text
    note = held.token(answer.wsgi_request)
    Client(headers={"host": "localhost"}).post(page, {**typed, "written_by": note})
    assert not HeldForm.objects.exists(), "nor as typing, where the sign-in ran out"
    with pytest.raises(RuleBroken, match="not of one that opens"):
        actions.read_back(by=n.morgan, typed=" ".join(new_sheet().words))
    actions.read_back(by=n.morgan, typed=sheet.secret)
    with pytest.raises(RuleBroken, match="read back already"):
        actions.read_back(by=n.morgan, typed=sheet.secret)


def test_who_keeps_the_sheets_is_still_there_after_the_second_check_was_asked_for(
    sunflowers: Nursery,
) -> None:
    browser, page = signed_in(sunflowers.morgan), sunflowers.setting.link_to("backups:sheets")
    note = held.token(browser.get(page).wsgi_request)
    typed = {"first": KEPT_BY[0], "second": KEPT_BY[1], "written_by": note}
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        asked = parse_qs(urlsplit(browser.post(page, typed)["Location"]).query)

    back = signed_in(sunflowers.morgan).get(asked["next"][0])
    assert back.status_code == 200
    assert KEPT_BY[1] in back.text
    assert not BackupSheet.objects.exists(), "whoever wrote it presses the button themselves"


def test_sheets_that_were_read_back_are_not_replaced_by_one_person(
    sunflowers: Nursery, place: Path
) -> None:
    n = sunflowers
    jammed = made(n)
    actions.read_back(by=n.morgan, typed=jammed[0].secret)
    sheets = made(n)
    with pytest.raises(RuleBroken, match="not of one that opens"):
        actions.read_back(by=n.morgan, typed=jammed[1].secret)
    for one in sheets:
        actions.read_back(by=n.dana, typed=one.secret)
    with pytest.raises(RuleBroken, match="they were read back"):
        made(n)
    recovery.keep_public_keys(place, [new_sheet().public, new_sheet().public])
    with pytest.raises(RuleBroken, match="There are sheets already"):
        made(n)


def test_who_may_not_or_shares_the_installation_makes_none(
    sunflowers: Nursery, bluebells: Nursery, place: Path
) -> None:
    """The sheets open the records of every setting here, so then no setting makes them alone."""
    n = sunflowers
    for member in (n.priya, n.tariq, n.devi, n.cleo):
        with pytest.raises(PermissionDenied):
            actions.make_sheets(by=member, kept_by=KEPT_BY)
    with pytest.raises(RuleBroken, match="Several settings share"):
        made(n)
    assert not (place / recovery.FILE).exists()
    assert not BackupSheet.objects.exists()
    page = signed_in(n.morgan).get(n.setting.link_to("backups:sheets")).content.decode()
    assert "They are not made here" in page
    assert "Make the sheets" not in page


def test_one_envelope_for_both_is_refused_and_the_nag_stays(sunflowers: Nursery) -> None:
    with pytest.raises(RuleBroken, match="two different"):
        actions.make_sheets(by=sunflowers.morgan, kept_by=("The safe", "the safe"))
    later = timezone.now() + timedelta(days=400)
    assert "nobody has printed" in ours.needs_attention(sunflowers.morgan, later)[0][0]
