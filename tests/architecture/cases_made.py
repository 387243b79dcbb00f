"""Cases and reports that are there for the addresses that are tried."""

from uuid import uuid4

from django.utils import timezone

from demo.cast import Nursery
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, Concern
from safeguarding.concerns.report import Person, Report
from safeguarding.portal.models import ToldLater


def gathered(at: Nursery, case: Case) -> Concern:
    """A second report, which was taken into this case."""
    report = Report(
        kind="welfare-concern",
        risk_area="content",
        in_danger_now=False,
        told_lead="yes",
        happened_on=timezone.localdate(),
        saw="The other tablet.",
    )
    concern = actions.file_report(by=at.priya, key=uuid4(), report=report)
    return actions.gather(by=at.dana, concern=concern, case=case).concern


def guarded_by_hand(at: Nursery) -> Case:
    """A case that somebody said is about a picture, and that follows no procedure for pictures."""
    report = Report(
        kind="welfare-concern",
        risk_area="content",
        in_danger_now=False,
        told_lead="yes",
        happened_on=timezone.localdate(),
        saw="A photograph, perhaps.",
    )
    return actions.open_case(
        by=at.dana,
        concern=actions.file_report(by=at.priya, key=uuid4(), report=report),
        title="A photograph",
        record_class="C4",
        procedures=["welfare-concern"],
        reasons="It may be one.",
    )


def held_back(concern: Concern) -> Concern:
    """A report that came among many, and that it is time to tell of."""
    ToldLater.objects.create(setting=concern.setting, concern=concern, tell_at=timezone.now())
    return concern


def low_level(at: Nursery) -> Case:
    """A low-level concern about an adult: others of the same adult are read from its address."""
    report = Report(
        kind="low-level-concern",
        risk_area="conduct",
        in_danger_now=False,
        told_lead="yes",
        happened_on=timezone.localdate(),
        saw="His phone was in his pocket.",
        people=(Person("alleged", member=at.sam),),
    )
    concern = actions.file_report(by=at.priya, key=uuid4(), report=report)
    return actions.open_case(
        by=at.dana,
        concern=concern,
        title="A phone in a pocket",
        record_class="C3",
        procedures=["low-level-concern"],
        reasons="Small things are kept too.",
    )
