"""What may belong together: brothers and sisters, and reports that share something one may read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.concerns import actions
from safeguarding.concerns.connections import related_to
from safeguarding.concerns.models import Concern
from safeguarding.concerns.report import Person
from safeguarding.people.actions import record_leaving
from safeguarding.people.models import Member
from tests.budget import MOST, queries_of
from tests.people import signed_in

from .given import IMAGE, WELFARE, a_case, a_report, about, filed, opened


def related(concern: Concern, member: Member) -> dict[str, tuple[str, ...]]:
    """What is related to a report for a member: code, and what is shared."""
    people = concern.involvements.select_related("child", "member__user")
    return {one.concern.code: one.shares for one in related_to([concern], people, member)}


@pytest.mark.parametrize(
    ("one", "other", "shares"),
    [
        ({"place": "The Oak room"}, {"place": "the oak ROOM"}, "the same place"),
        ({"place": "The  Oak room "}, {"place": "the oak room"}, "the same place"),
        ({"device": "Room tablet 2"}, {"device": "room tablet 2"}, "the same device"),
        (
            {"web_address": "https://Game.example/Chat"},
            {"web_address": "https://game.example/chat"},
            "the same web address",
        ),
    ],
)
def test_what_is_written_alike_relates(
    sunflowers: Nursery, one: dict[str, str], other: dict[str, str], shares: str
) -> None:
    n = sunflowers
    first = filed(n.priya, a_report(WELFARE, **one))
    second = filed(n.sam, a_report(WELFARE, **other))
    filed(n.sam, a_report(WELFARE))

    assert related(first, n.dana) == {second.code: (shares,)}
    assert related(second, n.dana) == {first.code: (shares,)}


def test_the_same_child_or_person_relates_and_what_shares_most_comes_first(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    uncle, kit = Person("alleged", name="Uncle Joe"), Person("harmed", child=n.kit)
    first = filed(n.priya, a_report(WELFARE, kit, uncle, place="Home"))
    much = filed(n.priya, a_report(WELFARE, kit, Person("other", name="uncle joe"), place="home"))
    little = filed(n.priya, a_report(WELFARE, Person("witness", child=n.kit)))
    found = related(first, n.dana)

    assert list(found) == [much.code, little.code]
    assert found[much.code] == ("the same child", "the same person", "the same place")


def test_only_what_one_may_read_is_related_or_counted(sunflowers: Nursery) -> None:
    n = sunflowers
    kit = Person("harmed", child=n.kit)
    case = a_case(n.priya, n.dana, a_report(WELFARE, kit))
    actions.let_know(by=n.dana, case=case, member=n.morgan, reason="plans the staff")
    link = n.setting.link_to("concerns:people", case.pk)
    before = _main(signed_in(n.morgan).get(link).content.decode())
    picture = filed(n.sam, a_report(IMAGE, kit))
    waiting = filed(n.sam, a_report(WELFARE, kit))
    opened(n.dana, picture)

    assert _main(signed_in(n.morgan).get(link).content.decode()) == before
    assert "shares a person" in before
    text = signed_in(n.dana).get(link).content.decode()
    assert picture.code in text
    assert waiting.code in text


def test_an_allegation_shows_what_it_shares_on_its_own_page_only(sunflowers: Nursery) -> None:
    """Rule R12: whoever may read both finds nothing of it on the page of the report about a child."""
    n = sunflowers
    seen = filed(n.priya, a_report(WELFARE, Person("witness", member=n.sam), place="Garden"))
    accused = filed(n.priya, a_report(WELFARE, Person("alleged", member=n.sam), place="Garden"))
    assert {seen, accused} <= set(Concern.objects.readable_by(n.dana))

    assert related(seen, n.dana) == {}
    assert related(accused, n.dana) == {seen.code: ("the same person", "the same place")}
    opened(n.dana, accused)
    assert related(seen, n.dana) == {}
    assert related(accused, n.sam) == {}


def test_brothers_and_sisters_are_suggested_and_added_with_one_tap(sunflowers: Nursery) -> None:
    n = sunflowers
    theo = n.children["theo"]
    case = a_case(n.priya, n.dana, a_report(WELFARE, Person("harmed", child=n.isla)))
    people, add = (
        n.setting.link_to("concerns:people", case.pk),
        n.setting.link_to("concerns:add_sibling", case.pk, theo.pk),
    )
    browser = signed_in(n.dana)
    assert "Add Theo Byrne as brother or sister" in browser.get(people).content.decode()

    for _ in range(2):
        assert browser.post(add).status_code == 302
    assert case.involvements.get().part == "sibling"
    assert "Add Theo Byrne" not in browser.get(people).content.decode()


def test_who_leaves_one_day_is_suggested_until_then(sunflowers: Nursery) -> None:
    n, today = sunflowers, timezone.localdate()
    case = a_case(n.priya, n.dana, a_report(WELFARE, Person("harmed", child=n.isla)))
    link = n.setting.link_to("concerns:people", case.pk)

    record_leaving(by=n.morgan, child=n.children["theo"], on=today)
    assert "Add Theo Byrne" in signed_in(n.dana).get(link).content.decode()
    record_leaving(by=n.morgan, child=n.children["theo"], on=today - timedelta(days=1))
    assert "Add Theo Byrne" not in signed_in(n.dana).get(link).content.decode()


def test_they_are_suggested_only_to_those_who_work_on_the_case(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(WELFARE, Person("harmed", child=n.isla)))
    actions.let_know(by=n.dana, case=case, member=n.morgan, reason="plans the staff")
    browser = signed_in(n.morgan)
    page = browser.get(n.setting.link_to("concerns:people", case.pk)).content.decode()
    add = n.setting.link_to("concerns:add_sibling", case.pk, n.children["theo"].pk)

    assert "Theo" not in page
    assert browser.post(add).status_code == 403
    assert not case.involvements.exists()


def test_these_pages_cost_the_same_however_much_is_related(sunflowers: Nursery) -> None:
    n = sunflowers
    people = (Person("harmed", child=n.isla), Person("witness", member=n.sam))
    case = a_case(n.priya, n.dana, a_report(WELFARE, *people, place="Garden", device="Tablet"))
    waiting = filed(n.priya, a_report(WELFARE, *people, place="Garden"))
    browser = signed_in(n.dana)
    links = [
        n.setting.link_to("concerns:people", case.pk),
        n.setting.link_to("concerns:related", waiting.pk),
    ]
    browser.get(links[0])
    few = [len(queries_of(browser, link)) for link in links]
    for _ in range(30):
        filed(n.priya, a_report(WELFARE, *people, place="Garden"))

    assert few == [len(queries_of(browser, link)) for link in links]
    assert max(few) <= MOST


def _main(text: str) -> str:
    return text[text.index("<main") : text.index("</main>")]


def test_the_report_has_a_way_to_them(sunflowers: Nursery) -> None:
    n = sunflowers
    concern = filed(n.priya, about(n.sam))
    page = signed_in(n.dana).get(n.setting.link_to("concerns:concern", concern.pk))

    assert n.setting.link_to("concerns:related", concern.pk) in page.content.decode()
