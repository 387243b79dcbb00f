"""The environment every command here needs: .venv, with exactly the pinned packages.

Only the standard library, so that it works before anything is installed.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import os
import shutil
import subprocess
import sys
from pathlib import Path

import only_one

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PINNED = [ROOT / "requirements" / name for name in ("uv.txt", "runtime.txt", "development.txt")]
STAMP = VENV / "hedgerow-installed"
LOCK = "installing.lock"
OF_THE_SYSTEM = [Path("/usr/bin"), Path("/usr/local/bin"), Path("/opt/homebrew/bin")]
MUCH = 1.15  # times as quick
PATIENCE = 20  # seconds; it takes a tenth of one
# Which version it is, and the seconds it takes over something short. It must be able to make an environment.
HOW_QUICK = """
import ensurepip, io, sys, time, tokenize
words = "a = look(at, [1, 2, 3]) + 'some words'\\n" * 300
def look():
    began = time.process_time()
    list(tokenize.generate_tokens(io.StringIO(words).readline))
    return time.process_time() - began
print("%d.%d" % sys.version_info[:2], min(look() for _ in range(5)))
"""


def say(words: str) -> None:
    """One line to the person, at once."""
    print(words, flush=True)


def progress(words: str) -> None:
    """What is going on, apart from what a command answers, which a program may read."""
    print(words, file=sys.stderr, flush=True)


def ready() -> None:
    """Make .venv if it is missing, and install what is pinned if that has changed."""
    refuse_old_python()
    if is_current():
        return
    VENV.mkdir(exist_ok=True)
    with (VENV / LOCK).open("a+") as file:
        only_one.wait_for(file, lambda: progress("Another command is installing; waiting for it …"))
        if not is_current():
            make()


def refuse_old_python() -> None:
    """Say which Python is needed, instead of failing on a newer way of writing."""
    if sys.version_info < (3, 11):  # noqa: UP036  an older Python may well start this file
        sys.exit(
            f"Hedgerow needs Python 3.11 or later; this is {sys.version.split()[0]}. "
            "Install a newer Python and run the same command with it."
        )


def is_current() -> bool:
    """Whether exactly what is pinned is installed."""
    is_there = PYTHON.exists() and STAMP.exists() and STAMP.read_text() == digest()
    return is_there and not became_another()


def became_another() -> bool:
    """Whether the system's Python is a newer one under the same name: it looks for its packages elsewhere."""
    if os.name == "nt" or PYTHON.resolve() != Path(sys.executable).resolve():
        return False
    return not (VENV / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}").is_dir()


def make() -> None:
    """Make the environment, or bring it up to date."""
    if became_another() or not has_pip():
        progress("Making .venv …")
        clear()
        why = "On Debian and Ubuntu, install python3-venv and run the same command again."
        run(quickest(), "-m", "venv", str(VENV), why=why)
    progress("Installing the pinned packages (once, about ten seconds) …")
    install()
    STAMP.write_text(digest())


def has_pip() -> bool:
    """Whether it can install: not where its making was interrupted, or its Python is gone."""
    try:
        asked = subprocess.run((str(PYTHON), "-c", "import pip"), capture_output=True, check=False)  # noqa: S603
    except OSError:
        return False
    return asked.returncode == 0


def clear() -> None:
    """Take away what is left of an environment that does not work. We hold the lock in it."""
    for one in VENV.iterdir():
        if one.is_dir() and not one.is_symlink():
            shutil.rmtree(one)
        elif one.name != LOCK:
            one.unlink()


def quickest() -> str:
    """The Python to make it with: ours, unless the system has the same version, and much quicker.

    One that was compiled by hand, as version managers do, is often a third slower than the system's own.
    """
    name = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    others = {str(place / name): seconds_of(str(place / name)) for place in OF_THE_SYSTEM}
    best = min(others, key=lambda one: others[one])
    return best if others[best] * MUCH < seconds_of(sys.executable) else sys.executable


def seconds_of(python: str) -> float:
    """How long it takes over something short; for ever if it is none of our version, or does not end."""
    asked = (python, "-I", "-c", HOW_QUICK)
    try:
        done = subprocess.run(asked, capture_output=True, check=True, text=True, timeout=PATIENCE)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return math.inf
    said = done.stdout.split()
    ours = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return float(said[1]) if said[:1] == [ours] else math.inf


def digest() -> str:
    """Changes when a pinned file or the place of the checkout does."""
    total = hashlib.sha256(str(ROOT).encode())
    for path in PINNED:
        total.update(path.read_bytes())
    return total.hexdigest()


