"""Whoever reviews a broken glass sees each page that was read, however often others were loaded (R22)."""

import pytest

from demo.cast import Nursery
from safeguarding.audit.trail import record
from safeguarding.concerns.readings import pages_under
from tests.people import signed_in

from .test_f25_break_glass import broken, harmed

pytestmark = pytest.mark.django_db


def test_a_page_loaded_again_and_again_puts_no_other_out_of_sight(sunflowers: Nursery) -> None:
    n = sunflowers
    case = harmed(n, n.kit)
    given = broken(n.morgan, n.kit)
    browser = signed_in(n.morgan)
    browser.get(n.setting.link_to("concerns:case", case.pk))
    for _ in range(500):
        record("glass.page_read", given, by=n.morgan, page="concerns:case", of=str(case.pk))
    browser.get(n.setting.link_to("concerns:chronology", case.pk))

    said = [page for _, page in pages_under(given)]
    assert said == [f"case ({case}), 501 times", f"chronology ({case})"]
