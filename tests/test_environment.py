"""Which Python the commands make their environment with, and when they make it anew."""

import importlib
import math
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.once
ROOT = Path(__file__).parent.parent
OURS = f"{sys.version_info[0]}.{sys.version_info[1]}"
PYTHON = str(Path(sys.executable).resolve())


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT / "bin"))
    return importlib.import_module("environment")


@pytest.fixture
def system(environment: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the system would have its Python."""
    monkeypatch.setattr(environment, "OF_THE_SYSTEM", [tmp_path / "none", tmp_path])
    return tmp_path / f"python{OURS}"


def says(python: Path, words: str) -> None:
    """As if there were a Python that answers so when it is asked how quick it is."""
    python.write_text(f"#!/bin/sh\n{words}\n")
    python.chmod(0o755)


def test_a_much_quicker_python_of_the_system_is_taken(environment: Any, system: Path) -> None:
    says(system, f"echo {OURS} 0.000001")
    assert environment.quickest() == str(system)


@pytest.mark.parametrize(
    "words",
    [f"echo {OURS} 60", "echo 2.7 0.000001", "exit 1", "exit 0"],
    ids=["slower", "another version", "makes no environment", "no Python"],
)
def test_any_other_is_not(environment: Any, system: Path, words: str) -> None:
    says(system, words)
    assert environment.quickest() == sys.executable


def test_one_that_does_not_end_is_not_waited_for(
    environment: Any, system: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    says(system, "exec sleep 60")
    monkeypatch.setattr(environment, "PATIENCE", 0.2)
    assert environment.seconds_of(str(system)) == math.inf


def test_where_there_is_none_ours_is(environment: Any, system: Path) -> None:
    assert not system.exists()
    assert environment.quickest() == sys.executable
    assert 0 < environment.seconds_of(sys.executable) < math.inf


@pytest.fixture
def made(environment: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the environment is made. Nothing is installed in it."""
    folder = tmp_path / ".venv"
    monkeypatch.setattr(environment, "VENV", folder)
    monkeypatch.setattr(environment, "PYTHON", folder / "bin" / "python")
    monkeypatch.setattr(environment, "STAMP", folder / "hedgerow-installed")
    monkeypatch.setattr(environment, "install", lambda: None)
    monkeypatch.setattr(environment, "quickest", lambda: PYTHON)
    return folder


def works(folder: Path) -> bool:
    asked = (str(folder / "bin" / "python"), "-c", "import pip")
    return subprocess.run(asked, check=False).returncode == 0  # noqa: S603


def test_one_whose_making_was_interrupted_is_made_anew(environment: Any, made: Path) -> None:
    """Ctrl-C while pip was put in: Python is there, and nothing could ever be installed."""
    half = (PYTHON, "-m", "venv", "--without-pip", str(made))
    subprocess.run(half, check=True)  # noqa: S603
    environment.ready()
    assert works(made)
    assert environment.is_current()


def test_one_whose_python_is_gone_is_made_anew(environment: Any, made: Path) -> None:
    """The next version of the system has another, and links to the former lead nowhere."""
    (made / "bin").mkdir(parents=True)
    (made / "bin" / "python3.10").symlink_to("/usr/bin/python-that-is-gone")
    for name in ("python", "python3", f"python{OURS}", Path(PYTHON).name):
        (made / "bin" / name).unlink(missing_ok=True)
        (made / "bin" / name).symlink_to("python3.10")
    environment.ready()
    assert works(made)


def test_one_whose_python_became_a_newer_one_is_made_anew(environment: Any, made: Path) -> None:
    """/usr/bin/python3 is another after the system was upgraded, and has none of the packages."""
    (made / "bin").mkdir(parents=True)
    (made / "bin" / "python").symlink_to(Path(sys.executable).resolve())
    (made / "lib" / "python3.9" / "site-packages").mkdir(parents=True)
    environment.STAMP.write_text(environment.digest())
    assert not environment.is_current()
    environment.ready()
    assert works(made)
    assert environment.is_current()


def test_a_link_that_a_command_shows_leads_to_where_it_runs(
    environment: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEDGEROW_ADDRESS", "")
    environment.remember_address(tmp_path)
    assert not os.environ["HEDGEROW_ADDRESS"], "it was never started"

    (tmp_path / "running.txt").write_text("http://localhost:8123")
    environment.remember_address(tmp_path)
    assert os.environ.get("HEDGEROW_ADDRESS") == "http://localhost:8123"

    monkeypatch.setenv("HEDGEROW_ADDRESS", "https://hedgerow.example")
    environment.remember_address(tmp_path)
    assert os.environ.get("HEDGEROW_ADDRESS") == "https://hedgerow.example", "somebody said where"


def test_a_command_is_about_the_folder_that_is_named_wherever_the_name_stands(
    environment: Any,
) -> None:
    for words in (["--data", "ours", "verify", "--json"], ["verify", "--json", "--data=ours"]):
        assert environment.folder_named(words) == (Path("ours"), ["verify", "--json"])
    assert environment.folder_named(["verify"]) == (None, ["verify"])


def test_who_names_no_folder_is_told_that_it_is_the_demo(
    environment: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HEDGEROW_DATA", raising=False)
    asked = environment.is_taken_for_ours
    assert not asked(tmp_path, None, "backup")
    (tmp_path / "demo.txt").touch()

    assert asked(tmp_path, None, "backup")
    assert not asked(tmp_path, tmp_path, "backup"), "they know"
    assert not asked(tmp_path, None, "demo_code"), "it works there only"
    monkeypatch.setenv("HEDGEROW_DATA", str(tmp_path))
    assert not asked(tmp_path, None, "backup")


def test_a_command_says_that_it_is_about_the_demo_only_where_nobody_said_otherwise(
    environment: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The folder it comes to is told to what it starts, and that is not somebody naming it."""
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "demo.txt").touch()
    started: list[tuple[str, ...]] = []
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "ready", lambda: None)
    monkeypatch.setattr(environment, "become", lambda *command: started.append(command))
    monkeypatch.setattr(os, "environ", {**os.environ, "HEDGEROW_DATA": ""})

    monkeypatch.setattr(sys, "argv", ["bin/manage", "verify"])
    environment.manage()
    assert "about the demo" in "".join(capsys.readouterr())
    os.environ["HEDGEROW_DATA"] = ""
    monkeypatch.setattr(sys, "argv", ["bin/manage", "--data", str(tmp_path / "var"), "verify"])
    environment.manage()
    assert "about the demo" not in "".join(capsys.readouterr())
    assert [one[2:] for one in started] == [("verify",), ("verify",)]
