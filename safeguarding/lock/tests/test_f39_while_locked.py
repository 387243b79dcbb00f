"""While the records are locked: a report is taken and sealed, and a passphrase opens (F39, F34, R1)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import resolve

from foundation import drop, slots
from foundation.tests.test_key_slots import CHEAP, KEY, WORDS, made
from safeguarding.lock import around, drops
from safeguarding.lock.gate import pages
from safeguarding.lock.gate.tries import FREE, LONGEST, Tries
from safeguarding.lock.middleware import PAGE
from safeguarding.people.models import Setting

from .given import MARK, Small, code_on, files_with, small, typed

pytestmark = pytest.mark.once

LADO = around.Line(name="The LADO", number="01234 567890", href="tel:01234567890", when="now")


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Small]:
    """A locked installation of one setting."""
    data = tmp_path_factory.mktemp("locked")
    made(data)
    drop.make_ready(data, KEY)
    place = around.Place(slug="harebells", name="Harebells", outside=(LADO,), beside=())
    around.write(data, around.Around(places=(place,)))
    with small(data) as running:
        yield running


def reports(data: Path) -> list[drops.Sent]:
    pairs = drop.identities(data, KEY)
    return [drops.read(drop.opened(one, pairs)) for one in drop.waiting(data)]


def test_f39_the_first_page_says_that_it_is_locked_and_how_to_report(locked: Small) -> None:
    status, page = locked.ask("/")

    assert status == 200
    for words in ("Harebells is locked", "Report a concern", "999", "01234 567890", "Dana"):
        assert words in page
    assert locked.ask("/health/") == (503, '{"ok": false, "state": "locked"}')
    assert locked.ask("/at/harebells/concerns/cases/")[0] == 302


@pytest.mark.parametrize(
    "address", ["/report/", "/at/harebells/tell-us/", "/at/harebells/concerns/new/"]
)
def test_f39_a_report_while_locked_gets_a_receipt_and_nobody_can_read_it(
    locked: Small, address: str
) -> None:
    sent = typed()
    status, page = locked.ask(address, sent)
    again = locked.ask(address, sent)

    assert status == 200
    assert "nobody has read it yet" in page
    assert "01234 567890" in page
    assert code_on(page) == code_on(again[1]), "sent twice, one receipt"
    [found] = [one for one in reports(locked.data) if one.key == sent["key"]]
    assert (found.setting, found.fields["what"]) == ("harebells", [sent["what"]])
    assert files_with(locked.data, MARK) == []
    assert files_with(locked.data, sent["key"]) == []


def test_the_form_stands_where_it_stands_while_the_records_are_open() -> None:
    harebells = Setting(slug="harebells")
    for page in ("portal:tell", "concerns:report"):
        address = harebells.link_to(page)
        assert resolve(address, "safeguarding.lock.gate.urls").func is pages.report
        assert PAGE.match(address)


def test_a_report_that_lacks_something_comes_back_with_its_words(locked: Small) -> None:
    status, page = locked.ask("/report/", typed(about="", what="<b>bold</b>"))

    assert status == 422
    assert "Nothing has been sent yet" in page
    assert "&lt;b&gt;bold" in page


def test_where_it_is_not_known_which_settings_there_are_the_form_asks(tmp_path: Path) -> None:
    made(tmp_path)
    drop.make_ready(tmp_path, KEY)
    (tmp_path / around.NAME).write_text('{"places": [{"slug":')
    with small(tmp_path) as damaged:
        without = damaged.ask("/report/", typed())
        status, page = damaged.ask("/report/", typed(at="Harebells"))
        damaged.ask("/report/?at=bluebells", typed())

    assert without[0] == 422
    assert "Write the name of the nursery" in without[1]
    assert (status, bool(code_on(page))) == (200, True)
    sent = {(one.setting, *one.fields.get("at", [])) for one in reports(tmp_path)}
    assert sent == {("", "Harebells"), ("bluebells",)}


def test_without_anything_to_seal_to_the_page_does_not_pretend(tmp_path: Path) -> None:
    with small(tmp_path, "file-only", "no-key") as broken:
        status, page = broken.ask("/report/", typed(at="Harebells"))
        front = broken.ask("/")[1]

    assert status == 507
    assert "This could not be kept" in page
    assert "on paper" in page
    assert "0300 123 1231" in page, "the national lines need no file"
    assert "The key that opens the records is missing" in front
    assert "Nothing was overwritten" in front


def test_f39_wrong_passphrases_and_sheets_are_named_and_right_ones_open(locked: Small) -> None:
    _, words = made(locked.data)
    [dana] = slots.read(locked.data).slots
    before = slots.place_of(locked.data).read_bytes()

    status, page = locked.ask("/unlock/", {"holder": dana.id, "passphrase": "not this"})
    assert status == 422
    assert "not the passphrase of this person" in page
    assert "not this" not in page
    status, page = locked.ask("/recover/", {"first": words[0], "second": words[0]})
    assert (status, "the same sheet twice" in page) == (422, True)
    assert slots.place_of(locked.data).read_bytes() == before

    assert (
        "Opening the records" in locked.ask("/unlock/", {"holder": dana.id, "passphrase": WORDS})[1]
    )
    assert locked.said() == f"key {KEY.hex()}"
    assert (
        "Opening the records" in locked.ask("/recover/", {"first": words[2], "second": words[1]})[1]
    )
    assert locked.said() == f"key {KEY.hex()}"
    assert files_with(locked.data, KEY.hex()) == []


def test_behind_a_proxy_a_stranger_who_guesses_does_not_keep_the_lead_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path)
    [dana] = slots.read(tmp_path).slots
    monkeypatch.setenv("HEDGEROW_ADDRESS", "https://hedgerow.harebells.example")
    monkeypatch.setenv("HEDGEROW_HOSTS", "localhost")
    wrong, right = ({"holder": dana.id, "passphrase": one} for one in ("not this", WORDS))
    with small(tmp_path) as locked:
        for _ in range(FREE + 2):
            _, page = locked.ask("/unlock/", wrong, behind="203.0.113.9")
        opened = locked.ask("/unlock/", right, behind="198.51.100.7")[1]

    assert "There were several wrong tries" in page
    assert "Opening the records" in opened


def test_an_interrupted_change_of_the_key_hands_over_both(tmp_path: Path) -> None:
    found, _ = made(tmp_path)
    new = bytes(32)
    slots.save(tmp_path, slots.with_next(found, new), KEY)

    opened = slots.open_with_passphrase(slots.read(tmp_path), found.slots[0].id, WORDS)
    assert (opened.key, opened.next) == (KEY, new)
    assert CHEAP.memory_kib < slots.REAL.memory_kib


def test_wrong_tries_slow_one_place_down_and_shut_nobody_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    tries = Tries()
    for _ in range(FREE):
        tries.note_wrong("here")
    assert tries.wait("here") == 0

    for _ in range(100):
        tries.note_wrong("here")
    assert 0 < tries.wait("here") <= LONGEST + 1
    assert tries.wait("elsewhere") == 0
    now[0] += LONGEST + 1
    assert tries.wait("here") == 0, "nobody is ever shut out"
