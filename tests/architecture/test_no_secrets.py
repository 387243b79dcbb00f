"""Nothing in the repository says where it was made, or opens anything."""

import re
from functools import cache
from pathlib import Path

import pytest

from .source import ROOT, short

LEFT_OUT = {".git", "node_modules", "__pycache__"}
BINARY = {".woff2", ".ttf", ".ico", ".png", ".key"}
VENDORED = {"tests/journeys/axe.min.js"}  # somebody else's, checked where it is fetched

# In pieces, so that this file does not name what it looks for.
PLACES = (
    r"pypi" + r"\.org",
    r"python" + r"hosted",
    r"registry" + r"\.npmjs",
    r"registry" + r"\.yarnpkg",
    r"artifact" + r"ory",
    r"index" + r"-url\s*[= ]\s*https?:",
    r"(?<![\w.])/(?:work|root)/\w",
    r"(?<![\w.])/(?:home|Users)/(?!(?:dana|me|dropboxer)/)\w",  # but for people we made up
    r"[A-Z]:\\\\?Users",
)
SECRETS = (
    r"BEGIN [A-Z ]*PRIVATE" + r" KEY",
    r"\bAKIA" + r"[0-9A-Z]{16}\b",
    r"\bghp_" + r"\w{20}",
    r"_auth" + r"Token",
    r"://[^/\s:{]+:[^/\s@{]{4,}@",
)

pytestmark = pytest.mark.once
NEVER_KEPT = ("uv.lock", "pylock.toml", ".env", "hedgerow.db", ".pypirc", ".netrc")


def ignored() -> set[str]:
    """The folders that .gitignore leaves out, which hold what is made here."""
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    return LEFT_OUT | {line.strip("/") for line in lines}


def files() -> list[Path]:
    away = ignored()
    return sorted(
        path
        for path in ROOT.rglob("*")
        if path.is_file()
        and not away & set(path.relative_to(ROOT).parts)
        and path.suffix not in BINARY | {".pyc"}
        and short(path) not in VENDORED
    )


@cache
def texts() -> list[tuple[str, str]]:
    """What every file says, read once."""
    return [(short(path), path.read_text(encoding="utf-8")) for path in files()]


def test_there_is_something_to_look_at() -> None:
    assert len(files()) > 300


@pytest.mark.parametrize("what", PLACES)
def test_no_file_names_a_registry_or_a_place_on_a_machine(what: str) -> None:
    assert found(what) == []


@pytest.mark.parametrize("what", SECRETS)
def test_no_file_holds_a_secret(what: str) -> None:
    assert found(what) == []


def test_no_file_is_one_that_is_never_kept() -> None:
    kept = [short(path) for path in files() if path.name in NEVER_KEPT]
    assert [name for name in kept if name not in ignored()] == []


def test_the_only_key_in_the_repository_is_the_tests_own() -> None:
    keys = [short(path) for path in ROOT.rglob("*.key") if not ignored() & set(path.parts)]
    assert keys == ["tests/hedgerow.key"]


@pytest.mark.parametrize("name", ["runtime.txt", "development.txt", "uv.txt"])
def test_every_package_is_pinned_by_version_and_hash(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8").replace("\\\n", " ")
    pins = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]

    assert pins
    assert [pin for pin in pins if not re.search(r"==\S+.*--hash=sha256:", pin)] == []


def found(what: str) -> list[str]:
    pattern = re.compile(what)
    return [
        f"{name}:{number}"
        for name, text in texts()
        if pattern.search(text)
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]
