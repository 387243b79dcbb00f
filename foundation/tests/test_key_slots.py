"""The ways into an installation's key: passphrases and sheets, right ones and wrong ones."""

import json
import os
from pathlib import Path

import pytest

from foundation import sheets, slots
from foundation.slots import NotOpened, Slots

pytestmark = pytest.mark.once

CHEAP = slots.Cost(memory_kib=64, passes=1, lanes=1)  # for tests alone
KEY = bytes(range(32))
WORDS = "four wet donkeys whistle"


def made(data: Path, key: bytes = KEY) -> tuple[Slots, list[str]]:
    """An installation with one passphrase and three sheets."""
    found = slots.with_passphrase(Slots(), key, "Dana", WORDS, cost=CHEAP)
    found, words = slots.with_sheets(found, key, ["one", "two", "three"])
    return slots.save(data, found, key), words


def test_a_passphrase_opens_and_no_other_does(tmp_path: Path) -> None:
    made(tmp_path)
    found = slots.read(tmp_path)
    [dana] = found.slots

    assert slots.open_with_passphrase(found, dana.id, WORDS).key == KEY
    for wrong in ("", WORDS.title(), WORDS + " ", "x" * 5000):
        with pytest.raises(NotOpened, match=r"not the passphrase.*Nothing was changed"):
            slots.open_with_passphrase(found, dana.id, wrong)
    with pytest.raises(NotOpened):
        slots.open_with_passphrase(found, "nobody", WORDS)


def test_the_same_letters_typed_on_another_keyboard_are_the_same_passphrase(tmp_path: Path) -> None:
    found = slots.with_passphrase(Slots(), KEY, "Zoë", "caf\u00e9 " * 4, cost=CHEAP)
    found = slots.save(tmp_path, found, KEY)

    assert slots.open_with_passphrase(found, found.slots[0].id, "cafe\u0301 " * 4).key == KEY


def test_what_a_real_try_costs() -> None:
    assert slots.REAL.memory_kib >= 256 * 1024
    assert slots.REAL.passes >= 3


@pytest.mark.parametrize("pair", [(0, 1), (0, 2), (2, 1)])
def test_any_two_sheets_open(tmp_path: Path, pair: tuple[int, int]) -> None:
    found, words = made(tmp_path)

    typed = [f"  {words[one].upper()}\n" for one in pair]
    assert slots.open_with_sheets(found, typed).key == KEY


def test_sheets_that_do_not_open_say_why(tmp_path: Path) -> None:
    found, words = made(tmp_path)
    _, foreign = made(tmp_path / "other", os.urandom(32))
    first, second = words[:2]
    turned = " ".join([*second.split()[1::-1], *second.split()[2:]])
    wrong = {
        "the same sheet twice": [first, first],
        "do not belong together": [first, foreign[1]],
        "not to this installation": foreign[:2],
        "On sheet 2 the word “sunflower” is not one": [first, "sunflower " + second],
        "Sheet 2 has a mistake": [first, turned],
        "Sheet 1 has a mistake": [" ".join(first.split()[:-1]), second],
    }
    for sentence, typed in wrong.items():
        with pytest.raises(NotOpened, match=sentence) as said:
            slots.open_with_sheets(found, typed)
        assert "Nothing was changed" in str(said.value)


def test_one_sheet_opens_nothing(tmp_path: Path) -> None:
    found, words = made(tmp_path)

    with pytest.raises(NotOpened):
        slots.open_with_sheets(found, words[:1])


def test_new_sheets_end_the_old_ones(tmp_path: Path) -> None:
    found, old = made(tmp_path)
    changed, new = slots.with_sheets(found, KEY, ["one"])
    changed = slots.save(tmp_path, changed, KEY)

    assert slots.open_with_sheets(changed, new[:2]).key == KEY
    with pytest.raises(NotOpened, match="newer sheets were printed"):
        slots.open_with_sheets(changed, old[:2])


def test_a_passphrase_that_ended_opens_nothing(tmp_path: Path) -> None:
    found, _ = made(tmp_path)
    found = slots.with_passphrase(found, KEY, "Ash", "three dry otters sing", cost=CHEAP)
    ash = found.slots[1]
    left = slots.save(tmp_path, slots.without(found, KEY, ash.id), KEY)

    assert [one.holder for one in left.slots] == ["Dana"]
    put_back = left.model_copy(update={"slots": found.slots})
    with pytest.raises(NotOpened):
        slots.open_with_passphrase(put_back, ash.id, "three dry otters sing")


def test_an_entry_that_somebody_put_in_is_found(tmp_path: Path) -> None:
    """Or the next key would be sealed to a stranger as well."""
    found, _ = made(tmp_path)
    stranger = slots.with_passphrase(Slots(), KEY, "Stranger", WORDS, cost=CHEAP).slots[0]
    forged = found.model_copy(update={"slots": (*found.slots, stranger)})

    with pytest.raises(NotOpened, match="changed by somebody outside"):
        slots.open_with_passphrase(forged, found.slots[0].id, WORDS)


@pytest.mark.parametrize(
    "damage", ["", "{", '{"version": 2}', '{"version": 1, "door": "open"}', "\0"]
)
def test_a_damaged_or_foreign_file_is_named_and_left_alone(tmp_path: Path, damage: str) -> None:
    slots.place_of(tmp_path).write_text(damage)

    with pytest.raises(NotOpened, match=r"key-slots\.json is damaged.*Nothing was changed"):
        slots.read(tmp_path)
    assert slots.place_of(tmp_path).read_text() == damage


def test_the_file_says_neither_the_key_nor_a_passphrase(tmp_path: Path) -> None:
    found, words = made(tmp_path)
    text = slots.place_of(tmp_path).read_text()

    for secret in (KEY.hex(), WORDS, *words, "AGE-SECRET"):
        assert secret not in text
    assert json.loads(text)["slots"][0]["holder"] == "Dana"
    assert os.name == "nt" or slots.place_of(tmp_path).stat().st_mode & 0o077 == 0
    assert sheets.set_number(words[0]) == sheets.set_number(words[2])
    assert "bytes" not in repr(slots.open_with_passphrase(found, found.slots[0].id, WORDS))
