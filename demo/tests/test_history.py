"""Each case stands where its story says, and nothing in the month is out of its time."""

from itertools import pairwise

import pytest
from django.core.management import call_command
from django.utils import timezone

from demo.cast import Nursery
from demo.people import PASSWORD
from safeguarding.approvals.models import Approval
from safeguarding.audit.models import Entry as Line
from safeguarding.audit.verify import verify
from safeguarding.concerns.models import (
    Case,
    Concern,
    Entry,
    ParentsInformed,
    ReviewAction,
    TakenOut,
)
from safeguarding.concerns.patterns import of_everybody
from safeguarding.notifications.models import Clock, Delivery, Notification
from safeguarding.people.keyring import Keyring, secret_of
from safeguarding.people.models import Setting
from safeguarding.procedures.library import definitions
from safeguarding.procedures.ours import adapted
from tests.people import signed_in

pytestmark = pytest.mark.once  # on the other database, the journeys run on this demo
AT_SUNFLOWERS = {
    "Frightening video on an Acorns tablet": ("C1", "filtering-breach", False),
    "Abusive e-mail to a member of staff": ("C1", "offensive-communication", False),
    "Messages between two older brothers": ("C1", "cyberbullying", False),
    "Coins bought in a game": ("C1", "welfare-concern", False),
    "Kit, tired and frightened of telephones": ("C1", "welfare-concern", True),
    "A phone in the garden": ("C3", "allegation", True),
    "A phone in an apron pocket": ("C3", "low-level-concern", False),
    "A pet name for one child": ("C3", "low-level-concern", True),
    "A picture in the holiday album": ("C4", "nude-image", True),
    "Somebody in a game, and a park": ("C2", "child-sexual-exploitation", True),
}
AT_BLUEBELLS = {
    "A film late at night": ("C1", "welfare-concern", False),
    "A message group about a colleague": ("C1", "cyberbullying", True),
}


def standing(nursery: Nursery) -> dict[str, tuple[str, str, bool]]:
    cases = Case.objects.filter(setting=nursery.setting).with_open().read_with(keyring(nursery))
    return {case.title: (case.record_class, followed(case), case.is_open) for case in cases}


def followed(case: Case) -> str:
    """Which procedure a case follows: one that was set aside was begun by mistake."""
    [run] = [one for one in case.runs if not one.set_aside]
    return run.definition_id


def keyring(nursery: Nursery) -> Keyring:
    """Dana's, as after signing in: what is said of adults is sealed to her among others."""
    dana = nursery.dana
    secret = secret_of(dana.user, PASSWORD)
    assert secret is not None
    return Keyring(nursery.setting.pk, dana.user.pk, secret)


def case_of(nursery: Nursery, title: str) -> Case:
    cases = Case.objects.filter(setting=nursery.setting).read_with(keyring(nursery))
    [found] = [one for one in cases if one.title.startswith(title)]
    return found


def test_every_case_stands_where_its_story_says(sunflowers: Nursery, bluebells: Nursery) -> None:
    assert standing(sunflowers) == AT_SUNFLOWERS
    assert standing(bluebells) == AT_BLUEBELLS


def test_the_reports_are_in_cases_put_aside_or_waiting(
    sunflowers: Nursery, bluebells: Nursery
) -> None:
    here = Concern.objects.filter(setting=sunflowers.setting)
    there = Concern.objects.filter(setting=bluebells.setting)

    assert here.count() == 17
    assert here.filter(gathered__isnull=False).count() == 13
    assert here.filter(not_taken_forward__isnull=False).count() == 2
    waiting = here.waiting().order_by("created_at")
    assert [one.progress for one in waiting] == ["read", "received"]
    assert there.count() == 3
    assert there.waiting().count() == 0


def test_a_closed_case_left_one_action_done_and_one_overdue(sunflowers: Nursery) -> None:
    case = case_of(sunflowers, "Frightening video")
    actions = ReviewAction.objects.filter(entry__case=case)

    assert [one.owner for one in actions.filter(done__isnull=False)] == [sunflowers.tariq]
    late = actions.get(done__isnull=True)
    assert late.owner == sunflowers.wren
    assert late.is_overdue(timezone.now())


def test_what_was_a_slip_stands_struck_and_its_case_closed_without_it(sunflowers: Nursery) -> None:
    n = sunflowers
    messages, coins = case_of(n, "Messages between"), case_of(n, "Coins bought")
    [aside] = [one for one in messages.runs if one.set_aside]
    taken = TakenOut.objects.get()
    struck = Entry.objects.get(kind="in_error").corrects
    assert struck is not None and struck.outcome is not None

    assert aside.definition_id == "child-social-media-use"
    assert Approval.objects.get(kind="set_aside_procedure").answer.answered_by == n.devi
    assert (taken.case, taken.concern.gathered.case) == (coins, messages)
    assert struck.case == coins
    assert coins.entries.filter(outcome__step=struck.outcome.step).count() == 2
    page = signed_in(n.dana).get(f"{coins.path}chronology/").text
    assert "I wrote this on the wrong day" in page
    assert "I chose the wrong one" in page


