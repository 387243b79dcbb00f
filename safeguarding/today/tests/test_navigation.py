"""The menu in two rows: every door stays, each part leads somewhere, reporting is always one touch away."""

import re

import pytest

from demo.cast import Nursery
from safeguarding.agreements.tests.given import in_force
from safeguarding.concerns.tests.given import again
from safeguarding.today.context import FEW, in_parts, navigation
from tests.people import signed_in

HOME = "/at/sunflowers/"
REPORT = f'class="hr-header__report" href="{HOME}concerns/new/"'


def rows(at: Nursery, who: str, path: str = HOME) -> tuple[list[str], list[str]]:
    first, second = in_parts(navigation(again(at.people[who]), path))
    return [one["text"] for one in first], [one["text"] for one in second]


@pytest.mark.parametrize("who", ["dana", "morgan", "cleo", "priya", "tariq", "pat", "vic"])
def test_every_page_of_the_menu_is_reached_and_opens(sunflowers: Nursery, who: str) -> None:
    member = again(sunflowers.people[who])
    client = signed_in(member)
    wanted = {one["href"] for one in navigation(member, HOME)}
    first, _ = in_parts(navigation(member, HOME))
    reached = {one["href"] for one in first}
    for href in list(reached):
        page = client.get(href)
        assert page.status_code in {200, 302}, href
        reached |= {one["href"] for one in in_parts(navigation(member, href))[1]}
    assert reached == wanted
    assert len(first) <= FEW


def test_the_part_one_is_in_shows_its_pages_and_marks_the_one(sunflowers: Nursery) -> None:
    n = sunflowers
    parts = ["Today", "Concerns", "Policies and duties", "People and training", "More"]
    assert rows(n, "dana") == (parts[:4] + rows(n, "dana")[0][4:], [])
    text = signed_in(n.dana).get(f"{HOME}training/topics/").content.decode()
    marked = re.findall(r'aria-current="true">\s*([A-Za-z ]+?)\s*<', text)

    assert marked == ["People and training", "Training"]
    assert rows(n, "dana", f"{HOME}concerns/0/")[1] == ["Reports", "Cases", "My reports"]
    assert rows(n, "pat", f"{HOME}agreements/")[1] == [], "a few pages stand side by side"


@pytest.mark.parametrize("who", ["dana", "morgan", "priya", "tariq", "pat", "vic"])
def test_links_lead_everybody_to_what_they_may_write_down_about_themselves(
    sunflowers: Nursery, who: str
) -> None:
    n, client = sunflowers, signed_in(again(sunflowers.people[who]))
    today = client.get(HOME).content.decode()
    own = f"{HOME}people/{n.people[who].pk}/"
    page = client.get(own).content.decode()
    ways = [f"{HOME}messages/", f"{HOME}people/ties/", f"{HOME}people/setting/"]
    ways += [] if who == "pat" else [f"{HOME}people/away/"]

    assert f'href="{own}">Your own page' in today
    assert f'href="{HOME}messages/"' in today
    assert [one for one in ways if f'href="{one}"' not in page] == []
    back = re.findall(r'govuk-back-link" href="([^"]+)"', page)
    assert {client.get(one).status_code for one in [*ways, *back]} == {200}
    menu = {one["href"] for one in navigation(again(n.people[who]), HOME)}
    assert (f"{HOME}people/children/" in menu) is (who not in {"tariq", "vic"})


def test_reporting_stands_on_every_page_also_for_whoever_has_not_signed(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    assert REPORT in signed_in(n.pat).get(HOME).content.decode()
    in_force(n)
    shut = signed_in(n.priya).get(HOME)

    assert shut.status_code == 403
    text = shut.content.decode()
    assert REPORT in text
    doors = re.findall(r'service-navigation__link" href="([^"]+)"', text)
    assert [signed_in(n.priya).get(one).status_code for one in doors] == [200, 200, 200]
