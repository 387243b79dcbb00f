"""Every page that people of the demo can reach by following links is whole and open to everyone."""


import pytest
from playwright.sync_api import Page

from .screens import TABLET, Screens, axe_clean, home_of

pytestmark = pytest.mark.journey

READERS = ("dana", "morgan", "cleo")
OTHERS = ("priya", "tariq", "pat")
LINKS = """[...document.querySelectorAll("a[href]")].map(one => new URL(one.href))
  .filter(one => one.origin === location.origin).map(one => one.pathname + one.search)"""
NOT_PAGES = ("/static/", "/demo/", "/accounts/2fa/recovery-codes/download/")


@pytest.mark.parametrize("person", [*READERS, *OTHERS])
def test_every_page_a_person_can_reach_is_whole_and_open_to_everyone(
    screens: Screens, person: str
) -> None:
    page = screens.reader(person, TABLET) if person in READERS else screens.of(person, TABLET)
    waiting, seen = [home_of(person)], {home_of(person)}
    while waiting:
        address = waiting.pop()
        links = _look_at(page, address)
        new = [one for one in links if one not in seen and not one.startswith(NOT_PAGES)]
        seen.update(new)
        waiting.extend(dict.fromkeys(new))
    assert len(seen) > 5
    print(person, len(seen))


def _look_at(page: Page, address: str) -> list[str]:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200, f"{address} answered {answer.status}"
    axe_clean(page)
    links: list[str] = page.evaluate(LINKS)
    return links
