"""What cannot be opened, is not whole or is not newer never takes the place of what is good (F13)."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copy, rmtree
from unittest import mock

import pytest
from django.core.exceptions import ImproperlyConfigured

from demo.cast import Nursery
from foundation import sealed
from foundation.sqlcipher.damage import PAGE, Damaged
from safeguarding.audit.models import ChainHead
from safeguarding.backups import (
    archive,
    checking,
    copying,
    folder,
    making,
    recovery,
    restoring,
)
from safeguarding.backups.checking import NotGood
from safeguarding.backups.folder import Keep
from safeguarding.backups.restoring import Wanted

from .files import Installation, installation

pytestmark = [pytest.mark.django_db, pytest.mark.once]
KNOWN_ANCHOR = Path(__file__).parents[2] / "audit" / "tests" / "known" / "anchor.txt"


@pytest.fixture
def standing(sunflowers: Nursery, tmp_path: Path) -> Installation:
    return installation(tmp_path)


def everything_in(place: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in place.iterdir() if one.name != "journal.txt"}


def refused(standing: Installation, backup: Path, secret: str = "", **wanted: object) -> NotGood:
    """Why a backup was refused; nothing was made in the place where it should have gone."""
    secret = secret or standing.sheets[0].secret
    blank = standing.data.parent / "blank"
    with pytest.raises(NotGood) as why:
        restoring.restore(Wanted(backup, secret, blank, **wanted))  # type: ignore[arg-type]
    assert not blank.exists()
    assert not blank.with_name("blank.restoring").exists()
    assert "Nothing was" in str(why.value)
    return why.value


def test_either_sheet_opens_it_and_this_computer_does_not(standing: Installation) -> None:
    place = standing.place_of(standing.backed_up())

    for sheet in standing.sheets:
        with archive.reading(place, sheet.secret) as tar:
            assert tar.next() is not None
    stranger = sealed.new_identity().secret
    with pytest.raises(sealed.WrongKey), archive.reading(place, stranger):
        pass
    assert not list(standing.source.to.glob("being-made"))


def test_nothing_of_it_can_be_read_from_the_backup(standing: Installation) -> None:
    place = standing.place_of(standing.backed_up())
    beside = place.with_suffix(".json").read_text()

    for hidden in (b"Sunflowers", b"SQLite format", standing.source.key.hex().encode()):
        assert hidden not in place.read_bytes()
        assert hidden.decode() not in beside
    assert "concerns_concern" not in beside


def test_a_damaged_database_is_not_backed_up_over_good_ones(standing: Installation) -> None:
    standing.backed_up(days_ago=1)
    before = everything_in(standing.source.to)
    content = bytearray(standing.database.read_bytes())
    for page in range(1, len(content) // PAGE):
        content[page * PAGE + 100] ^= 1
    standing.database.write_bytes(content)

    with pytest.raises(Damaged, match="The database is damaged"):
        standing.backed_up()

    assert everything_in(standing.source.to) == before


def spoil(beside: Path) -> None:
    content = bytearray(beside.read_bytes())
    content[len(content) // 2] ^= 1
    beside.write_bytes(content)


def cut_off(beside: Path) -> None:
    with beside.open("r+b") as file:
        file.truncate(beside.stat().st_size - 1000)


@pytest.mark.parametrize("harm", [spoil, cut_off])
def test_a_backup_that_fails_its_check_is_thrown_away(
    standing: Installation, harm: Callable[[Path], None]
) -> None:
    standing.backed_up(days_ago=400)
    before = everything_in(standing.source.to)
    write = archive.write

    def write_badly(parts: object, place: Path, to: list[str]) -> None:
        write(parts, place, to)  # type: ignore[arg-type]
        harm(place)

    with mock.patch.object(archive, "write", write_badly), pytest.raises(NotGood):
        standing.backed_up()

    assert everything_in(standing.source.to) == before


def test_a_row_that_did_not_come_along_fails_the_check(standing: Installation) -> None:
    count, asked = copying.tables, []

    def one_more_at_first(connection: object) -> dict[str, tuple[int, str]]:
        found = count(connection)
        rows, digest = found["people_member"]
        asked.append(rows)
        return found | ({"people_member": (rows + 1, digest)} if len(asked) == 1 else {})

    with (
        mock.patch.object(copying, "tables", one_more_at_first),
        pytest.raises(NotGood, match="not what was put in"),
    ):
        standing.backed_up()
    assert folder.backups(standing.source.to) == []


def test_no_backup_without_two_sheets(standing: Installation) -> None:
    recovery.keep_public_keys(standing.data, [standing.sheets[0].public])
    with pytest.raises(ImproperlyConfigured, match="two or more public keys"):
        standing.backed_up()


def test_a_full_disk_leaves_the_good_backups(standing: Installation) -> None:
    standing.backed_up(days_ago=1)
    before = everything_in(standing.source.to)

    with (
        mock.patch("os.fsync", side_effect=OSError(28, "No space left on device")),
        pytest.raises(OSError, match="No space left"),
    ):
        standing.backed_up()

    assert everything_in(standing.source.to) == before


def test_why_a_backup_is_refused_is_said_plainly(standing: Installation) -> None:
    older = standing.place_of(standing.backed_up(days_ago=3))
    newer = standing.place_of(standing.backed_up())
    elsewhere = standing.data.parent / "stick"
    elsewhere.mkdir()

    assert refused(standing, newer, sealed.new_identity().secret).kind == "secret"
    assert refused(standing, older).kind == "older"
    assert refused(standing, newer.with_name("none.age")).kind == "missing"
    swapped = Path(copy(older, elsewhere / newer.name))
    copy(newer.with_suffix(".json"), elsewhere)
    assert refused(standing, swapped).kind in {"swapped", "damaged"}
    cut = Path(copy(newer, elsewhere / "cut.age"))
    cut_off(cut)
    assert refused(standing, cut).kind == "damaged"
    spoil(cut)
    assert refused(standing, cut).kind == "damaged"


def test_older_than_what_was_written_down_elsewhere_is_refused(standing: Installation) -> None:
    backup = standing.place_of(standing.backed_up())
    anchor = standing.data.parent / "anchor.json"
    head = ChainHead.objects.order_by("pk")[0]
    anchor.write_text(json.dumps({str(head.pk): [head.seq + 1, "0" * 64]}))

    assert refused(standing, backup, anchor=anchor).kind == "older"
    anchor.write_text("Dear all, see you on Monday.")
    assert refused(standing, backup, anchor=anchor).kind == "anchor"
    assert refused(standing, backup, anchor=anchor.with_name("gone.txt")).kind == "anchor"
    anchor.write_text(f"Please keep this mail.\n\n{KNOWN_ANCHOR.read_text()}")
    assert "of another record" in str(refused(standing, backup, anchor=anchor))


def test_a_living_installation_is_never_written_over(standing: Installation) -> None:
    backup = standing.place_of(standing.backed_up())
    before = standing.database.read_bytes()

    with pytest.raises(NotGood, match="holds an installation already") as why:
        restoring.restore(Wanted(backup, standing.sheets[0].secret, standing.data))

    assert str(standing.data) in str(why.value)
    assert standing.database.read_bytes() == before


def test_a_name_that_leads_out_of_the_folder_is_refused(standing: Installation) -> None:
    place = standing.data.parent / "evil.age"
    secret = sealed.new_identity()
    archive.write([archive.part_of("data/../../evil", b"x")], place, [secret.public])

    with pytest.raises(NotGood, match="damaged"):
        checking.unpack(place, secret.secret, standing.data.parent / "out")


def test_what_is_kept_is_one_a_day_then_one_a_week_then_one_a_month() -> None:
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    names = [folder.name_at(now - timedelta(hours=hours)) for hours in range(0, 24 * 500, 6)]
    kept = folder.to_keep(names, Keep(daily=14, weekly=8, monthly=12))
    moments = sorted((folder.moment_of(name) or now for name in kept), reverse=True)
    days = [moment for moment in moments if now - moment < timedelta(days=14)]

    assert moments[0] == now
    assert len({moment.date() for moment in days}) == 14
    assert len([moment for moment in moments if now - moment <= timedelta(days=2)]) == 9
    assert now - moments[-1] > timedelta(days=320)
    assert len(kept) < 40


def test_a_backup_goes_to_the_stick_too_and_its_absence_stops_nothing(
    standing: Installation,
) -> None:
    stick = standing.data.parent / "stick"
    standing.source = making.Source(**{**vars(standing.source), "second": stick})
    standing.backed_up(days_ago=1)
    stick.mkdir()
    label = standing.backed_up()

    assert [one.second for one in folder.journal(standing.source.to)] == ["copied", "not there"]
    assert archive.digest_of(stick / f"{label.name}.age") == label.sha256
    rmtree(stick)


def test_a_file_that_grows_meanwhile_comes_as_it_was(standing: Installation) -> None:
    """The mails of an installation without a mail server are a file that is added to all the time."""
    growing = standing.data / "mail.log"
    growing.write_bytes(b"first\n")
    part = archive.part_from("data/mail.log", growing)
    with growing.open("ab") as file:
        file.write(b"x" * archive.PIECE * 2)
    assert b"".join(part.pieces) == b"first\n"

    growing.write_bytes(b"y" * archive.PIECE * 2)
    assert len(b"".join(archive.part_from("data/mail.log", growing).pieces)) == 2 * archive.PIECE
    shrinking = archive.part_from("data/mail.log", growing)
    growing.write_bytes(b"")
    with pytest.raises(archive.Changed):
        b"".join(archive._packed([shrinking]))
