"""Everyone of the demo goes everywhere a link leads: no page is missing, broken or slow to ask."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.test import Client

from demo.cast import ADULTS, Nursery
from foundation.evidence import sources
from tests.budget import MOST, asked
from tests.people import signed_in

FIRST = "/at/sunflowers/"
BOARD = "/at/sunflowers/governance/"
NOT_FOLLOWED = ("/accounts/logout/", "/static/")
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
OF_A_PROCEDURE = re.compile(r"/procedures/(/[\w-]+|[\w-]+)/")  # its page, or one of its steps
OF_A_DUTY = re.compile(r"/(OSP|MTSM)-[\w.-]+/")
NUMBER = re.compile(r"/\d+/|=[\w-]+")  # a version, a place, or what a list was narrowed down to
# There are hundreds of entries to correct, and one page of a kind is like another. The lead sees most.
ENOUGH, MORE, MANY = 1, 2, 6
LOOKS = ADULTS.keys() - {"devi", "omar", "sam"}  # who see what Dana and Priya see
FURTHEST = 2500  # pages: a crawl that goes on for longer follows something without an end
REACHED = {  # so that a crawl that has come to stop early is noticed
    "dana": ("/chronology/", "/procedures/", "/readers/", "/left-out/", "/closure/", "/reply/"),
    "morgan": ("/people/", "/chronology/", "/roles/"),
    "wren": ("/concerns/actions/",),
    "pat": ("/concerns/mine/",),
}
SIGN_FIRST = "(403, "  # Vic has not signed yet: most pages ask for that first
FOUND, LEADS_ON = (200,), (301, 302)


@dataclass(frozen=True)
class Visit:
    """One page that was asked for: what came, what it asked of the database, where it leads."""

    path: str
    came_from: str
    status: int
    queries: int
    links: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.path} ({self.status}, {self.queries} queries, from {self.came_from})"


class Links(HTMLParser):
    """The addresses of every link in a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a" and (href := dict(attrs).get("href")):
            self.found.append(href)


def crawl(client: Client, of_a_kind: int) -> Iterator[Visit]:
    """Every page that can be reached by links from the first one, each once, and enough of a kind."""
    waiting, seen = [(FIRST, "the start")], {FIRST}
    kinds: Counter[str] = Counter()
    while waiting:
        path, came_from = waiting.pop()
        kind = _kind_of(path)
        kinds[kind] += 1
        if kinds[kind] > of_a_kind:
            continue
        visit = ask(client, path, came_from)
        yield visit
        for link in visit.links:
            if link not in seen and not link.startswith(NOT_FOLLOWED):
                seen.add(link)
                waiting.append((link, path))
        assert len(seen) < FURTHEST


def _kind_of(path: str) -> str:
    kind = OF_A_PROCEDURE.sub("/procedures/*/", ID.sub("", path))
    return NUMBER.sub("/*/", OF_A_DUTY.sub("/*/", kind))


def ask(client: Client, path: str, came_from: str) -> Visit:
    with asked() as statements:
        answer = client.get(path)
    if answer.status_code in LEADS_ON:
        hrefs = [answer["Location"]]
    else:
        is_page = answer.get("Content-Type", "").startswith("text/html")
        hrefs = Links(answer.content.decode()).found if is_page else []
    links = tuple(dict.fromkeys(inside(path, hrefs)))
    return Visit(path, came_from, answer.status_code, len(statements), links)


def inside(path: str, hrefs: list[str]) -> Iterator[str]:
    """The addresses within the product, each as it is asked for."""
    for href in hrefs:
        address, _ = urldefrag(urljoin(f"http://testserver{path}", href))
        parts = urlsplit(address)
        if parts.netloc == "testserver" and parts.scheme in {"http", "https"}:
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def _budget(path: str) -> int:
    """What a page may ask. The assurance board asks each app as often as its evidence says (ADR 0035)."""
    asks_every_app = path.startswith(BOARD)
    return MOST + (sum(one.queries for one in sources()) if asks_every_app else 0)


@pytest.mark.once
@pytest.mark.parametrize(
    ("who", "of_a_kind"),
    [
        *((who, MORE if who == "dana" else ENOUGH) for who in sorted(LOOKS)),
        *(pytest.param(who, MANY, marks=pytest.mark.long) for who in sorted(LOOKS)),
    ],
)
def test_every_link_leads_to_a_page_within_the_budget(
    sunflowers: Nursery, who: str, of_a_kind: int
) -> None:
    visits = list(crawl(signed_in(sunflowers.people[who]), of_a_kind))
    dead = [str(one) for one in visits if one.status not in (*FOUND, *LEADS_ON)]
    asks_too_much = [str(one) for one in visits if one.queries > _budget(one.path)]
    never_reached = [
        part for part in REACHED.get(who, ()) if not any(part in one.path for one in visits)
    ]

    assert len(visits) >= 5
    assert not [one for one in dead if who != "vic" or SIGN_FIRST not in one]
    assert not asks_too_much
    assert not never_reached


@pytest.mark.once
def test_a_link_to_nowhere_would_be_noticed(sunflowers: Nursery) -> None:
    visit = ask(signed_in(sunflowers.dana), "/at/sunflowers/concerns/nowhere/", "a test")

    assert visit.status == 404