def test_the_picture_waits_for_social_care_and_cannot_be_deleted(sunflowers: Nursery) -> None:
    case = case_of(sunflowers, "A picture")
    [run] = case.runs

    awaited = case.entries.get(referral__isnull=False, referral__replies__isnull=True)
    assert awaited.referral.agency_slug == "social-care"
    assert awaited.referral.reply_due is not None
    assert awaited.referral.reply_due > timezone.now()
    open_steps = {one.step.id for one in run.states() if one.status == "open"}
    assert {"check-deleting", "sanctions", "work-together"} == open_steps


def test_one_step_of_kits_case_is_late_and_the_parents_are_not_told_with_reasons(
    sunflowers: Nursery,
) -> None:
    case = case_of(sunflowers, "Kit")
    late = Clock.objects.running().filter(subject_id=case.pk, due_at__lt=timezone.now())

    assert [clock.key for clock in late] == ["welfare-concern/support"]
    told = ParentsInformed.objects.get(entry__case=case)
    assert not told.were_told
    assert "greater risk" in told.entry.text
    assert not Notification.objects.filter(recipient=sunflowers.pat, subject_id=case.pk).exists()


def test_a_worry_about_an_adult_reached_the_lead_and_the_manager_only(sunflowers: Nursery) -> None:
    case = case_of(sunflowers, "A phone in the garden")
    concern = Concern.objects.get(gathered__case=case)

    told = {row.member for row in concern.recipients.all()}
    assert told == {sunflowers.dana, sunflowers.morgan}
    assert not Case.objects.readable_by(sunflowers.wren).filter(pk=case.pk).exists()
    assert not Case.objects.readable_by(sunflowers.vic).filter(pk=case.pk).exists()


def test_two_small_worries_about_one_adult_are_pointed_out_to_those_who_read_both(
    sunflowers: Nursery,
) -> None:
    [pattern] = of_everybody(sunflowers.dana)

    assert pattern.person == "Sam Whitlock"
    assert len(pattern.close_together) == 2
    assert [bool(one.outcome) for one in pattern.noted] == [False, True]
    assert of_everybody(sunflowers.cleo) == []


def test_a_decision_not_to_act_stands_with_its_reasons(sunflowers: Nursery) -> None:
    entries = Entry.objects.filter(setting=sunflowers.setting, kind="left_out")

    assert entries.count() >= 10
    assert all(len(entry.text) > 20 for entry in entries)


def test_the_lead_sees_the_child_in_danger_first(sunflowers: Nursery) -> None:
    page = signed_in(sunflowers.dana).get("/at/sunflowers/")
    first = page.context["items"][0]

    assert first.is_urgent
    message = Notification.objects.get(pk=first.href.rstrip("/").rpartition("/")[2])
    case = case_of(sunflowers, "Somebody in a game")
    assert message.subject_id == Concern.objects.get(gathered__case=case).pk


def test_old_messages_were_opened_and_the_mail_of_the_month_is_sent(sunflowers: Nursery) -> None:
    assert Delivery.objects.count() < 250
    assert not Delivery.objects.filter(sent_at__isnull=True).exists()
    assert not Delivery.objects.filter(sent_at__gt=timezone.now()).exists()
    assert Notification.objects.unseen().count() < 15


def test_no_clock_is_left_to_escalate_when_the_worker_starts(sunflowers: Nursery) -> None:
    assert not Clock.objects.to_escalate(timezone.now()).exists()
    assert Line.objects.filter(event="clock.missed").exists()


def test_the_trail_is_whole_and_its_time_never_goes_back(
    sunflowers: Nursery, bluebells: Nursery
) -> None:
    assert verify().is_intact
    for nursery in (sunflowers, bluebells):
        lines = Line.objects.filter(setting_id=nursery.setting.pk).order_by("seq")
        moments = list(lines.values_list("at", flat=True))
        assert len(moments) > 50
        assert all(earlier < later for earlier, later in pairwise(moments))
        assert moments[-1] <= timezone.now()


def test_loading_the_demo_again_doubles_nothing(
    sunflowers: Nursery, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Setting.objects.count(), Concern.objects.count(), Line.objects.count()

    call_command("load_demo")

    assert "not added" in capsys.readouterr().out
    assert (Setting.objects.count(), Concern.objects.count(), Line.objects.count()) == before


def test_what_one_case_taught_is_a_step_of_the_next(
    sunflowers: Nursery, bluebells: Nursery
) -> None:
    definition = definitions()["filtering-breach"]

    assert adapted(definition, sunflowers.setting.pk).own_steps == {"ours-1"}
    assert adapted(definition, bluebells.setting.pk).own_steps == frozenset()
    told = Notification.objects.filter(kind="procedure_adapted")
    assert {one.recipient for one in told} == {sunflowers.devi, sunflowers.morgan}
