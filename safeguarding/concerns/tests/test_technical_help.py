"""Technical staff confirm what they did, and see nothing of what it was for."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from demo.cast import Nursery
from foundation.jobs.worker import run_ready
from safeguarding.concerns import actions
from safeguarding.concerns.actions import StepRef
from safeguarding.concerns.models import Case, Concern, Entry
from safeguarding.concerns.report import Person
from safeguarding.notifications.models import Clock, Notification
from safeguarding.people import actions as people
from safeguarding.people.roles import Role
from safeguarding.procedures.models import Outcome
from tests.people import signed_in

from .given import IMAGE, SAID, a_case, a_report
from .walker import Walker

STEP = "block-access"


def begun(n: Nursery, *, helped: bool = True) -> Walker:
    """A case about a picture on our own systems, told by somebody about Kit."""
    report = a_report(IMAGE, Person("harmed", child=n.kit))
    walker = Walker(n, a_case(n.priya, n.dana, report), yes=("on-our-systems",))
    walker.helper = n.tariq if helped else None
    walker.walk(leaving_out=True, until=STEP)
    return walker


def page(walker: Walker, step: str = STEP) -> str:
    return walker.nursery.setting.link_to("concerns:technical_step", walker.run.pk, step)


def test_the_page_says_what_to_do_and_nothing_of_the_case(sunflowers: Nursery) -> None:
    walker = begun(sunflowers)
    answer = signed_in(sunflowers.tariq, second_check=False).get(page(walker)).content.decode()

    assert "Block the named place for every user" in answer
    told = (walker.case.title, walker.case.reference, walker.run.title, SAID, "Kit", "picture of a")
    assert [one for one in told if one in answer] == []


def test_confirming_it_settles_the_step_and_stops_the_clock(sunflowers: Nursery) -> None:
    walker = begun(sunflowers)
    clock = Clock.objects.owned_by(sunflowers.tariq).running().get()
    assert clock.path == page(walker)

    answer = signed_in(sunflowers.tariq, second_check=False).post(
        page(walker), {"text": "Blocked for every account."}
    )

    assert answer.status_code == 302
    assert walker.now[STEP].status == "done"
    entry = Entry.objects.get(kind="containment")
    assert (entry.written_by, entry.text) == (sunflowers.tariq, "Blocked for every account.")
    assert not Clock.objects.owned_by(sunflowers.tariq).running().exists()


def test_technical_staff_are_asked_at_once_and_read_nothing_of_the_case(
    sunflowers: Nursery,
) -> None:
    """They knew of it an hour later, or when they happened to look at Today."""
    n, walker = sunflowers, begun(sunflowers)
    told = Notification.objects.get(recipient=n.tariq)
    assert (told.kind, told.is_urgent, told.path) == ("technical_step", True, page(walker))
    run_ready()
    assert [one.to for one in mail.outbox if "tariq" in one.to[0]] == [["tariq@sunflowers.example"]]

    walker.walk(leaving_out=True)
    assert Notification.objects.filter(recipient=n.tariq).count() == 1, "once"
    signed_in(n.tariq, second_check=False).get(page(walker))
    assert not Notification.objects.unseen().filter(recipient=n.tariq).exists()


def test_nobody_technical_is_asked_for_what_the_lead_has_to_do(sunflowers: Nursery) -> None:
    n = sunflowers
    people.declare_relationship(by=n.tariq, about=n.tariq, kind="relative", child=n.kit)
    begun(n, helped=False)
    assert not Notification.objects.filter(kind="technical_step").exists()


def test_it_is_all_that_technical_staff_see(sunflowers: Nursery) -> None:
    walker = begun(sunflowers)
    browser, link = signed_in(sunflowers.tariq), sunflowers.setting.link_to
    pages = [
        link("concerns:case", walker.case.pk),
        link("concerns:chronology", walker.case.pk),
        link("concerns:step", walker.case.pk, walker.run.pk, STEP),
        link("concerns:concern", Concern.objects.get().pk),
        page(walker, "tell-lead"),
        page(walker, "no-such-step"),
    ]

    assert [browser.get(one).status_code for one in pages] == [404] * len(pages)
    assert not Case.objects.readable_by(sunflowers.tariq).exists()


def test_technical_staff_whom_it_is_about_are_not_asked(sunflowers: Nursery) -> None:
    n = sunflowers
    people.declare_relationship(by=n.tariq, about=n.tariq, kind="relative", child=n.kit)
    walker = begun(n, helped=False)

    assert signed_in(n.tariq).get(page(walker)).status_code == 404
    assert not Clock.objects.owned_by(n.tariq).exists()
    clock = Clock.objects.running().get(key=f"{IMAGE}/{STEP}")
    assert clock.owner == n.dana
    assert "technical" not in clock.path, "the lead records it on the page of the step"


def test_a_case_of_another_setting_is_not_there(sunflowers: Nursery, bluebells: Nursery) -> None:
    walker = begun(sunflowers)
    link = bluebells.setting.link_to("concerns:technical_step", walker.run.pk, STEP)

    assert signed_in(bluebells.tariq).get(link).status_code == 404


def test_nobody_else_confirms_it_there(sunflowers: Nursery) -> None:
    walker = begun(sunflowers)
    for who in ("priya", "morgan", "vic", "pat", "dana"):
        with pytest.raises(PermissionDenied):
            actions.confirm_technical_step(
                by=sunflowers.people[who], step=StepRef(walker.run, STEP), text="Blocked."
            )


def test_technical_staff_record_no_other_step(sunflowers: Nursery) -> None:
    walker = begun(sunflowers)
    with pytest.raises(PermissionDenied):
        actions.confirm_technical_step(
            by=sunflowers.tariq, step=StepRef(walker.run, "refer-police"), text="Told them."
        )


def test_a_test_of_the_filter_asks_its_questions(sunflowers: Nursery) -> None:
    n = sunflowers
    walker = Walker(n, a_case(n.priya, n.dana, a_report("filtering-breach")))
    walker.walk(leaving_out=True, until="test-filter")
    browser = signed_in(n.tariq, second_check=False)

    assert browser.post(page(walker, "test-filter"), {"text": "Tested."}).status_code == 422
    answers = {"correction-holds": "yes", "nothing-needed-is-blocked": "no", "text": "Tested."}
    assert browser.post(page(walker, "test-filter"), answers).status_code == 302

    given = Outcome.objects.get(run=walker.run, step="test-filter").answers
    assert given == {"correction-holds": True, "nothing-needed-is-blocked": False}


def test_the_chronology_says_of_each_what_it_was(sunflowers: Nursery) -> None:
    """Telling the manager what got through is a note: nothing was blocked by it."""
    n = sunflowers
    report = a_report("filtering-breach")
    walker = Walker(n, a_case(n.priya, n.dana, report), yes=("correction-holds",))
    walker.walk(leaving_out=True)

    theirs = Entry.objects.filter(case=walker.case, written_by=n.tariq)
    assert dict(theirs.values_list("outcome__step", "kind")) == {
        "block-now": "containment",
        "tell-leadership": "note",
        "correct-filter": "containment",
        "test-filter": "answers",
    }


def test_what_somebody_owed_as_a_lead_is_no_technical_step(sunflowers: Nursery) -> None:
    """Dana leads and helps technically. She leads no more, and helps on."""
    n = sunflowers
    walker = begun(n)
    Clock.objects.filter(owner=n.tariq).update(owner=n.dana)
    people.grant_role(by=n.morgan, to=n.dana, role=Role.TECHNICAL)
    ending = people.end_role(
        by=n.morgan, held=n.dana.roles_held.get(role=Role.LEAD), reason="Enough."
    )
    people.confirm_end(by=n.cleo, ending=ending)

    owed = Clock.objects.running().filter(subject_id=walker.case.pk)
    assert [one.key for one in owed.filter(owner=n.dana)] == [f"{IMAGE}/{STEP}"]
    assert owed.filter(owner=n.devi).exists()


def test_whoever_helps_no_more_and_leads_is_led_to_the_step_itself(sunflowers: Nursery) -> None:
    walker = begun(sunflowers)
    answer = signed_in(sunflowers.dana).get(page(walker))

    assert answer.status_code == 302
    step = sunflowers.setting.link_to("concerns:step", walker.case.pk, walker.run.pk, STEP)
    assert answer["Location"] == step


def test_with_nobody_technical_the_lead_is_asked(sunflowers: Nursery) -> None:
    n = sunflowers
    held = n.tariq.roles_held.get(role=Role.TECHNICAL)
    people.end_role(by=n.morgan, held=held, reason="left")
    walker = begun(n, helped=False)

    assert Clock.objects.running().get(key=f"{IMAGE}/{STEP}").owner == n.dana
    walker.carry_out(walker.run.definition.by_id[STEP], by=n.dana)
    assert walker.now[STEP].status == "done"
