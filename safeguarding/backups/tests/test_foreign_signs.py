"""A sign that is no sign at all, in a file that lies beside the database, is not ours: no more than that."""

import json
from pathlib import Path

import pytest

from foundation import slots
from foundation.slots import Slots
from safeguarding.backups import mark
from safeguarding.backups.manifest import Label

KEY = bytes(32)
ODD = ["", "é" * 64, "\ufffd", "00" * 32]
pytestmark = pytest.mark.once


@pytest.mark.parametrize("sign", [*ODD, "\ud800"])
def test_a_mark_with_it_says_nothing(tmp_path: Path, sign: str) -> None:
    (tmp_path / mark.FILE).write_text(json.dumps({"at": "2026-11-21", "sign": sign}))

    assert mark.read(tmp_path, KEY) == {}


@pytest.mark.parametrize("sign", ODD)
def test_the_ways_to_the_key_and_a_label_with_it_are_not_ours(sign: str) -> None:
    label = Label("a", "2026-11-21", "1", 1, "00" * 32, "00" * 32, [], signature=sign)

    assert not slots.is_ours(Slots(mac=sign), KEY)
    assert not label.is_signed(KEY)