def install() -> None:
    """First uv by pip, then everything by uv; both accept nothing but the pinned hashes."""
    why = "Check the connection to the package index, then run the same command again."
    pip = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes")
    run(str(PYTHON), *pip, "--only-binary", ":all:", "-r", str(PINNED[0]), why=why)
    # Compiled now, so that every start is quick even where Python may not write beside its files.
    quick = ("--compile-bytecode", "--no-build", "--require-hashes")
    uv = ("-m", "uv", "pip", "install", "--quiet", "--python", str(PYTHON))
    run(str(PYTHON), *uv, *quick, "-r", str(PINNED[1]), "-r", str(PINNED[2]), why=why)


def run(*command: str, why: str) -> None:
    """Run a step of the installation, or stop and say what to do."""
    if subprocess.run(command, check=False).returncode:  # noqa: S603  our own commands
        sys.exit(f"The installation stopped here. {why}")


def inside() -> None:
    """Go on as this same script, but in the environment."""
    ready()
    if Path(sys.prefix).resolve() != VENV.resolve():
        become(str(PYTHON), *sys.argv)


def become(*command: str) -> None:
    """Turn into another program; Windows cannot, so there we wait for it."""
    if os.name == "nt":
        sys.exit(subprocess.run(command, check=False).returncode)  # noqa: S603
    os.execv(command[0], command)  # noqa: S606


def for_data(data: Path) -> dict[str, str]:
    """The environment variables for what runs on this data folder."""
    demo = {"HEDGEROW_DEMO": "yes"} if demo_file(data).exists() else {}
    return {**os.environ, "HEDGEROW_DATA": str(data), "PYTHONUTF8": "1", **demo}


def data_folder() -> Path:
    """Where the records are, if nobody says where."""
    return Path(os.environ.get("HEDGEROW_DATA") or ROOT / "var")


def demo_file(data: Path) -> Path:
    """There while the folder holds the demo, so that it stays what it was. Holds the sign-ins."""
    return data / "demo.txt"


NEEDS_NO_RECORDS = {
    *("docs", "help", "obligations", "permissions_table", "procedures", "restore", "rules")
}
HELP = {"-h", "--help"}

OPENS_NOTHING = str(ROOT / "tests" / "hedgerow.key")


def needs_no_records(command: str = "", *options: str) -> bool:
    """Whether a command is answered without the records. The rules of one setting stand in them."""
    of_a_setting = any(one.startswith("--setting") for one in options)
    return (command in NEEDS_NO_RECORDS and not of_a_setting) or bool(HELP.intersection(options))


def borrow_key(data: Path) -> None:
    """Where there is no key yet, a command that needs none is given one that opens nothing."""
    if not (data / "hedgerow.key").exists():
        os.environ["HEDGEROW_KEY"] = OPENS_NOTHING


def give_key_back() -> None:
    """What follows finds its own."""
    if os.environ.get("HEDGEROW_KEY") == OPENS_NOTHING:
        del os.environ["HEDGEROW_KEY"]


def remember_address(data: Path) -> None:
    """Links that a command shows lead to where bin/run was started last, unless somebody says where."""
    running = data / "running.txt"
    last = running.read_text(encoding="utf-8").strip() if running.is_file() else ""
    if last and not os.environ.get("HEDGEROW_ADDRESS"):
        os.environ["HEDGEROW_ADDRESS"] = last


def manage() -> None:
    """Django's own commands, on the folder that --data names, on HEDGEROW_DATA, or on var."""
    ready()
    named, command = folder_named(sys.argv[1:])
    data = (named or data_folder()).resolve()
    taken = is_taken_for_ours(data, named, *command)
    os.environ.update(for_data(data))
    remember_address(data)
    if needs_no_records(*command):
        borrow_key(data)
    elif taken:
        progress(
            f"This is about the demo in {data}. About your own records: bin/manage --data folder"
        )
    become(str(PYTHON), str(ROOT / "manage.py"), *command)


def folder_named(words: list[str]) -> tuple[Path | None, list[str]]:
    """The folder after --data, as for bin/run, wherever it stands; and the command without it."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--data", type=Path)
    found, command = parser.parse_known_args(words)
    return found.data, command


def is_taken_for_ours(data: Path, named: Path | None, command: str = "", *_: str) -> bool:
    """Whether a command comes to the demo only because nobody said where the records are."""
    said = named or os.environ.get("HEDGEROW_DATA")
    return not said and demo_file(data).exists() and bool(command) and "demo" not in command
