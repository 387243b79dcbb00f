"""What bin/run says at once when it cannot start."""

import importlib
import os
import runpy
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
HOLD = """
import sys; sys.path.insert(0, "bin")
import only_one, pathlib
lock = only_one.hold(pathlib.Path(sys.argv[1]))
lock.write("http://localhost:8000"); lock.flush()
print("held", flush=True); sys.stdin.read()
"""


def start(data: Path, port: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "bin/run", "--data", str(data), "--port", str(port)]
    return subprocess.run(  # noqa: S603  our own command
        command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False
    )


def test_a_second_start_on_the_same_folder_gives_the_address_of_the_first(tmp_path: Path) -> None:
    holder = subprocess.Popen(  # noqa: S603  our own command
        [sys.executable, "-c", HOLD, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        second = start(tmp_path, 8000)
        holder.kill()

    assert second.returncode == 1
    assert "already running" in second.stderr
    assert "Open http://localhost:8000. Nothing was started." in second.stderr


def test_a_folder_is_free_again_when_its_holder_was_killed(tmp_path: Path) -> None:
    for _time in range(2):
        holder = subprocess.Popen(  # noqa: S603  our own command
            [sys.executable, "-c", HOLD, str(tmp_path)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        with holder:
            assert holder.stdout is not None
            assert holder.stdout.readline() == b"held\n"
            holder.kill()


def test_a_port_in_use_is_said_before_anything_else_happens(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        answer = start(tmp_path, port)

    assert answer.returncode == 1
    assert f"Another program uses port {port}. Nothing was started." in answer.stderr
    assert not (tmp_path / "hedgerow.key").exists()


@pytest.mark.once
@pytest.mark.parametrize(("named", "taken"), [("elsewhere", "elsewhere"), ("", "var")])
def test_the_folder_that_the_environment_names_is_the_one_of_bin_run(
    named: str, taken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As of bin/manage: else it would begin a demo beside the records, or restore where nobody looks."""
    monkeypatch.setenv("HEDGEROW_DATA", named and str(ROOT / named))
    monkeypatch.setattr(sys, "argv", ["bin/run"])
    monkeypatch.syspath_prepend(str(ROOT / "bin"))
    options = runpy.run_path(str(ROOT / "bin" / "run"))["read_options"]()
    assert options.data == ROOT / taken


def test_the_address_that_commands_use_later_is_where_people_reach_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a proxy in front, a link to localhost that a command shows would lead nobody anywhere."""
    monkeypatch.syspath_prepend(str(ROOT / "bin"))
    program = runpy.run_path(str(ROOT / "bin" / "run"))["run"]
    kept: list[str] = []
    read = lambda machine: kept.append((machine.data / "running.txt").read_text())  # noqa: E731
    monkeypatch.setitem(program.__globals__, "live", read)
    monkeypatch.setitem(program.__globals__, "make_key", lambda *_, **__: None)
    machine = SimpleNamespace(data=tmp_path, address="http://localhost:8000")
    for said in ("", "https://hedgerow.acorns.example"):
        monkeypatch.setenv("HEDGEROW_ADDRESS", said)
        program(machine, demo=False)
    assert kept == ["http://localhost:8000", "https://hedgerow.acorns.example"]


@pytest.mark.parametrize("option", ["--prot", "--port=many"])
def test_a_slip_in_the_command_is_explained(option: str) -> None:
    answer = subprocess.run(  # noqa: S603  our own command
        [sys.executable, "bin/run", option], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert answer.returncode == 2
    assert "usage:" in answer.stderr


@pytest.mark.parametrize("port", [99_999, -1])
def test_a_port_that_cannot_be_is_explained(tmp_path: Path, port: int) -> None:
    answer = start(tmp_path, port)
    assert answer.returncode == 1
    assert f"does not let Hedgerow use port {port}. Nothing was started." in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_folder_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    answer = start(tmp_path / "file" / "inside", 8000)
    assert answer.returncode == 1
    assert "cannot write in the folder" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_number_that_is_none_is_said_before_anybody_unlocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEDGEROW_LOCK_MINUTES", "an hour")
    answer = start(tmp_path, 8000)
    assert "HEDGEROW_LOCK_MINUTES is 'an hour'. Use a whole number." in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """An open installation with passphrases and no key file, as bin/run knows it."""
    monkeypatch.syspath_prepend(str(ROOT / "bin"))
    monkeypatch.delenv("HEDGEROW_KEY", raising=False)
    (tmp_path / "key-slots.json").touch()
    (tmp_path / "last-used").touch()
    return importlib.import_module("life").Machine(tmp_path, 8000, "http://localhost:8000")


@pytest.mark.once
@pytest.mark.real_time
def test_it_locks_when_nobody_is_at_work_and_when_somebody_asks(
    machine: Any, tmp_path: Path
) -> None:
    used = tmp_path / "last-used"
    assert machine.asked() == ""
    os.utime(used, (time.time() - 61 * 60,) * 2)
    assert machine.asked() == "lock"
    os.utime(used, (time.time() + 61 * 60,) * 2)  # the clock was put back
    assert machine.asked() == "lock"
    used.touch()
    assert machine.asked() == ""
    (tmp_path / "asked-to-lock").touch()
    assert machine.asked() == "lock"
    (tmp_path / "asked-to-change-key").touch()
    assert machine.asked() == "change key"


@pytest.mark.once
def test_what_is_started_again_opens_the_records_though_the_key_file_was_put_away(
    machine: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[str] = []
    child = importlib.import_module("children").Child
    monkeypatch.setattr(child, "start", lambda self: handed.append(self.key))
    (tmp_path / "hedgerow.key").write_text(f"{'7' * 64}\n")
    machine.start()
    (tmp_path / "hedgerow.key").unlink()
    machine.family[1].start()

    assert handed == ["7" * 64] * 4


@pytest.mark.once
def test_it_never_locks_by_itself_where_that_is_wanted_or_where_a_key_file_lies(
    machine: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.utime(tmp_path / "last-used", (0, 0))
    monkeypatch.setenv("HEDGEROW_LOCK_MINUTES", "0")
    assert machine.asked() == ""
    monkeypatch.delenv("HEDGEROW_LOCK_MINUTES")
    (tmp_path / "hedgerow.key").touch()
    assert machine.asked() == "", "the demo stays open"
