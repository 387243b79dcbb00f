"""The page of promises names tests that are there, and says of each what it is."""

import re

from .pages import ROOT, text

PAGE = text(ROOT / "docs" / "trust.md")
ROW = re.compile(
    r"^\| (F\d\d) [^|]*\|[^|]*\|(?P<where>[^|]*)\|(?P<seen>[^|]*)\|(?P<broken>[^|]*)\|$",
    re.MULTILINE,
)
PLACE = re.compile(r"`((?:tests|safeguarding|foundation)/[\w/]+\.py)`")


def test_each_promise_names_a_test_that_is_there() -> None:
    rows = list(ROW.finditer(PAGE))

    assert len(rows) > 25
    assert len({row[1] for row in rows}) == len(rows), "one row each"
    for row in rows:
        places = PLACE.findall(row["where"])
        assert places, row[1]
        assert all((ROOT / place).is_file() for place in places), row[1]
        assert row["seen"].strip(), row[1]
        assert row["broken"].strip(), f"{row[1]}: does it fail when what it is about is gone?"


def test_the_commands_it_names_take_what_it_says() -> None:
    for command, option in re.findall(r"`(bin/\w+) (--\w+)`", PAGE):
        assert option in (ROOT / command).read_text(encoding="utf-8"), f"{command} {option}"
