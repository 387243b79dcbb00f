"""A device of a sealed record that was recorded by mistake, as whoever has opened no key sees it."""

import pytest

from demo.cast import Nursery
from safeguarding.approvals.actions import approve
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case
from tests.people import signed_in

from .given import url
from .sealed_records import MARKER, said_of, with_key
from .sealed_records import opened as sealed
from .test_device_custody import fresh
from .test_device_of_an_earlier_step import TABLET

pytestmark = pytest.mark.django_db


def test_its_pages_are_shown_before_and_after_the_yes(sunflowers: Nursery) -> None:
    n = sunflowers
    morgan, dana = with_key(n.morgan), with_key(n.dana)
    case = sealed(dana, said_of(n.sam, n.priya))
    read = Case.objects.readable_by(dana).select_related("setting").get(pk=case.pk)
    item = actions.take_into_custody(by=dana, case=read, device=TABLET, place="Safe")
    approval = actions.ask_to_end_custody(by=dana, item=fresh(item), reason=MARKER)
    browser = signed_in(n.dana)
    assert browser.get(url(n, "device_by_mistake", item.pk)).status_code == 200

    approve(by=morgan, approval=approval, seen=approval.digest)

    shown = browser.get(approval.get_absolute_url())
    assert (shown.status_code, case.path in shown.text) == (200, True)
    assert MARKER not in shown.text
