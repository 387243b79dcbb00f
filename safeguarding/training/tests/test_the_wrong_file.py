"""A file that was added by mistake can be taken back, so that nobody can open it any more."""

import pytest
from django.core.exceptions import PermissionDenied

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.audit.models import Entry
from safeguarding.people.models import Member
from safeguarding.training import actions
from safeguarding.training.models import Certificate
from tests.people import signed_in

from .given import given
from .test_pages import HOME, a_pdf


def paper_of(who: Member) -> Certificate:
    own = actions.record_own(by=who, given=given("filtering"))
    return actions.add_certificate(by=who, attendance=own, name="payslip.pdf", content=a_pdf())


def test_whoever_added_the_wrong_file_takes_it_back_and_nobody_opens_it(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    wrong, page = paper_of(n.priya), f"{HOME}people/{n.priya.pk}/"
    path, priya = f"{HOME}certificates/{wrong.pk}/", signed_in(n.priya)
    assert f'href="{path}take-back/"' in priya.get(page, follow=True).content.decode()

    assert priya.post(f"{path}take-back/")["Location"] == page

    for whoever in (priya, signed_in(n.morgan)):
        text = whoever.get(page, follow=True).content.decode()
        assert "A file was taken back on" in text
        assert "payslip" not in text
        assert whoever.get(path).status_code == 404
    assert "payslip" not in signed_in(n.dana).get(f"{HOME}to-confirm/").content.decode()
    assert Entry.objects.filter(event="certificate.destroyed", subject_id=wrong.pk).exists()
    with pytest.raises(RuleBroken, match="settled already"):
        actions.destroy_certificate(by=n.priya, certificate=wrong)


def test_once_it_counts_somebody_who_records_for_others_takes_it_back(sunflowers: Nursery) -> None:
    n = sunflowers
    mine = paper_of(n.dana)
    with pytest.raises(PermissionDenied):
        actions.destroy_certificate(by=n.cleo, certificate=mine)
    actions.confirm_attendance(by=n.morgan, attendance=mine.attendance)
    mine.refresh_from_db()
    with pytest.raises(PermissionDenied):
        actions.destroy_certificate(by=n.dana, certificate=mine)
    text = signed_in(n.dana).get(f"{HOME}mine/").content.decode()
    assert "take-back/" not in text, "no link leads to what would be refused"

    actions.destroy_certificate(by=n.morgan, certificate=mine)
    assert not Certificate.objects.there().exists()
