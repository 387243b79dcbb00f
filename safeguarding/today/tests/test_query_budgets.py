"""Every page asks the database the same few things, at 50 rows and at 500."""

from collections.abc import Callable

import pytest
from django.test import Client

from demo.cast import Nursery
from safeguarding.concerns.actions import hand_work_over
from safeguarding.concerns.models import Concern, CustodyItem, Referral, ReviewAction
from safeguarding.concerns.report import Person
from safeguarding.concerns.tests.given import IMAGE, a_case, a_report, filed
from safeguarding.concerns.tests.walker import Walker
from safeguarding.people.models import RoleHeld
from tests.budget import MOST, queries_of, shape
from tests.people import signed_in

from . import many

Fill = Callable[[Nursery, int], None]


@pytest.fixture
def browser(sunflowers: Nursery) -> Client:
    """The lead's, past the first page of a session, which notes that it is in use."""
    browser = signed_in(sunflowers.dana)
    browser.get(sunflowers.setting.link_to("directory:contacts"))
    return browser


PAGES: list[tuple[Fill, list[str]]] = [
    (many.messages_and_clocks, ["today:today", "notifications:messages"]),
    (many.concerns, ["concerns:waiting", "concerns:mine"]),
    (many.cases, ["concerns:cases"]),
    (many.devices, ["concerns:custody"]),
    (
        many.everybody,
        [
            "concerns:report",
            "people:members",
            "people:children",
            "people:my_ties",
            "people:add_child",
            "directory:contacts",
            "directory:rules",
        ],
    ),
]


@pytest.mark.parametrize(("fill", "pages"), PAGES, ids=[fill.__name__ for fill, _ in PAGES])
def test_a_list_costs_the_same_at_50_rows_and_at_500(
    sunflowers: Nursery, browser: Client, fill: Fill, pages: list[str]
) -> None:
    links = [sunflowers.setting.link_to(page) for page in pages]
    fill(sunflowers, 50)
    few = [queries_of(browser, link) for link in links]
    fill(sunflowers, 450)

    for before, link in zip(few, links, strict=True):
        same_at_most(before, queries_of(browser, link))


def same_at_most(few: list[str], much: list[str]) -> None:
    """The same statements in the same order, and within the budget."""
    assert [shape(one) for one in few] == [shape(one) for one in much]
    assert len(much) <= MOST


def test_a_report_costs_the_same_however_much_was_added_to_it(
    sunflowers: Nursery, browser: Client
) -> None:
    n = sunflowers
    concern = filed(n.priya)
    link = n.setting.link_to("concerns:concern", concern.pk)
    assert len(queries_of(browser, link)) <= MOST, "the first reading, which is noted"
    many.additions(n, 50)
    few = queries_of(browser, link)
    many.additions(n, 450)

    same_at_most(few, queries_of(browser, link))


@pytest.mark.parametrize("page", ["case", "chronology", "readers", "close"])
def test_a_case_costs_the_same_however_much_is_written_on_it(
    sunflowers: Nursery, browser: Client, page: str
) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    link = n.setting.link_to(f"concerns:{page}", case.pk)
    many.work(n, 50)
    many.devices(n, 3)
    few = queries_of(browser, link)
    many.work(n, 450)
    many.devices(n, 30)

    same_at_most(few, queries_of(browser, link))


