"""Every page that people of the demo can reach by following links is whole and open to everyone."""

import html
import re
from collections import Counter
from itertools import pairwise
from urllib.parse import urljoin

import pytest
from playwright.sync_api import APIResponse, Error, Page, Response

from .addresses import kind_of
from .screens import TABLET, Screens, axe_clean, home_of

pytestmark = [pytest.mark.journey, pytest.mark.once]

READERS = ("dana", "morgan", "cleo")
OTHERS = ("priya", "tariq", "pat")
LINK = re.compile(r'<a [^>]*href="([^"#]+)')
HEADING = re.compile(r"<h([1-6])[ >]")
OURS = re.compile(r"/(at/sunflowers|accounts)/")
MOST = 1  # of each kind of page, for each person: the crawl of the demo looks at more
STEPS = 3  # of the steps of procedures: they differ more than other pages of one kind
# To whom only a password says who they are, these explain how to prove it first.
REFUSED = ("/accounts/2fa/app/add/", "/accounts/passkeys/add/")


@pytest.fixture(scope="module")
def checked() -> Counter[str]:
    """How many pages of each kind were looked at in the browser, whoever looked."""
    return Counter()


@pytest.mark.parametrize("person", [*READERS, *OTHERS])
def test_every_page_a_person_can_reach_is_whole_and_open_to_everyone(
    screens: Screens, checked: Counter[str], person: str
) -> None:
    page = screens.reader(person, TABLET) if person in READERS else screens.of(person, TABLET)
    reached: Counter[str] = Counter()
    waiting, known = [home_of(person)], {home_of(person)}
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address)
        if reached[kind] < _most(kind):
            reached[kind] += 1
            new = [one for one in _look_at(page, address, checked) if one not in known]
            known.update(new)
            waiting.extend(new)
    assert len(reached) > 8, reached


def _most(kind: str) -> int:
    return STEPS if kind.endswith("<step>/") else MOST


def _look_at(page: Page, address: str, checked: Counter[str]) -> list[str]:
    """Where a page leads. The first of a kind are looked at in the browser, the rest only fetched."""
    kind = kind_of(address)
    shown = checked[kind] < _most(kind) / 2 and _shown(page, address)
    if shown:
        checked[kind] += 1
        axe_clean(page)
    fetched = shown or page.request.get(address)
    status, text = fetched.status, fetched.text() if _is_page(fetched) else ""
    assert status == 200 or (status == 403 and address in REFUSED), f"{address} answered {status}"
    assert "<title>Problem: " not in text, (
        f"{address} finds something wrong before anything was sent"
    )
    assert not (skipped := _skipped_headings(text)), f"{address} skips a level before {skipped}"
    links = [urljoin(address, html.unescape(link)) for link in LINK.findall(text)]
    return [one for one in dict.fromkeys(links) if OURS.match(one)]


def _skipped_headings(text: str) -> list[str]:
    """Headings below which whoever goes from one to the next would look for one that is not there."""
    levels = ["1", *HEADING.findall(text.partition("<main")[2])]
    return [f"h{level}" for before, level in pairwise(levels) if int(level) > int(before) + 1]


def _shown(page: Page, address: str) -> Response | None:
    """What the browser was answered; None if it was no page, but something to save."""
    try:
        return page.goto(address)
    except Error as no_page:
        assert "Download is starting" in no_page.message
        return None


def _is_page(answer: APIResponse | Response) -> bool:
    """Whether a browser shows it. A paper or a list to save is only fetched."""
    saved = answer.headers.get("content-disposition", "").startswith("attachment")
    return not saved and answer.headers.get("content-type", "").startswith("text/html")
