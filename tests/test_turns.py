"""Which dear tests a run has: those whose turn it is. None is forgotten, and none can hide."""

import re
from pathlib import Path
from types import SimpleNamespace as Made

import pytest

from tests import turns

ROOT = Path(__file__).parent.parent
MANY = '<testcase classname="tests.test_a" name="test_many[one]" time="0.01"/>\n' * 90
REPORT = """<testsuites><testsuite>
  <testcase classname="tests.test_a" name="test_long[one]" time="3.0"/>
  <testcase classname="tests.test_a" name="test_long[two]" time="1.0"/>
  <testcase classname="tests.test_a" name="test_short" time="0.1"/>
  MANY
  <testcase classname="demo.tests.test_b" name="test_other" time="3.5"/>
</testsuite></testsuites>""".replace("MANY", MANY)
LISTED = turns.HEAD + "0 4.0 tests/test_a.py::test_long\n1 3.5 demo/tests/test_b.py::test_other\n"
TESTS = (
    "tests/test_a.py::test_long[one]",
    "tests/test_a.py::test_short",
    "demo/tests/test_b.py::test_other",
)


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (file := tmp_path / "turns.txt").write_text(LISTED)
    monkeypatch.setattr(turns, "LIST", file)
    monkeypatch.setattr(turns, "git", lambda *_: [])
    return file


def item(name: str, *marks: str) -> pytest.Item:
    made: pytest.Item = Made(nodeid=name, get_closest_marker=lambda mark: mark in marks or None)  # type: ignore[assignment]
    return made


def chosen(turn: int, *more: pytest.Item) -> list[str]:
    items = [*map(item, TESTS), *more]
    turns.choose(items, turn)
    return [one.nodeid for one in items]


def test_what_is_dear_runs_in_its_turn_and_all_else_in_each(listed: Path) -> None:
    assert chosen(0) == [TESTS[0], TESTS[1]]
    assert chosen(1) == [TESTS[1], TESTS[2]]
    assert chosen(2) == [TESTS[1]]


def test_what_must_never_wait_and_what_is_new_run_in_each_turn(
    listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert TESTS[2] + "[x]" in chosen(0, item(TESTS[2] + "[x]", "every_time"))

    monkeypatch.setattr(turns, "git", lambda *_: ["demo/tests/test_b.py"])
    assert chosen(0) == list(TESTS)


def test_each_turn_has_much_the_same_to_do_and_a_file_has_one(tmp_path: Path) -> None:
    (tmp_path / "one.xml").write_text(REPORT)
    (tmp_path / "two.xml").write_text(REPORT)
    taken = turns.costs(tmp_path.glob("*.xml"))
    taken |= {"tests/test_a.py::test_too": [0.6], "tests/test_c.py::test_third": [1.0]}
    taken |= {"demo/tests/test_d.py::test_demo": [0.9]}

    assert list(turns.shared_out(taken)) == [
        (0, 8.0, "tests/test_a.py::test_long"),
        (0, 0.6, "tests/test_a.py::test_too"),
        (1, 7.0, "demo/tests/test_b.py::test_other"),
        (1, 0.9, "demo/tests/test_d.py::test_demo"),
        (2, 1.0, "tests/test_c.py::test_third"),
    ]


def test_the_list_is_written_as_it_is_read(tmp_path: Path, listed: Path) -> None:
    (tmp_path / "one.xml").write_text(REPORT)
    listed.write_text("")
    turns.note(tmp_path)

    assert (
        listed.read_text()
        == LISTED.splitlines()[0] + "\n" + "\n".join(reversed(LISTED.splitlines()[1:])) + "\n"
    )
    assert turns.known() == {
        "tests/test_a.py::test_long": 0,
        "demo/tests/test_b.py::test_other": 1,
    }


@pytest.mark.parametrize(
    ("count", "turn"), [("24", 0), ("25", 1), ("35", 11)], ids=["first", "next", "last"]
)
def test_the_next_turn_comes_with_each_commit(
    count: str, turn: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {"rev-parse": ["false"], "rev-list": [count]}
    monkeypatch.setattr(turns, "git", lambda first, *_: said[first])

    assert turns.of("auto") == turn


@pytest.mark.parametrize(
    "said", [{"rev-parse": ["true"], "rev-list": ["1"]}, {"rev-parse": []}], ids=["short", "none"]
)
def test_without_a_history_nothing_waits_for_its_turn(
    said: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "git", lambda first, *_: said[first])

    assert turns.of("auto") is None
    assert turns.of("all") is None


def test_a_turn_that_there_is_not_is_refused_with_what_there_is() -> None:
    assert turns.of("11") == 11
    with pytest.raises(ValueError, match="from 0 to 11"):
        turns.of("12")


def test_a_list_names_only_what_there_is() -> None:
    assert set(turns.known().values()) <= set(range(turns.TURNS)), "each comes some day"
    for name in turns.known():
        file, _, function = name.partition("::")
        text = (ROOT / file).read_text(encoding="utf-8")
        assert re.search(rf"^def {function}\(", text, re.MULTILINE), name