def pages_of(walker: Walker, waiting: Concern) -> list[tuple[object, ...]]:
    """Every page of the walked case, and of a report that waits."""
    n, case, run = walker.nursery, walker.case, walker.run
    entry = case.entries.filter(referral__isnull=False)[0]
    item = CustodyItem.objects.get()
    return [
        *(("concerns:step", case.pk, run.pk, name) for name in walker.now),
        *(("concerns:leave_out", case.pk, run.pk, name) for name in list(walker.now)[:2]),
        *(("concerns:work", case.pk, what) for what in ("entry", "decision", "referral")),
        *(("concerns:work", case.pk, what) for what in ("parents", "support", "device", "marks")),
        *((f"concerns:{page}", case.pk) for page in ("person", "let_know", "reclassify")),
        *((f"concerns:{page}", case.pk) for page in ("start_procedure", "reopen")),
        *(
            (f"concerns:{page}", waiting.pk)
            for page in ("open_case", "put_aside", "receipt", "add", "reply_to_reporter")
        ),
        *((f"concerns:{page}", item.pk) for page in ("custody_item", "custody_label")),
        *((f"concerns:{page}", item.pk) for page in ("hand_over", "police_advice", "keep_on")),
        ("concerns:take_out", case.pk, case.gathered.get().concern_id),
        ("concerns:report_named_in_error", waiting.pk, waiting.involvements.get().pk),
        ("concerns:custody_offer", item.pk, item.offers.get().pk),
        ("concerns:correct", case.pk, entry.pk),
        ("concerns:reply", case.pk, Referral.objects.get(entry=entry).pk),
        ("concerns:end_need_to_know", case.pk, case.need_to_know.get(member=n.devi).pk),
        ("concerns:action", ReviewAction.objects.get().pk),
    ]


def test_every_page_of_a_case_and_of_a_report_keeps_the_budget(
    sunflowers: Nursery, browser: Client
) -> None:
    n = sunflowers
    waiting = filed(n.dana, a_report(people=(Person("harmed", child=n.kit),)))
    walker = Walker(n, a_case(n.priya, n.dana, a_report(IMAGE, Person("harmed", child=n.kit))))
    walker.walk(leaving_out=True)
    many.devices(n, 1)
    many.everybody(n, 50)
    many.work(n, 50)
    assert Concern.objects.count() == 2
    pages = pages_of(walker, waiting)
    taken = {page: len(queries_of(browser, n.setting.link_to(*page))) for page in pages}  # type: ignore[arg-type]

    assert {page: count for page, count in taken.items() if count > MOST} == {}
    technical = n.setting.link_to("concerns:technical_step", walker.run.pk, "block-access")
    assert len(queries_of(signed_in(n.tariq), technical)) <= MOST


def test_handing_work_over_costs_the_same_for_one_case_and_for_fifty(
    sunflowers: Nursery, browser: Client
) -> None:
    n = sunflowers
    first = a_case(n.priya, n.dana)
    page = n.setting.link_to("concerns:hand_work_over")
    few = queries_of(browser, page)
    many.cases(n, 50)
    many.led(n)
    same_at_most(few, queries_of(browser, page))
    offered = hand_work_over(
        by=n.dana, to=n.devi, cases={first: "Soon."}, reports=[filed(n.priya)], reason="Away."
    )
    link = n.setting.link_to("concerns:work_handover", offered.pk)

    assert len(queries_of(browser, link)) <= MOST
    add = n.setting.link_to("concerns:add_file", first.pk)
    assert len(queries_of(browser, add)) <= MOST


def test_every_page_of_a_person_a_child_and_an_agency_keeps_the_budget(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    many.everybody(n, 50)
    browser = signed_in(n.morgan)
    browser.get(n.setting.link_to("directory:contacts"))
    pages: list[tuple[object, ...]] = [
        *((f"people:{page}",) for page in ("add_member", "setting", "about", "hours", "terms")),
        *((f"people:{page}",) for page in ("add_room", "add_family")),
        *((f"people:{page}", n.sam.pk) for page in ("member", "grant_role", "ties")),
        *((f"people:{page}", n.kit.pk) for page in ("child", "leaving")),
        ("people:end_role", RoleHeld.objects.get(member=n.sam).pk),
        ("directory:add",),
        ("directory:area",),
        ("directory:contacts",),
        ("directory:local_rule", "report.read"),
    ]
    taken = {page: len(queries_of(browser, n.setting.link_to(*page))) for page in pages}  # type: ignore[arg-type]

    assert {page: count for page, count in taken.items() if count > MOST} == {}
