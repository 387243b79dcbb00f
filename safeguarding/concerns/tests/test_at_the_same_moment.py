"""What two people do to one case in the same moment: the second of them meets what the first one did."""

from threading import Barrier, Event
from time import sleep
from typing import Any

import pytest

from demo.cast import open_nursery
from foundation.errors import RuleBroken
from safeguarding.approvals.actions import approve
from safeguarding.concerns import actions
from safeguarding.concerns.actions import Receiver, _writing, casework, closing
from safeguarding.concerns.actions._custody import QUARANTINED
from safeguarding.concerns.models import ActionDone, Case, CustodyItem, Entry
from safeguarding.concerns.report import Person
from tests.at_once import at_once, in_the_moment_of

from .given import a_case, about, filed, opened
from .test_device_custody import fresh, offered, taken
from .test_devices_of_a_case_that_changes import MOTHER, comes_to_be_about_a_picture
from .walker import Walker

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def waits(monkeypatch: pytest.MonkeyPatch, place: Any, name: str, both: Barrier) -> None:
    """Go on from here, the first time, only once the other one has come as far."""
    real, waited = getattr(place, name), list[bool]()

    def waiting(*args: Any, **said: Any) -> object:
        if not waited:
            waited.append(True)
            both.wait(10)
        return real(*args, **said)

    monkeypatch.setattr(place, name, waiting)


def test_nothing_is_written_on_a_case_in_the_moment_it_is_closed() -> None:
    n = open_nursery("Sunflowers")
    walker = Walker(n, a_case(n.priya, n.dana))
    walker.walk(leaving_out=True)
    case = walker.case

    with in_the_moment_of(lambda: actions.add_entry(by=n.dana, case=case, text="Rang.")) as met:
        actions.close_case(by=n.dana, case=case, outcome="The child is safe.")

    assert [type(one) for one in met] == [RuleBroken]
    assert Entry.objects.filter(case=case).latest("created_at").kind == Entry.Kind.CLOSED


def test_a_yes_and_an_entry_in_the_same_moment_do_not_wait_for_each_other_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    n = open_nursery("Sunflowers")
    walker = Walker(n, opened(n.dana, filed(n.priya, about(n.sam)), let_know=[n.cleo]))
    walker.walk(leaving_out=True)
    asked = actions.ask_to_close(by=n.dana, case=walker.case, outcome="Unfounded.")
    both = Barrier(2)
    for part, last in ((casework, "record"), (closing, "require")):
        waits(monkeypatch, part, last, both)

    def say_yes() -> None:
        approve(by=n.cleo, approval=asked, seen=asked.digest)

    met = at_once(say_yes, lambda: actions.add_entry(by=n.dana, case=walker.case, text="Rang."))

    assert met == []
    assert not Case.objects.get(pk=walker.case.pk).is_open


def test_a_device_that_is_handed_over_and_its_case_that_becomes_imagery_do_not_wait_for_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    n = open_nursery("Sunflowers")
    case = a_case(n.priya, n.dana)
    item = taken(n, case)
    offer = offered(item, n.dana, Receiver(**MOTHER, witness=n.priya))
    real, begun = _writing._leave_devices_alone, Event()

    def slowly(*args: Any, **said: Any) -> None:
        begun.set()
        sleep(1.0)  # until the other has taken what they hold
        real(*args, **said)

    monkeypatch.setattr(_writing, "_leave_devices_alone", slowly)

    def hand_over() -> None:
        begun.wait(10)
        actions.accept_handover(by=n.priya, offer=offer)

    met = at_once(hand_over, lambda: comes_to_be_about_a_picture(n, case, "class"))

    assert [str(one) for one in met] == [QUARANTINED]
    assert fresh(item).is_quarantined


def test_a_device_taken_in_the_moment_its_case_becomes_imagery_is_in_quarantine() -> None:
    n = open_nursery("Sunflowers")
    case = a_case(n.priya, n.dana)

    with in_the_moment_of(lambda: taken(n, case)) as met:
        comes_to_be_about_a_picture(n, Case.objects.get(pk=case.pk), "class")

    assert met == []
    assert CustodyItem.objects.get().is_quarantined


@pytest.mark.parametrize("then", ["gather", "name"])
def test_nobody_is_let_in_for_somebody_who_left_the_list_in_the_moment_more_became_known(
    then: str,
) -> None:
    n = open_nursery("Sunflowers")
    case, further = a_case(n.priya, n.dana), filed(n.sam)
    granted = actions.let_know(by=n.dana, case=case, member=n.devi, reason="To help.")
    become_known = {
        "gather": lambda: actions.gather(by=n.dana, concern=further, case=case),
        "name": lambda: actions.name_person(
            by=n.dana, case=case, person=Person("seen", name="Jo Lee")
        ),
    }

    with in_the_moment_of(become_known[then]) as met:
        actions.end_need_to_know(by=n.dana, case=case, granted=granted, reason="Has helped.")

    assert met == []
    on_the_list = case.need_to_know.filter(ended__isnull=True)
    assert {row.member_id for row in on_the_list} == {n.dana.pk}


def test_of_two_who_finish_an_action_the_second_is_told_that_it_is_done() -> None:
    n = open_nursery("Sunflowers")
    walker = Walker(n, a_case(n.sam, n.dana))
    walker.walk(leaving_out=True)
    action = walker.case.entries.get(kind="review").actions.get()

    with in_the_moment_of(
        lambda: actions.complete_action(by=n.priya, action=action, note="Did.")
    ) as met:
        actions.complete_action(by=n.dana, action=action, note="Saw it.")

    assert [str(one) for one in met] == ["This action is already done."]
    assert ActionDone.objects.get().note == "Saw it."


def test_a_case_is_not_closed_in_the_moment_a_step_of_it_is_said_to_be_in_error() -> None:
    n = open_nursery("Sunflowers")
    walker = Walker(n, a_case(n.priya, n.dana))
    walker.walk(leaving_out=True)
    case, entry = walker.case, walker.case.entries.filter(outcome__isnull=False)[0]

    with in_the_moment_of(lambda: actions.close_case(by=n.devi, case=case, outcome="Safe.")) as met:
        actions.say_recorded_in_error(by=n.dana, case=case, entry=entry, reason="A slip.")

    assert [type(one) for one in met] == [RuleBroken]
    assert Case.objects.get(pk=case.pk).is_open


def test_of_two_who_say_so_of_one_entry_the_second_meets_the_first() -> None:
    n = open_nursery("Sunflowers")
    case = a_case(n.priya, n.dana)
    entry = actions.give_support(by=n.dana, case=case, text="A talk.", for_whom="Kit").entry
    said: dict[str, Any] = {"case": case, "entry": entry, "reason": "A slip."}

    with in_the_moment_of(lambda: actions.say_recorded_in_error(by=n.devi, **said)) as met:
        actions.say_recorded_in_error(by=n.dana, **said)

    assert [type(one) for one in met] == [RuleBroken]
    assert Entry.objects.filter(kind=Entry.Kind.IN_ERROR).count() == 1
