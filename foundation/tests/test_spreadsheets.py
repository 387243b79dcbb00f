"""A list that is given out opens in a spreadsheet as words, whatever was typed."""

import csv
import io

import pytest

from foundation import spreadsheets
from tests.architecture.source import modules

pytestmark = pytest.mark.once

FORMULAS = [
    *("=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "'=1", "\n=1", "  =1", "\0=1", "|x", "%0A=1"),
    *("\uff1dcmd", "=HYPERLINK(1)", "=cmd|' /C calc'!A0"),
]


@pytest.mark.parametrize("text", FORMULAS)
def test_nothing_we_give_out_is_a_formula(text: str) -> None:
    answer = spreadsheets.answer("x.csv", [["Kit Vale", text]])
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))

    assert rows[0][0] == "Kit Vale"
    assert rows[0][1] == f"'{text}"


def test_no_other_place_writes_such_a_list() -> None:
    writers = [path.name for path in modules() if "csv.writer" in path.read_text()]

    assert writers == ["spreadsheets.py"]
