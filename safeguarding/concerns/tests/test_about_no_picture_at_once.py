"""Two say that a case is about no picture in the moment in which something says otherwise."""

import pytest

from demo.cast import open_nursery
from foundation.errors import RuleBroken
from safeguarding.approvals.actions import approve
from safeguarding.approvals.asked import those_asked
from safeguarding.concerns import actions
from safeguarding.concerns.models import Entry
from tests.at_once import in_the_moment_of

from .given import IMAGE, WELFARE, a_report, filed, opened

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("meanwhile", ["a report of a picture comes", "another yes"])
def test_the_second_meets_what_the_first_one_did(meanwhile: str) -> None:
    n = open_nursery("Sunflowers")
    case = opened(n.dana, filed(n.priya), record_class="C4", procedures=[WELFARE])
    picture = filed(n.priya, a_report(IMAGE))
    asked, again = (
        actions.ask_to_say_no_picture(by=n.dana, case=case, reason=why) for why in ("One.", "Two.")
    )
    second = those_asked(asked)[0]

    with in_the_moment_of(lambda: approve(by=second, approval=asked, seen=asked.digest)) as met:
        if meanwhile == "another yes":
            approve(by=second, approval=again, seen=again.digest)
        else:
            actions.gather(by=n.dana, concern=picture, case=case)

    assert [type(one) for one in met] == [RuleBroken]
    said = Entry.objects.filter(case=case, kind=Entry.Kind.NO_PICTURE)
    assert said.count() == (meanwhile == "another yes")
