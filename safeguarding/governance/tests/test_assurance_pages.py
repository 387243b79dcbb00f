"""The pages of the board, the words and the pack, and taking duties on."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from demo.cast import Nursery
from foundation.evidence import sources
from safeguarding.audit.models import Entry
from safeguarding.concerns.tests.given import a_report, filed
from safeguarding.governance import actions, pack
from safeguarding.governance.board import lines
from safeguarding.governance.models import Attestation, Pack
from safeguarding.governance.papers.tasks import set_pack
from safeguarding.people.models import Member
from safeguarding.policies.actions import adopt_duties
from safeguarding.policies.adopting import ready_made
from safeguarding.policies.duties import catalogue
from safeguarding.policies.models import DutyAdoption
from tests.budget import queries_of
from tests.people import signed_in
from tests.standing import built_once

from .given import BY_WORD, LEADS, OF_THE_LEAD, READ, day, line, not_so, said, taken

AROUND = 9  # what any page asks, and the board's own three


def link(at: Nursery, page: str, *args: object) -> str:
    return at.setting.link_to(page, *args)


def page(at: Nursery, who: Member, name: str, *args: str, query: str = "") -> str:
    answer = signed_in(who).get(link(at, name, *args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


@built_once
def taken_on(sunflowers: Nursery) -> Nursery:
    adopt_duties(by=sunflowers.dana, takes=ready_made(sunflowers.setting.pk))
    return sunflowers


def until(days: int) -> dict[str, str]:
    wanted = day(days)
    return {
        "until_day": str(wanted.day),
        "until_month": str(wanted.month),
        "until_year": str(wanted.year),
    }


def test_an_empty_board_teaches_and_one_button_takes_everything_on(sunflowers: Nursery) -> None:
    n = sunflowers
    assert "Take your duties on first" in page(n, n.cleo, "governance:board")
    assert "Take 372 duties on" in page(n, n.dana, "policies:duties")

    taken(n, READ, opted_out_because="We are closed for good.")
    answer = signed_in(n.dana).post(link(n, "policies:adopt_all"))

    assert answer.status_code == 302
    assert line(n, READ).state == "opted out", "what was decided stays decided"
    assert DutyAdoption.objects.count() == len(catalogue())
    assert "We are closed for good." in page(n, n.priya, "policies:duties")


def test_the_board_shows_counts_rows_and_a_way_to_each_duty(taken_on: Nursery) -> None:
    text = page(taken_on, taken_on.dana, "governance:board")

    assert "<svg" in text
    assert "372 duties" in text
    assert text.count("/governance/duties/") == 50, "one page of rows"
    assert "Page 1 of 8" in text


def test_the_board_is_narrowed_by_state_part_section_and_post(taken_on: Nursery) -> None:
    n = taken_on
    not_so(n.morgan)

    def shown(query: str, who: Member | None = None) -> str:
        return page(n, who or n.dana, "governance:board", query=query)

    assert "1 duty<" in shown("?state=broken")
    assert "78 duties" in shown("?section=OSP-7")
    assert "15 duties" in shown("?part=training")
    mine = [one for one in catalogue().values() if one.posts & n.cleo.roles]
    assert f"{len(mine)} duties" in shown("?mine=on", n.cleo)
    assert "No duty is like that" in shown("?state=broken&part=training")


def test_last_month_s_board_is_still_last_month_s(taken_on: Nursery) -> None:
    n, then = taken_on, timezone.localdate()
    on = f"?on_day={then.day}&on_month={then.month}&on_year={then.year}"
    with time_machine.travel(timezone.now() + timedelta(days=30), tick=True):
        not_so(n.morgan)
        assert "said that it is not so" in page(n, n.dana, "governance:duty", BY_WORD)
        past = page(n, n.dana, "governance:duty", BY_WORD, query=on)

        assert "said that it is not so" not in past
        assert "As it stood" in page(n, n.dana, "governance:board", query=on)
        assert "No duty is like that" in page(
            n, n.dana, "governance:board", query=f"{on}&state=broken"
        )


def test_a_duty_s_page_says_how_it_is_counted_and_leads_to_the_records(taken_on: Nursery) -> None:
    n = taken_on
    filed(n.priya, a_report())
    leads, committee = (page(n, who, "governance:duty", READ) for who in (n.dana, n.omar))

    for text in (leads, committee):
        assert "Reports by whether somebody who should know has opened them." in text
        assert "One query" not in text
    assert link(n, "concerns:waiting") in leads
    assert ">1<" in leads
    assert ">1<" not in committee
    assert "0 to 4" in committee
    records = committee.partition("The records:")[2].partition("</p>")[0]
    assert link(n, "concerns:waiting") not in records


def test_what_was_written_is_read_by_those_who_lead_alone(taken_on: Nursery) -> None:
    n = taken_on
    said(n.morgan)

    for who in (n.dana, n.cleo, n.morgan):
        assert "I looked myself." in page(n, who, "governance:duty", BY_WORD)
    assert "I looked myself." not in page(n, n.omar, "governance:duty", BY_WORD)


def test_a_word_is_given_on_its_page_and_leaves_the_list(taken_on: Nursery) -> None:
    n, dana = taken_on, signed_in(taken_on.dana)
    assert OF_THE_LEAD in page(n, n.dana, "governance:words")
    where = link(n, "governance:word", OF_THE_LEAD)
    assert dana.post(where, {"holds": "no", "text": "It is not.", **until(5)}).status_code == 422
    answer = dana.post(where, {"holds": "yes", "text": "I read.", **until(90)})

    assert answer["Location"] == link(n, "governance:duty", OF_THE_LEAD)
    assert Attestation.objects.get().text == "I read."
    assert OF_THE_LEAD not in page(n, n.dana, "governance:words")
    no = {"holds": "no", "text": "No.", "do_next": "I do.", **until(5)}
    assert dana.post(where, no).status_code == 302
    assert line(n, OF_THE_LEAD).state == "broken"


def test_somebody_is_asked_on_its_page(taken_on: Nursery) -> None:
    n = taken_on
    where = link(n, "governance:ask", BY_WORD)
    said_when = {name.replace("until", "due_on"): value for name, value in until(5).items()}
    answer = signed_in(n.cleo).post(where, {"asked": str(n.dana.pk), **said_when})

    assert answer.status_code == 302
    assert BY_WORD in page(n, n.dana, "governance:words")
    assert BY_WORD not in page(n, n.morgan, "governance:words")


def test_one_duty_is_made_tighter_or_left_with_a_reason(taken_on: Nursery) -> None:
    n, dana = taken_on, signed_in(taken_on.dana)
    where = link(n, "policies:duty", LEADS)
    sent = {"takes": "yes", "clause_number": "4", "interval_days": "400"}
    assert b"not less often" in dana.post(where, sent).content
    assert dana.post(where, sent | {"interval_days": "90"}).status_code == 302
    assert line(n, LEADS).days == 90
    assert dana.post(where, {"takes": "no"}).status_code == 422
    assert dana.post(where, {"takes": "no", "opted_out_because": "We close."}).status_code == 302
    assert line(n, LEADS).state == "opted out"


def a_pack(client: Client, at: Nursery, form: str) -> bytes:
    today = day(0)
    on = {"on_day": today.day, "on_month": today.month, "on_year": today.year}
    where = link(at, "governance:packs")
    answer = client.post(where, {"recipient": "The inspector", "form": form, **on})
    assert answer.status_code == 200, answer.content.decode()
    return bytes(answer.content)


def test_a_pack_is_on_record_and_the_same_in_every_form(taken_on: Nursery) -> None:
    n, dana = taken_on, signed_in(taken_on.dana)
    filed(n.priya, a_report())
    said(n.morgan)
    taken(n, LEADS, opted_out_because='=HYPERLINK("http://x","We close")')
    as_json = json.loads(a_pack(dana, n, "json"))
    as_csv = a_pack(dana, n, "csv").decode("utf-8-sig")

    made = Pack.objects.order_by("created_at").first()
    assert made is not None
    assert (made.made_by, made.digest) == (n.dana, as_json["digest"])
    assert as_json["digest"] == pack.digest_of({k: v for k, v in as_json.items() if k != "digest"})
    duties = {one["id"]: one for part in as_json["clauses"] for one in part["duties"]}
    assert duties.keys() == catalogue().keys()
    assert "0 to 4" in duties[READ]["shown"]
    assert "Morgan Hughes confirmed" in duties[BY_WORD]["shown"]
    assert as_csv.count("\n") == len(catalogue()) + 1
    assert ",=" not in as_csv
    for text in (json.dumps(as_json), as_csv):
        assert "I looked myself." not in text
        assert "We close" not in text
        assert not any(str(child) in text for child in n.children.values())
    assert "The inspector" in page(n, n.morgan, "governance:packs")


def test_a_pdf_says_how_far_it_is_and_is_tagged(taken_on: Nursery) -> None:
    n, dana = taken_on, signed_in(taken_on.dana)
    made = actions.make_pack(by=n.dana, as_of=timezone.now(), form="pdf", recipient="Ms Reed")
    where = link(n, "governance:pack", made.pack.pk)
    waiting = dana.get(where).content.decode()
    assert 'http-equiv="refresh"' in waiting
    assert "Step 1 of 3" in waiting
    assert dana.get(where + "paper.pdf").status_code == 409
    set_pack.call(str(n.setting.pk), str(made.pack.paper.pk))
    set_pack.call(str(n.setting.pk), str(made.pack.paper.pk))

    assert "The pack is ready" in dana.get(where).content.decode()
    given = dana.get(where + "paper.pdf")
    assert given.content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in given.content
    assert Entry.objects.filter(event="pack.opened", subject_id=made.pack.pk).count() == 1
    assert signed_in(n.priya).get(where).status_code == 404


@pytest.mark.once
def test_what_stops_a_pack_is_said_on_its_page(taken_on: Nursery, settings: Any) -> None:
    n = taken_on
    made = actions.make_pack(by=n.dana, as_of=timezone.now(), form="pdf", recipient="Ms Reed")
    settings.FILES_MOST = 10
    set_pack.call(str(n.setting.pk), str(made.pack.paper.pk))
    where = link(n, "governance:pack", made.pack.pk)
    assert "was not made" in signed_in(n.dana).get(where).content.decode()


def test_there_is_no_pack_of_nothing(sunflowers: Nursery) -> None:
    today = day(0)
    on = {"on_day": today.day, "on_month": today.month, "on_year": today.year}
    sent = {"recipient": "The inspector", "form": "json", **on}
    answer = signed_in(sunflowers.dana).post(link(sunflowers, "governance:packs"), sent)

    assert answer.status_code == 422
    assert not Pack.objects.exists()


@pytest.mark.parametrize("rows", [50, 500])
def test_the_board_asks_as_often_however_much_there_is(rows: int, taken_on: Nursery) -> None:
    n = taken_on
    words = [
        Attestation(
            setting=n.setting, duty_id=BY_WORD, holds=True, text="", until=day(9), given_by=n.dana
        )
        for _ in range(rows)
    ]
    Attestation.objects.bulk_create(words)
    most = AROUND + sum(one.queries for one in sources())

    assert len(queries_of(signed_in(n.dana), link(n, "governance:board"))) <= most
    for name, args in (
        ("governance:words", ()),
        ("governance:duty", (BY_WORD,)),
        ("policies:duties", ()),
    ):
        assert len(queries_of(signed_in(n.dana), link(n, name, *args))) <= 12
    assert len(lines(n.setting.pk, timezone.now())) == len(catalogue())
