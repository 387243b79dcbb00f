"""The committee adopts exactly what stood on the page, and no clause that a duty needs is lost unseen."""

from collections.abc import Sequence
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.audit.models import Entry
from safeguarding.notifications.models import Notification
from safeguarding.people.models import Member
from safeguarding.policies.actions import (
    Part,
    accept_loss,
    adopt_duties,
    answer_proposal,
    propose,
    withdraw_proposal,
    write_version,
)
from safeguarding.policies.adopting import Take
from safeguarding.policies.losses import losses
from safeguarding.policies.models import (
    DutyAdoption,
    Policy,
    PolicyVersion,
    Proposal,
    ProposalAnswer,
)
from tests.people import anew
from tests.standing import built_once

YES, NO = ProposalAnswer.Kind.YES, ProposalAnswer.Kind.NO
DUTY, OTHER = "OSP-7-FDEC-01", "OSP-1-01"
AIMS = Part("1", "Aims", "We keep children safe.")
FILTER = Part("7.3", "", "The committee sees to it that a filter is on.", 2)


def written(
    by: Member, *parts: Part, policy: Policy | None = None, title: str = "Online safety policy"
) -> PolicyVersion:
    return write_version(
        by=by, title=title, parts=parts, made=PolicyVersion.Made.WRITTEN, policy=policy
    )


def said(
    member: Member, proposal: Proposal, answer: ProposalAnswer.Kind = YES, **more: str
) -> None:
    seen = more.pop("seen", proposal.digest)
    answer_proposal(
        by=member,
        proposal=proposal,
        answer=answer,
        seen=seen,
        adopted_on=date(2025, 9, 1),
        minutes="item 4",
        **more,
    )


def adopted(here: Nursery, version: PolicyVersion) -> PolicyVersion:
    said(here.omar, propose(by=here.dana, version=version, approvers=[here.omar]))
    return version


def in_force() -> Sequence[int]:
    return [one.number for one in PolicyVersion.objects.in_force()]


def test_a_version_is_in_force_once_all_who_were_named_said_yes(sunflowers: Nursery) -> None:
    version = written(sunflowers.dana, AIMS)
    both = [sunflowers.omar, sunflowers.cleo]
    proposal = propose(by=sunflowers.dana, version=version, approvers=both)
    said(sunflowers.omar, proposal)
    assert in_force() == []

    said(sunflowers.cleo, proposal)

    assert in_force() == [1]
    adoption = PolicyVersion.objects.get().adoption
    assert (adoption.adopted_on, adoption.minutes) == (date(2025, 9, 1), "item 4")
    assert adoption.digest == version.digest
    assert Entry.objects.filter(event="policy.adopted").count() == 1


def test_those_named_are_asked_and_then_everybody_who_works_here_is_told(
    sunflowers: Nursery,
) -> None:
    version = written(sunflowers.dana, AIMS)
    propose(by=sunflowers.dana, version=version, approvers=[sunflowers.omar])
    asked = Notification.objects.filter(kind="policy_proposed")
    assert [one.recipient_id for one in asked] == [sunflowers.omar.pk]

    said(sunflowers.omar, Proposal.objects.get())

    told = set(
        Notification.objects.filter(kind="policy_adopted").values_list("recipient", flat=True)
    )
    assert {sunflowers.priya.pk, sunflowers.vic.pk, sunflowers.tariq.pk} <= told
    assert sunflowers.pat.pk not in told


@pytest.mark.parametrize("name", ["dana", "morgan", "priya", "pat"])
def test_nobody_but_the_committee_adopts(sunflowers: Nursery, name: str) -> None:
    version = written(sunflowers.devi, AIMS)
    proposal = propose(by=sunflowers.devi, version=version, approvers=[sunflowers.omar])

    with pytest.raises(PermissionDenied):
        said(sunflowers.people[name], proposal)


def test_one_of_the_committee_who_was_not_named_does_not_answer(sunflowers: Nursery) -> None:
    version = written(sunflowers.dana, AIMS)
    proposal = propose(by=sunflowers.dana, version=version, approvers=[sunflowers.omar])

    with pytest.raises(PermissionDenied):
        said(sunflowers.cleo, proposal)


def test_whoever_wrote_it_is_never_named_even_under_another_account(sunflowers: Nursery) -> None:
    version = written(sunflowers.dana, AIMS)
    omar = anew(sunflowers.omar)
    omar.name = sunflowers.dana.name.upper()

    with pytest.raises(RuleBroken, match="Somebody else has to adopt it"):
        propose(by=sunflowers.morgan, version=version, approvers=[omar])
    with pytest.raises(RuleBroken, match="not on the committee"):
        propose(by=sunflowers.morgan, version=version, approvers=[sunflowers.dana])


