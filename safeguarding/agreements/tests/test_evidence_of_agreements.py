"""What the duties about signing and access show, on any day."""

from datetime import timedelta

import time_machine
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from demo.cast import Nursery
from foundation.evidence import Finding
from safeguarding.agreements import actions
from safeguarding.agreements.audiences import Audience, Part, Wording
from safeguarding.agreements.evidence import signed_and_given

from .given import in_force, sign

DAY = timedelta(days=1)
SILENT = Wording(title="Our tablets", parts=(Part(heading="Care", text="I am careful."),))


def shown(at: Nursery, duty: str, days: int = 0) -> tuple[int, int, int]:
    found = signed_and_given([at.setting.pk], timezone.now() + days * DAY)
    one: Finding = found[duty][at.setting.pk]
    return one.kept, one.owed, one.late


def test_each_person_counts_who_has_signed_and_each_who_has_not_is_late(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    assert shown(n, "OSP-5-STAFF-04a") == (0, 0, 0), "nothing is in force, so nothing to show"
    agreement = in_force(n)
    sign(agreement, n.dana, n.priya)
    actions.refuse(by=n.sam, agreement=agreement, seen=agreement.digest)
    before = timezone.now()

    assert shown(n, "OSP-5-STAFF-04a") == (2, 0, 6 - 1)
    sign(agreement, n.sam)
    assert shown(n, "OSP-5-STAFF-04a") == (3, 0, 4)
    then = signed_and_given([n.setting.pk], before)["OSP-5-STAFF-04a"][n.setting.pk]
    assert then.kept == 2, "the past still shows the past"


def test_a_new_version_is_owed_while_the_old_counts_and_late_after(sunflowers: Nursery) -> None:
    n = sunflowers
    sign(in_force(n), n.dana, n.priya)
    sign(in_force(n), n.dana)

    assert shown(n, "OSP-6-05a") == (1, 1, 5)
    assert shown(n, "OSP-6-05a", 15) == (1, 0, 6)


def test_a_wording_that_does_not_say_it_shows_nothing_of_it(sunflowers: Nursery) -> None:
    n = sunflowers
    sign(in_force(n, wording=SILENT), n.dana)

    assert shown(n, "OSP-4-STAFF-02")[0] == 1
    assert shown(n, "OSP-7-MON-03a")[0] == 0
    assert shown(n, "OSP-8-EXP-01") == (0, 0, 1)
    in_force(n)
    assert shown(n, "OSP-8-EXP-01") == (1, 0, 0)


def test_a_parent_counts_with_the_child_they_talked_to(sunflowers: Nursery) -> None:
    n = sunflowers
    agreement = in_force(n, Audience.PARENT)
    sign(agreement, n.pat)
    assert shown(n, "OSP-5-PAR-06") == (0, 0, 1)
    [mine] = [n.pat.signatures.get()]
    actions.withdraw(by=n.pat, signature=mine)

    actions.accept(by=n.pat, agreement=agreement, seen=agreement.digest, children=[n.kit])

    assert shown(n, "OSP-5-PAR-06") == (1, 0, 0)
    assert shown(n, "OSP-4-LEARN-03") == (1, 0, 0)


def test_access_shows_who_signed_for_it_until_it_ends(sunflowers: Nursery) -> None:
    n = sunflowers
    loose = actions.give_access(by=n.morgan, to=n.sam, kind="wifi")
    assert shown(n, "OSP-7-ACCESS-02") == (0, 0, 1), "given when nothing was asked of anybody"
    sign(in_force(n), n.priya, n.dana)
    actions.give_access(by=n.morgan, to=n.priya, kind="wifi")
    actions.give_access(by=n.morgan, to=n.dana, kind="filtering_reports")

    assert shown(n, "OSP-7-ACCESS-02") == (2, 0, 1)
    assert shown(n, "OSP-4-TECH-06") == (1, 1, 0)
    with time_machine.travel(timezone.now() + DAY, tick=True):
        actions.end_access(by=n.morgan, grant=loose)
    assert shown(n, "OSP-7-ACCESS-02") == (2, 0, 1)
    assert shown(n, "OSP-7-ACCESS-02", 2) == (2, 0, 0)


def test_advice_is_shown_by_who_signed_it_and_an_address_by_who_was_given_one(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    advice = ("MTSM-6.1.4", "OSP-8-EXP-04", "MTSM-9.2", "OSP-8-OST-01", "OSP-7-EMAIL-03")
    sign(in_force(n), n.priya, n.dana)
    assert [shown(n, duty) for duty in advice] == [(2, 0, 5)] * len(advice)
    assert shown(n, "OSP-7-SMAIL-01b") == (0, 0, 0), "no address is on record, so nothing to show"
    actions.give_access(by=n.morgan, to=n.priya, kind="email", what="priya@sunflowers.example")

    assert shown(n, "OSP-7-SMAIL-01b") == (1, 6, 0)
    in_force(n, wording=SILENT)
    assert [shown(n, duty)[0] for duty in advice] == [0] * len(advice)


def test_it_takes_as_many_questions_for_two_settings_as_for_one(
    sunflowers: Nursery, bluebells: Nursery, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sign(in_force(sunflowers), sunflowers.dana)
    sign(in_force(bluebells), bluebells.dana)
    for settings in ([sunflowers.setting.pk], [sunflowers.setting.pk, bluebells.setting.pk]):
        with django_assert_num_queries(4):
            found = signed_and_given(settings, timezone.now())
        assert [one.kept for one in found["OSP-6-05a"].values()] == [1] * len(settings)
