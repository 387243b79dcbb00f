"""bin/test counts what pytest reports, and never takes a missing report for a success."""

import importlib.util
import sys
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

from tests import turns

BIN = Path(__file__).parent.parent / "bin"
REPORT = """<testsuites>
  <testsuite tests="10" failures="1" errors="2" skipped="3" time="0.5" name="pytest"/>
</testsuites>"""


@pytest.fixture
def bin_test(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(BIN))
    loader = SourceFileLoader("bin_test", str(BIN / "test"))
    spec = importlib.util.spec_from_loader("bin_test", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "bin_test", module)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader.exec_module(module)
    yield module


def leave(report: Path, text: str) -> list[str]:
    """A command that ends well, and leaves such a report."""
    return [sys.executable, "-c", f"open({str(report)!r}, 'w').write({text!r})"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--turn", "99"], "from 0 to 11"),
        (["people", "--turn", "3"], "leave out --turn"),
        (["people", "--note-turns"], "leave out --turn"),
    ],
    ids=["none", "of an app", "noted of an app"],
)
def test_what_cannot_be_done_is_said_before_anything_is_begun(
    asked: list[str],
    said: str,
    bin_test: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["bin/test", *asked])
    with pytest.raises(SystemExit):
        bin_test.read_options()
    assert said in capsys.readouterr().err


def test_every_part_has_the_turn_that_had_come_when_it_began(
    bin_test: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["bin/test"])
    said = {"rev-parse": ["false"], "rev-list": ["27"]}
    monkeypatch.setattr(turns, "git", lambda first, *_: said[first])
    assert bin_test.read_options().turn == str(27 % turns.TURNS)


def test_of_one_app_all_tests_run_but_journeys(
    bin_test: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bin_test.Step, "run", lambda step: step)
    [step] = bin_test.one_app("people", tmp_path)
    command = step.command
    assert command[command.index("-m", 3) + 1] == "not journey"


def test_the_numbers_of_a_report_are_added_up(bin_test: ModuleType, tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    step = bin_test.Step("Tests", leave(report, REPORT), report=report).run()

    assert (step.passed, step.failed, step.skipped) == (4, 3, 3)


def test_a_run_without_a_report_does_not_hold(bin_test: ModuleType, tmp_path: Path) -> None:
    report = tmp_path / "never.xml"
    step = bin_test.Step("Tests", [sys.executable, "-c", ""], report=report).run()

    assert (step.holds, step.passed, step.failed) == (False, 0, 1)


def test_a_run_of_no_tests_does_not_hold(bin_test: ModuleType, tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    none = '<testsuites><testsuite tests="0" failures="0" errors="0" skipped="0"/></testsuites>'
    step = bin_test.Step("Tests", leave(report, none), report=report).run()

    assert not step.holds


def test_the_last_line_sums_every_run(
    bin_test: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = [
        bin_test.Step("One", [], passed=4, failed=1),
        bin_test.Step("Two", [], passed=6, skipped=2, holds=True),
        bin_test.Step("Lint", [], holds=True),
    ]
    with pytest.raises(SystemExit) as end:
        bin_test.finish(steps)

    assert end.value.code
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "10 passed, 1 failed"
    assert "Did not hold: One" in lines
