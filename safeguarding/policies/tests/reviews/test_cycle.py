"""The review cycle: when a policy is due, who is heard, and what ends a review."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.audit.models import Entry
from safeguarding.audit.trail import System
from safeguarding.directory.actions import set_local_rule
from safeguarding.law.values import Value
from safeguarding.notifications.models import Clock, Notification
from safeguarding.notifications.tasks import escalate_missed
from safeguarding.policies.actions import write_version
from safeguarding.policies.models import Policy, PolicyVersion
from safeguarding.policies.reviews import actions
from safeguarding.policies.reviews.due import standings
from safeguarding.policies.reviews.evidence import looked_at_in_time
from safeguarding.policies.reviews.models import (
    RequestDecision,
    ReviewOutcome,
    Voice,
    VoiceAnswer,
    Why,
)
from tests.people import left, signed_in

from .given import DAY, PARTS, adopted, all_done, ended, opened, standing


def due_clocks(at: Nursery) -> list[Clock]:
    return list(Clock.objects.running().filter(setting=at.setting, key="review"))


def test_a_year_after_it_was_adopted_a_policy_is_due(
    sunflowers: Nursery, version: PolicyVersion
) -> None:
    on = version.adoption.adopted_on
    assert standing(sunflowers).due_on == date(on.year + 1, on.month, on.day)


def test_a_setting_may_look_sooner(sunflowers: Nursery, version: PolicyVersion) -> None:
    on = version.adoption.adopted_on
    set_local_rule(
        by=sunflowers.dana,
        rule_id="policy.review",
        value=Value.parse("30 calendar days"),
        reason="New tablets.",
        starts=timezone.localdate(),
    )
    assert standing(sunflowers).due_on == on + 30 * DAY


def test_a_policy_nobody_adopted_says_that_its_date_is_not_known(sunflowers: Nursery) -> None:
    n = sunflowers
    written = write_version(
        by=n.dana, title="Phones", parts=PARTS, made=PolicyVersion.Made.IMPORTED
    )
    assert standing(n).is_unknown

    actions.begin_due(by=System("review cycle", n.setting.pk), setting=n.setting)
    assert [one.text for one in due_clocks(n)] == ["Say when “Phones” was last reviewed"]
    day = timezone.localdate() - 100 * DAY
    actions.note_known_review(
        by=n.dana, policy=written.policy, reviewed_on=day, source="Its cover."
    )
    actions.begin_due(by=System("review cycle", n.setting.pk), setting=n.setting)

    assert standing(n).looked_at == day
    assert due_clocks(n) == []
    entries = Entry.objects.filter(setting_id=n.setting.pk, event="review.due")
    assert [one.details["not_due_any_more"] for one in entries] == [0, 1]


def test_a_first_draft_is_in_use_by_nobody_and_nobody_is_asked_when_it_was_reviewed(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    write_version(by=n.dana, title="Phones", parts=PARTS, made=PolicyVersion.Made.BUILT)
    actions.begin_due(by=System("review cycle", n.setting.pk), setting=n.setting)

    assert due_clocks(n) == []
    shown = looked_at_in_time([n.setting.pk], timezone.now())["OSP-3-01"][n.setting.pk]
    assert (shown.kept, shown.owed, shown.late) == (0, 0, 0)
    page = signed_in(n.dana).get(n.setting.link_to("policies:reviews"))
    assert "A year after it is adopted" in page.text


def test_what_comes_due_is_asked_for_once_and_stands_on_the_leads_day(
    sunflowers: Nursery, policy: Policy
) -> None:
    n = sunflowers
    by = System("review cycle", n.setting.pk)
    assert actions.begin_due(by=by, setting=n.setting) == 0

    with time_machine.travel(timezone.now() + 30 * DAY, tick=True):
        assert actions.begin_due(by=by, setting=n.setting) == 1
        assert actions.begin_due(by=by, setting=n.setting) == 0
        [clock] = due_clocks(n)
        assert (clock.owner, clock.subject_id) == (n.dana, policy.pk)
        opened(n, policy)
        assert due_clocks(n) == [], "an open review is on its way"


def test_a_late_task_is_told_to_its_owner_then_the_others_then_the_committees_lead(
    sunflowers: Nursery, policy: Policy
) -> None:
    n = sunflowers
    review = opened(n, policy)
    late = Clock.objects.get(subject_id=review.pk, key="task/technical")
    told = []
    for days in (15, 19, 23):
        with time_machine.travel(timezone.now() + days * DAY, tick=True):
            escalate_missed.call()
        rows = Notification.objects.filter(kind="review_late", subject_id=late.pk)
        told.append({one.recipient for one in rows})

    assert told[0] == {n.tariq}
    assert told[1] == {n.tariq, n.dana, n.devi, n.morgan, n.wren}
    assert told[2] == told[1] | {n.cleo}


def test_a_review_ends_only_when_all_is_done_and_everyone_is_answered(
    sunflowers: Nursery, policy: Policy
) -> None:
    n = sunflowers
    review = opened(n, policy)
    voice = actions.say(by=n.priya, review=review, text="Nobody can keep to this.")
    with pytest.raises(RuleBroken, match="not done yet"):
        ended(n, review)
    all_done(n, review)
    with pytest.raises(RuleBroken, match="no answer yet"):
        ended(n, review)
    actions.answer_voice(
        by=n.dana, voice=voice, did=VoiceAnswer.Did.KEPT, said="Too strict", text="It has to be."
    )
    outcome = ended(n, review)

    assert outcome.took_part == "Somebody who works or helps here: 1"
    assert standing(n).due_on == outcome.next_review_on
    assert not Clock.objects.running().filter(subject_id=review.pk).exists()
    assert [one.recipient for one in Notification.objects.filter(kind="review_ended")] == [n.priya]
    with pytest.raises(RuleBroken, match="has ended"):
        actions.say(by=n.sam, review=review, text="Too late.")


def test_a_new_version_must_be_a_later_one_that_was_adopted(
    sunflowers: Nursery, policy: Policy, version: PolicyVersion
) -> None:
    n = sunflowers
    review = opened(n, policy)
    all_done(n, review)
    for wrong in (None, version):
        with pytest.raises(RuleBroken, match="Choose the new version"):
            ended(n, review, kind=ReviewOutcome.Kind.NEW_VERSION, version=wrong)
    new = adopted(n, timezone.localdate(), policy)

    assert ended(n, review, kind=ReviewOutcome.Kind.NEW_VERSION, version=new).version == new


def test_the_next_review_is_never_later_than_the_rule_says(
    sunflowers: Nursery, policy: Policy
) -> None:
    n = sunflowers
    review = opened(n, policy)
    all_done(n, review)
    today = timezone.localdate()
    with pytest.raises(RuleBroken, match="at the latest"):
        ended(n, review, next_review_on=today + 400 * DAY)
    soon = ended(n, review, next_review_on=today + 90 * DAY)

    assert standing(n).due_on == soon.next_review_on


def test_a_withdrawn_policy_is_not_due_any_more(sunflowers: Nursery, policy: Policy) -> None:
    review = opened(sunflowers, policy)
    all_done(sunflowers, review)
    ended(sunflowers, review, kind=ReviewOutcome.Kind.WITHDRAWN)

    assert standing(sunflowers).withdrawn
    assert not standing(sunflowers).is_soon(timezone.localdate() + 1000 * DAY)


def test_anyone_who_works_here_asks_and_the_lead_decides(
    sunflowers: Nursery, policy: Policy
) -> None:
    n = sunflowers
    asked = actions.ask_for_review(
        by=n.sam, policy=policy, why=Why.TECHNICAL, reason="New tablets."
    )
    told = Notification.objects.filter(kind="review_asked_for", subject_id=asked.pk)
    assert {one.recipient for one in told} == {n.dana, n.devi, n.morgan, n.wren}

    with pytest.raises(PermissionDenied):
        actions.refuse_review(by=n.sam, request=asked, reason="No.")
    with pytest.raises(PermissionDenied):
        actions.ask_for_review(by=n.pat, policy=policy, why=Why.OTHER, reason="Please.")
    review = opened(n, policy, Why.TECHNICAL)

    assert RequestDecision.objects.get(request=asked).review == review
    told = Notification.objects.filter(kind="review_request_decided", subject_id=asked.pk)
    assert [one.recipient for one in told] == [n.sam]


def test_of_two_reviews_of_one_policy_only_one_is_open(sunflowers: Nursery, policy: Policy) -> None:
    opened(sunflowers, policy)
    with pytest.raises(RuleBroken, match="open already"):
        opened(sunflowers, policy)


def test_a_review_ends_before_the_next_one_would_be_due(
    sunflowers: Nursery, policy: Policy
) -> None:
    n, today = sunflowers, timezone.localdate()
    asked = {"by": n.dana, "policy": policy, "why": Why.YEARLY, "input_until": today + 14 * DAY}
    with pytest.raises(RuleBroken, match="Check the year"):
        actions.open_review(**asked, due_on=today + 400 * DAY)  # type: ignore[arg-type]

    assert actions.open_review(**asked, due_on=today + 360 * DAY).is_open  # type: ignore[arg-type]


def test_nothing_of_another_setting_is_reviewed_here(
    sunflowers: Nursery, bluebells: Nursery, policy: Policy
) -> None:
    review = opened(sunflowers, policy)
    with pytest.raises(RuleBroken, match="another setting"):
        opened(bluebells, policy)
    with pytest.raises(PermissionDenied):
        actions.say(by=bluebells.priya, review=review, text="Hello.")
    assert standings([bluebells.setting.pk]) == []


def test_who_said_several_things_is_one_who_was_heard(sunflowers: Nursery, policy: Policy) -> None:
    n = sunflowers
    review = opened(n, policy)
    said = [(n.priya, "No tablets."), (n.priya, "No telephones."), (n.sam, ""), (n.priya, "")]
    voices = [actions.say(by=by, review=review, text=text) for by, text in said]
    voices.append(
        actions.write_down(
            by=n.priya,
            review=review,
            whose=Voice.Whose.CHILDREN,
            how=Voice.How.PLAY,
            people=4,
            text="They like songs.",
        )
    )
    for voice in voices:
        if voice.needs_answer:
            did = VoiceAnswer.Did.KEPT
            actions.answer_voice(by=n.dana, voice=voice, did=did, said="Noted", text="Thank you.")
    all_done(n, review)

    assert ended(n, review).took_part == "Children: 4; Somebody who works or helps here: 2"


def test_a_policy_of_before_is_due_a_year_after_the_day_that_was_written_down(
    sunflowers: Nursery,
) -> None:
    n, by = sunflowers, System("review cycle", sunflowers.setting.pk)
    written = write_version(
        by=n.dana, title="Phones", parts=PARTS, made=PolicyVersion.Made.IMPORTED
    )
    actions.begin_due(by=by, setting=n.setting)
    day = timezone.localdate() - 400 * DAY
    actions.note_known_review(
        by=n.dana, policy=written.policy, reviewed_on=day, source="Its cover."
    )
    actions.begin_due(by=by, setting=n.setting)

    assert standing(n).late
    [clock] = due_clocks(n)
    assert (clock.text, clock.is_overdue(timezone.now())) == ("Review “Phones”", True)
    shown = looked_at_in_time([n.setting.pk], timezone.now())["OSP-3-01"][n.setting.pk]
    assert (shown.kept, shown.late) == (0, 1)


def test_once_all_is_done_somebody_is_asked_what_came_of_it(
    sunflowers: Nursery, policy: Policy
) -> None:
    n = sunflowers
    review = opened(n, policy)
    asks = Clock.objects.running().filter(subject_id=review.pk, key="outcome")
    assert not asks.exists()
    all_done(n, review)

    clock = asks.get()
    assert (clock.owner, clock.due_at.date()) == (n.dana, review.due_on)
    left(n, n.dana)
    assert asks.get().owner == n.devi
    actions.record_outcome(
        by=n.devi, review=review, kind=ReviewOutcome.Kind.NO_CHANGE, considered="All of it."
    )
    assert not asks.exists()
