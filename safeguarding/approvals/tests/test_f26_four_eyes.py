"""F26: what takes two people cannot be had by one, by whatever road (rules R23 to R26)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.approvals import actions as approvals
from safeguarding.approvals.actions import approve
from safeguarding.approvals.asked import those_asked
from safeguarding.approvals.models import Answer, Approval
from safeguarding.audit.models import Entry as Line
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, PaperCopy
from safeguarding.concerns.report import Person
from safeguarding.concerns.tests.given import (
    a_case,
    a_report,
    about,
    agreed,
    filed,
    leave_alone,
    opened,
)
from safeguarding.notifications.models import Notification
from safeguarding.people import actions as people
from safeguarding.people.given import Person as Account
from safeguarding.people.models import Member
from safeguarding.people.roles import Role
from safeguarding.people.tests.cast import in_a_hurry
from tests.people import anew, signed_in
from tests.standing import built_once

SENT: dict[str, Any] = {"recipient": "Ruth Field, social care", "purpose": "Strategy meeting"}


@built_once
def case(sunflowers: Nursery) -> Case:
    return a_case(
        sunflowers.priya,
        sunflowers.dana,
        a_report("welfare-concern", Person("harmed", child=sunflowers.kit)),
    )


@built_once
def asked(sunflowers: Nursery, case: Case) -> Approval:
    """The lead asks to give out a case."""
    return actions.ask_to_print_case(by=sunflowers.dana, case=case, **SENT)


def yes(by: Member, approval: Approval) -> Answer:
    return approve(by=by, approval=approval, seen=approval.digest)


def nothing_went_out() -> bool:
    return not PaperCopy.objects.exists() and not Line.objects.filter(event="case.printed").exists()


def first_names(approval: Approval) -> set[str]:
    return {one.name.split()[0] for one in those_asked(approval)}


def test_f26_nobody_says_yes_to_what_they_asked_for(sunflowers: Nursery, asked: Approval) -> None:
    with pytest.raises(PermissionDenied):
        yes(sunflowers.dana, asked)
    link = sunflowers.setting.link_to("approvals:approve", asked.pk)
    answer = signed_in(sunflowers.dana).post(link, {"seen": asked.digest})

    assert answer.status_code == 403
    assert Line.objects.filter(event="approval.refused", subject_id=asked.pk).exists()
    assert nothing_went_out()


@pytest.mark.parametrize(
    ("name", "email"),
    [("DANA  Okafor", "other@sunflowers.example"), ("D. O.", "dana+two@sunflowers.example")],
)
def test_f26_two_accounts_of_one_person_are_one_person(
    sunflowers: Nursery, asked: Approval, name: str, email: str
) -> None:
    n = sunflowers
    twin = people.add_member(by=n.morgan, person=Account(name, email, frozenset({Role.DEPUTY})))
    people.confirm_role(by=n.cleo, held=twin.roles_held.get(), despite=in_a_hurry())
    with pytest.raises(PermissionDenied):
        yes(anew(twin), asked)

    assert twin.pk not in {one.pk for one in those_asked(asked)}
    assert nothing_went_out()


def test_f26_who_was_demoted_or_closed_since_says_yes_to_nothing(
    sunflowers: Nursery, asked: Approval
) -> None:
    """Also with a page, or an object, that still knows the old role."""
    n = sunflowers
    morgan, devi = anew(n.morgan), anew(n.devi)
    assert morgan.roles
    assert devi.roles
    people.end_role(by=devi, held=devi.roles_held.get(role=Role.DEPUTY), reason="My own wish.")
    n.morgan.user.is_active = False
    n.morgan.user.save()
    for one in (devi, morgan):
        with pytest.raises(PermissionDenied):
            yes(one, asked)
    assert nothing_went_out()


def test_f26_a_role_that_nobody_confirmed_yet_says_yes_to_nothing(
    sunflowers: Nursery, asked: Approval
) -> None:
    people.grant_role(by=sunflowers.morgan, to=sunflowers.omar, role=Role.DEPUTY)

    with pytest.raises(PermissionDenied):
        yes(anew(sunflowers.omar), asked)


def test_f26_who_asked_and_may_no_longer_do_it_gets_nothing(
    sunflowers: Nursery, asked: Approval
) -> None:
    """F24 as well: what waits in the queue of somebody who left dies."""
    n = sunflowers
    ending = people.end_role(by=n.morgan, held=n.dana.roles_held.get(), reason="Left.")
    people.confirm_end(by=n.cleo, ending=ending)
    with pytest.raises(RuleBroken, match="may not do this any more"):
        yes(n.devi, asked)

    assert nothing_went_out()
    assert not Answer.objects.exists(), "all of it is taken back"


def test_f26_what_was_asked_for_cannot_be_swapped(sunflowers: Nursery, asked: Approval) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Approval.objects.filter(pk=asked.pk).update(digest="0" * 64)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE approvals_approval SET about_id = about_id")


@pytest.mark.parametrize("also_the_digest", ["", "yes"])
def test_f26_swapped_on_the_way_past_the_database_it_still_does_not_run(
    sunflowers: Nursery, asked: Approval, monkeypatch: pytest.MonkeyPatch, also_the_digest: str
) -> None:
    """As if somebody with the database file had changed the row: the trail knows what was asked."""
    swapped = {**asked.arguments, "recipient": "A newspaper"}
    locked = approvals.locked  # type: ignore[attr-defined]

    def altered(approval: Approval) -> Approval:
        row = locked(approval)
        row.arguments = swapped
        if also_the_digest:
            row.digest = row.own_digest
        return row

    monkeypatch.setattr(approvals, "locked", altered)
    seen = altered(asked).digest
    with pytest.raises(RuleBroken, match="not what stands here now"):
        approve(by=sunflowers.morgan, approval=asked, seen=seen)
    assert nothing_went_out()


def test_f26_a_page_that_showed_something_else_does_not_count(
    sunflowers: Nursery, asked: Approval
) -> None:
    link = sunflowers.setting.link_to("approvals:approve", asked.pk)
    answer = signed_in(sunflowers.morgan).post(link, {"seen": "0" * 64})

    assert answer.status_code == 422
    assert nothing_went_out()
    assert Line.objects.filter(event="approval.refused", subject_id=asked.pk).exists()


def test_f26_what_was_written_since_does_not_go_out(
    sunflowers: Nursery, case: Case, asked: Approval
) -> None:
    n = sunflowers
    actions.add_entry(by=n.dana, case=case, text="One word more.")
    with pytest.raises(RuleBroken, match="more was written"):
        yes(n.morgan, asked)
    assert nothing_went_out()

    second = agreed(actions.ask_to_print_case(by=n.dana, case=case, **SENT))
    actions.add_entry(by=n.dana, case=case, text="And another.")
    copy = PaperCopy.objects.get(approval=second)
    with pytest.raises(RuleBroken, match="more was written"):
        actions.take_paper(by=n.dana, copy=copy)


def test_f26_one_yes_is_used_once_and_for_nothing_else(
    sunflowers: Nursery, case: Case, asked: Approval
) -> None:
    n = sunflowers
    with pytest.raises(RuleBroken, match="second person"):
        actions.print_case(by=n.dana, case=case, approval=asked, **SENT)
    yes(n.morgan, asked)
    for who in (n.devi, n.morgan):
        with pytest.raises(PermissionDenied):
            yes(who, asked)
    with pytest.raises(RuleBroken, match="done already"):
        actions.print_case(by=n.dana, case=case, approval=asked, **SENT)
    with pytest.raises(RuleBroken, match="exactly this"):
        actions.print_case(
            by=n.dana, case=case, approval=asked, **{**SENT, "recipient": "A newspaper"}
        )
    assert PaperCopy.objects.count() == 1


def test_f26_it_waits_for_three_days_and_no_longer(sunflowers: Nursery, asked: Approval) -> None:
    n = sunflowers
    with time_machine.travel(timezone.now() + timedelta(hours=72, minutes=1)):
        assert not Approval.objects.to_approve(anew(n.morgan)).exists()
        with pytest.raises(PermissionDenied):
            yes(n.morgan, asked)
    assert nothing_went_out()


def test_f26_a_direct_address_opens_only_to_those_who_may_know_of_it(
    sunflowers: Nursery, asked: Approval
) -> None:
    n = sunflowers
    for page in ("approval", "approve", "refuse", "withdraw"):
        link = n.setting.link_to(f"approvals:{page}", asked.pk)
        for who in (n.priya, n.tariq, n.pat, n.omar):
            answers = {signed_in(who).get(link).status_code, signed_in(who).post(link).status_code}
            assert answers <= {404, 405}
    assert nothing_went_out()


def test_f26_there_is_no_command_that_says_yes() -> None:
    for name in ("approve", "give_out", "print_case"):
        with pytest.raises(CommandError, match="Unknown command"):
            call_command(name)


def test_f26_who_is_tied_to_the_child_is_not_asked_and_cannot_answer(sunflowers: Nursery) -> None:
    n = sunflowers
    a_case(n.priya, n.dana, a_report("welfare-concern", Person("harmed", child=n.kit)))
    people.declare_relationship(by=n.morgan, about=n.morgan, kind="relative", child=n.kit)
    approval = actions.ask_to_print_file(by=n.dana, child=n.kit, **SENT)

    assert first_names(approval) == {"Devi"}
    with pytest.raises(PermissionDenied):
        yes(anew(n.morgan), approval)
    link = n.setting.link_to("approvals:approval", approval.pk)
    assert signed_in(n.morgan).get(link).status_code == 404


def test_f26_about_an_allegation_only_those_on_its_list_are_asked_and_it_waits_for_them(
    sunflowers: Nursery,
) -> None:
    """Closing it takes two as well. Nobody else learns that there is something to close."""
    n = sunflowers
    case = opened(n.morgan, filed(n.priya, about(n.dana)))
    leave_alone(n.morgan, case)
    approval = actions.ask_to_print_case(by=n.morgan, case=case, **SENT)

    assert those_asked(approval) == [], "it waits"
    for who in (n.dana, n.devi, n.cleo, n.wren):
        link = n.setting.link_to("approvals:approval", approval.pk)
        assert signed_in(who).get(link).status_code == 404
        assert not Notification.objects.filter(recipient=who, kind="approval_wanted").exists()
    actions.let_know(by=n.morgan, case=case, member=n.cleo, reason="the second person")
    assert first_names(approval) == {"Cleo"}
    with pytest.raises(RuleBroken, match="second person"):
        actions.close_case(by=n.morgan, case=case, outcome="Unfounded.")
