"""What a page points to is there."""

from pathlib import Path

import pytest

from .pages import ROOT, anchors, links, pages, quoted, short

pytestmark = pytest.mark.once

FOLDERS = ("bin", "config", "demo", "docs", "foundation", "safeguarding", "tests")
APPS = {path.name for path in (ROOT / "safeguarding").iterdir() if path.is_dir()}
NOT_A_FILE = ("<", "…", "*", "{", "(", " ", "$")


@pytest.mark.parametrize("page", pages(), ids=short)
def test_a_link_leads_somewhere(page: Path) -> None:
    dead = [link for link in links(page) if not leads_somewhere(page, link)]
    assert dead == []


def leads_somewhere(page: Path, link: str) -> bool:
    if link.startswith(("https://", "mailto:")):
        return True
    name, _, anchor = link.partition("#")
    target = (page.parent / name).resolve() if name else page
    return target.exists() and (not anchor or anchor in anchors(target))


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached = {ROOT / "README.md"}
    while new := {to for page in reached for to in _next(page)} - reached:
        reached |= new

    assert [short(page) for page in pages() if page not in reached] == []


def _next(page: Path) -> set[Path]:
    targets = {(page.parent / link.partition("#")[0]).resolve() for link in links(page)}
    return {target for target in targets if target.suffix == ".md" and target.is_file()}


@pytest.mark.parametrize("page", pages(), ids=short)
def test_a_file_that_is_named_is_there(page: Path) -> None:
    """`people/pages.py` and `tests/people.py`: from the top of the checkout, or of safeguarding."""
    named = [one for one in quoted(page) if _is_path(one)]
    missing = [one for one in named if not any((top / one).exists() for top in _tops(page))]
    assert missing == []


def _is_path(words: str) -> bool:
    first, slash, _ = words.partition("/")
    is_file = words.endswith((".py", ".md", ".yaml", ".txt", ".sql", ".toml", ".html", "/"))
    plain = not any(sign in words for sign in NOT_A_FILE)
    return bool(slash) and plain and is_file and first in {*FOLDERS, *APPS}


def _tops(page: Path) -> list[Path]:
    """Where a short path may begin: the checkout, safeguarding, or the app the page is about."""
    return [ROOT, ROOT / "safeguarding", ROOT / "safeguarding" / page.stem]
