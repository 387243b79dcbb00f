"""A freezing ends only by two people, a no to destroying by one; both are rows, and nothing is edited."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.approvals import actions as asking
from safeguarding.approvals.models import Approval
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, FileFrozen, FileThawed
from safeguarding.documents.models import StoredFile
from tests.people import signed_in
from tests.standing import built_once

from .given import a_case, case_on_paper
from .test_frozen_files import LETTER, asked, frozen, told

REASON = "It is only the nursery’s own letter."
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Any, settings: Any) -> None:
    settings.FILES = tmp_path / "files"


@built_once
def case(sunflowers: Nursery) -> Case:
    return a_case(sunflowers.priya, sunflowers.dana)


def thawing(n: Nursery, of: FileFrozen) -> Approval:
    return actions.ask_to_thaw(by=n.dana, frozen=of, reason=REASON)


def said_yes(n: Nursery, approval: Approval) -> None:
    asking.approve(by=n.devi, approval=approval, seen=approval.digest)


def test_two_people_open_again_what_was_frozen_by_mistake_and_it_can_be_frozen_anew(
    sunflowers: Nursery, case: Case
) -> None:
    n = sunflowers
    of = frozen(n, case)
    browser, second = signed_in(n.dana), signed_in(n.devi)
    page = n.setting.link_to("concerns:thaw_file", of.pk)
    waits = browser.post(page, {"reason": REASON})["Location"]
    assert "Open a frozen file again" in second.get(waits).text
    with pytest.raises(RuleBroken, match="frozen"):
        actions.read_file(by=n.dana, case_file=of.case_file)
    said_yes(n, Approval.objects.get())

    assert actions.read_file(by=n.dana, case_file=of.case_file) == LETTER
    assert "It was opened again" in signed_in(n.cleo).get(of.path).text
    chronology = n.setting.link_to("concerns:chronology", case.pk)
    assert "frozen, nobody opens it" not in browser.get(chronology).text
    assert ["Second person", "Devi Sharma"] in case.entries.get(kind="thawed").details
    assert told("file_thawed") == {"Devi", "Cleo"}
    actions.freeze_file(by=n.dana, case_file=of.case_file, reason="No, it is not.")
    with pytest.raises(RuleBroken, match="frozen"):
        actions.read_file(by=n.devi, case_file=of.case_file)
    assert "frozen, nobody opens it" in browser.get(chronology).text


def test_neither_asking_nor_saying_yes_is_for_others(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    of = frozen(n, case)
    approval = thawing(n, of)
    for member in (n.priya, n.morgan, n.cleo):
        with pytest.raises(PermissionDenied):
            actions.ask_to_thaw(by=member, frozen=of, reason="Mine.")
    for member in (n.dana, n.priya, n.tariq):
        with pytest.raises(PermissionDenied):
            asking.approve(by=member, approval=approval, seen=approval.digest)


def test_nothing_opens_without_the_second_person_or_twice(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    of, other = frozen(n, case), frozen(n, case)
    approval = thawing(n, of)
    how: Any = {"by": n.dana, "reason": REASON, "approval": approval}
    with pytest.raises(RuleBroken, match="nobody has said yes"):
        actions.thaw_file(frozen=of, **how)
    said_yes(n, approval)
    approval.refresh_from_db()
    with pytest.raises(RuleBroken, match="nobody has said yes to exactly this"):
        actions.thaw_file(frozen=other, **how)
    with pytest.raises(RuleBroken, match="not frozen now"):
        actions.thaw_file(frozen=of, **how)
    alone = {"setting": n.setting, "frozen": other, "reason": "x", "by": n.dana, "second": n.dana}
    with pytest.raises(IntegrityError), transaction.atomic():
        FileThawed.objects.create(**alone)


def test_a_no_to_destroying_keeps_the_file_and_it_can_be_asked_again(
    sunflowers: Nursery, case: Case
) -> None:
    n = sunflowers
    of = frozen(n, case)
    ask, second = asked(n, of), signed_in(n.cleo)
    with pytest.raises(RuleBroken, match="waits for a second person"):
        thawing(n, of)
    page = n.setting.link_to("concerns:decline_destruction", of.pk, ask.pk)
    assert page in second.get(of.path).text
    assert second.post(page, {"reason": ""}).status_code == 422
    assert second.post(page, {"reason": "The police know nothing of it."}).status_code == 302

    assert "Declined: it was not destroyed" in second.get(of.path).text
    assert told("destruction_declined") == {"Dana", "Devi"}
    assert case.entries.get(kind="not_destroyed").text == "The police know nothing of it."
    with pytest.raises(RuleBroken, match="not what waits now"):
        actions.approve_destruction(by=n.devi, asked=ask, bound_to=ask.bound_to)
    with pytest.raises(RuleBroken, match="does not wait any more"):
        actions.decline_destruction(by=n.devi, asked=ask, reason="No again.")
    with pytest.raises(PermissionDenied):
        actions.decline_destruction(by=n.priya, asked=asked(n, of), reason="No.")
    assert StoredFile.objects.get(pk=of.case_file.file_id).wrapped_key


def test_what_is_frozen_counts_as_it_was_at_that_moment(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    of = frozen(n, case)
    said_yes(n, thawing(n, of))
    now = timezone.now()

    def counted(at: datetime) -> bool:
        return FileFrozen.objects.standing_at(at).filter(pk=of.pk).exists()

    assert not counted(of.created_at - timedelta(seconds=1))
    assert counted(of.created_at)
    assert not counted(now)
    assert case_on_paper(n.dana, case, recipient="R", purpose="P").content["files"][0][4] != (
        "Frozen: nobody opens it"
    )