def test_a_yes_to_another_text_adopts_nothing(sunflowers: Nursery) -> None:
    version = written(sunflowers.dana, AIMS)
    proposal = propose(by=sunflowers.dana, version=version, approvers=[sunflowers.omar])

    with pytest.raises(RuleBroken, match="not what stands here now"):
        said(sunflowers.omar, proposal, seen="0" * 64)

    assert in_force() == []


def test_not_yet_needs_a_word_and_lets_a_newer_version_be_proposed(sunflowers: Nursery) -> None:
    first = written(sunflowers.dana, AIMS)
    proposal = propose(by=sunflowers.dana, version=first, approvers=[sunflowers.omar])
    with pytest.raises(RuleBroken, match="Say what should be different"):
        said(sunflowers.omar, proposal, NO)
    said(sunflowers.omar, proposal, NO, reason="Where is the filter?")
    told = Notification.objects.get(kind="policy_sent_back")
    assert told.recipient_id == sunflowers.dana.pk

    second = written(sunflowers.dana, AIMS, FILTER, policy=first.policy)

    with pytest.raises(RuleBroken, match="newer version"):
        propose(by=sunflowers.dana, version=first, approvers=[sunflowers.omar])
    adopted(sunflowers, second)
    assert in_force() == [2]


def test_a_question_that_was_taken_back_is_not_answered(sunflowers: Nursery) -> None:
    version = written(sunflowers.dana, AIMS)
    proposal = propose(by=sunflowers.dana, version=version, approvers=[sunflowers.omar])
    withdraw_proposal(by=sunflowers.dana, proposal=proposal)

    with pytest.raises(RuleBroken, match="does not wait"):
        said(sunflowers.omar, proposal)


@built_once
def second(sunflowers: Nursery) -> PolicyVersion:
    """A newer version that has another clause where a duty stands under 7.3."""
    first = adopted(sunflowers, written(sunflowers.dana, AIMS, FILTER))
    taken = [Take(DUTY, first.policy, "7.3", 30), Take(OTHER, first.policy, "1")]
    adopt_duties(by=sunflowers.dana, takes=taken)
    moved = Part("7.4", "", FILTER.text, 2)
    return written(sunflowers.dana, AIMS, moved, policy=first.policy)


def test_a_clause_that_a_duty_needs_is_not_lost_unseen(
    sunflowers: Nursery, second: PolicyVersion
) -> None:
    assert [(one.duty_id, one.what) for one in losses(second)] == [(DUTY, "gone")]

    with pytest.raises(RuleBroken, match="Say first what becomes"):
        propose(by=sunflowers.dana, version=second, approvers=[sunflowers.omar])


def test_a_duty_goes_with_its_clause_once_the_version_is_adopted(
    sunflowers: Nursery, second: PolicyVersion
) -> None:
    accept_loss(by=sunflowers.dana, version=second, duty_id=DUTY, moved_to="7.4")
    newest = DutyAdoption.objects.filter(duty_id=DUTY).order_by("-created_at")
    assert newest[0].clause_number == "7.3"

    adopted(sunflowers, second)

    assert (newest[0].clause_number, newest[0].interval_days) == ("7.4", 30)
    assert losses(second) == []


def test_a_change_that_is_right_is_kept_with_its_reason(
    sunflowers: Nursery, second: PolicyVersion
) -> None:
    with pytest.raises(RuleBroken, match=r"no clause 9\.9"):
        accept_loss(by=sunflowers.dana, version=second, duty_id=DUTY, moved_to="9.9")
    accept_loss(by=sunflowers.dana, version=second, duty_id=DUTY, reason="It is in our contract.")

    adopted(sunflowers, second)

    assert in_force() == [2]
    assert second.accepted_losses.get().accepted_by_id == sunflowers.dana.pk


def test_other_words_under_the_same_number_are_a_change_to_look_at(
    sunflowers: Nursery, second: PolicyVersion
) -> None:
    other = Part("7.3", "", "Somebody looks at a filter.", 2)
    third = written(sunflowers.dana, AIMS, other, policy=second.policy)

    [found] = losses(third)

    assert (found.duty_id, found.what) == (DUTY, "changed")


def test_a_duty_that_was_not_taken_on_is_no_loss(
    sunflowers: Nursery, second: PolicyVersion
) -> None:
    adopt_duties(by=sunflowers.dana, takes=[Take(DUTY, None, "", None, "We have no internet.")])

    assert losses(second) == []
