"""The pages that are measured, and who looks at them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from uuid import uuid4

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, Decision, Entry, ParentsInformed, Referral, Support
from safeguarding.concerns.report import Person, Report
from tests.people import signed_in

from .filling import WORDS

HOST = "localhost"  # one that the settings allow
LONG = 400  # entries on the case that is measured
Visit = Callable[[], HttpResponse]


@dataclass(frozen=True)
class Page:
    """One thing a person does, and whether it is one request that writes a report."""

    name: str
    visit: Visit
    is_filing: bool = False


def pages(nursery: Nursery) -> list[Page]:
    """What a day is made of. The lead reads, the deputy manager was let into a few, someone files."""
    dana, wren, priya = (signed_in(nursery.people[name]) for name in ("dana", "wren", "priya"))
    here = nursery.setting.link_to
    case = long_case(nursery)
    report = here("concerns:report")
    return [
        Page("today", _get(dana, here("today:today"))),
        Page("cases, 50 of all", _get(dana, here("concerns:cases"))),
        Page("cases, 50 of those let into", _get(wren, here("concerns:cases"))),
        Page("closed cases, 50 of all", _get(dana, here("concerns:cases") + "?show=closed")),
        Page("reports waiting, 50 of 60", _get(dana, here("concerns:waiting"))),
        Page("own reports, 50 of all", _get(priya, here("concerns:mine"))),
        Page("one case", _get(dana, here("concerns:case", case.pk))),
        Page("its chronology, 100 of 400", _get(dana, here("concerns:chronology", case.pk))),
        Page("report form", _get(priya, report)),
        Page("filing", _file(priya, report, nursery), is_filing=True),
    ]


def signed_in_page(nursery: Nursery) -> tuple[str, str]:
    """A page with a list, and the cookie with which a real browser would be shown it."""
    client = signed_in(nursery.dana)
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    return nursery.setting.link_to("concerns:cases"), f"{session.key}={session.value}"


def _get(client: Client, path: str) -> Visit:
    """Asked for as a web server asks: what a test client does beside, for tests, is no part of a page."""
    cookies = "; ".join(f"{one.key}={one.coded_value}" for one in client.cookies.values())
    request = RequestFactory().get(path, headers={"cookie": cookies}, SERVER_NAME=HOST)

    return lambda: _answered(application().get_response(WSGIRequest(dict(request.environ))), 200)


@cache
def application() -> BaseHandler:
    """What the web server calls, but for opening and closing a connection to the database."""
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def _file(client: Client, path: str, nursery: Nursery) -> Visit:
    """Send a new report about a child, with some words in three boxes."""
    today = timezone.localdate()
    answers = {
        "in_danger_now": "no",
        "kind": "welfare-concern",
        "people-TOTAL_FORMS": "1",
        "people-INITIAL_FORMS": "0",
        "people-0-who": f"child:{nursery.kit.pk}",
        "people-0-part": "harmed",
        "happened_on_day": str(today.day),
        "happened_on_month": str(today.month),
        "happened_on_year": str(today.year),
        "saw": WORDS,
        "heard": WORDS,
        "did": WORDS[:160],
        "risk_area": "contact",
        "told_lead": "yes",
    }
    return lambda: _answered(
        client.post(path, answers | {"key": str(uuid4())}, SERVER_NAME=HOST), 302
    )


def _answered(response: object, wanted: int) -> HttpResponse:
    """The answer, if it is the one a person would get."""
    assert isinstance(response, HttpResponse)
    if response.status_code != wanted:
        raise RuntimeError(f"A measured page answered {response.status_code}, not {wanted}.")
    return response


def long_case(nursery: Nursery) -> Case:
    """A case taken forward by the lead, with a procedure under way and a long chronology."""
    report = Report(
        kind="cyberbullying",
        risk_area="conduct",
        in_danger_now=False,
        told_lead="yes",
        happened_on=timezone.localdate(),
        heard=WORDS,
        people=(Person("harmed", child=nursery.kit), Person("alleged", name="An older child")),
    )
    concern = actions.file_report(by=nursery.priya, key=uuid4(), report=report)
    case = actions.open_case(
        by=nursery.dana,
        concern=concern,
        title="Messages about a child in a game",
        record_class=concern.record_class,
        procedures=["cyberbullying"],
        reasons="It has to be looked into.",
    )
    _write_long(nursery, case)
    return case


def _write_long(nursery: Nursery, case: Case) -> None:
    """Entries of every sort, since some carry more rows beside them."""
    kinds = (
        "note",
        "call",
        "decision",
        "referral",
        "parents_informed",
        "support",
        "meeting",
        "note",
    )
    at = timezone.now() - timedelta(days=60)
    entries = [
        Entry(
            setting=nursery.setting,
            case=case,
            kind=kinds[number % len(kinds)],
            happened_at=at + timedelta(hours=3 * number),
            created_at=at + timedelta(hours=3 * number, minutes=20),
            written_by=nursery.dana if number % 3 else nursery.devi,
            text=WORDS,
        )
        for number in range(LONG)
    ]
    Entry.objects.bulk_create(entries)
    of = {kind: [one for one in entries if one.kind == kind] for kind in set(kinds)}
    here = nursery.setting
    Decision.objects.bulk_create(
        Decision(setting=here, entry=one, to_act=True, reasons=WORDS) for one in of["decision"]
    )
    Referral.objects.bulk_create(
        Referral(
            setting=here, entry=one, agency_slug="x", agency="Front door", route="By telephone"
        )
        for one in of["referral"]
    )
    ParentsInformed.objects.bulk_create(
        ParentsInformed(setting=here, entry=one, were_told=True, who="Both parents")
        for one in of["parents_informed"]
    )
    Support.objects.bulk_create(
        Support(setting=here, entry=one, child=nursery.kit) for one in of["support"]
    )
