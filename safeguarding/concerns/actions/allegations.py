"""Beginning a record about an adult here, apart from what it arose from (rule R12)."""

from uuid import UUID

from django.db import transaction

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.concerns import kinds
from safeguarding.concerns.models import Case, Concern, Origin, Recipient
from safeguarding.concerns.permissions import (
    is_shut_out,
    may_decide_on_class,
    may_start_allegation,
)
from safeguarding.concerns.report import Report
from safeguarding.people.models import Member
from safeguarding.people.permissions import require

from .reporting import file_report
from .triage import open_case

REASONS = "It is said of an adult who works or helps here, so it has a record of its own."


@transaction.atomic
def start_allegation(*, by: Member, source: Case | Concern, key: UUID, report: Report) -> Concern:
    """Report an adult named while working on something else, and open the case for it.

    Nothing is written on what it arose from: whoever it is about may be reading that. Those who hear
    of such a report hear of it; whoever begins it works on it too, unless they are tied to somebody
    it names, in which case it goes on without them.
    """
    require(may_start_allegation, by, source)
    if not report.is_about_an_adult_here:
        raise RuleBroken("Say which adult it is about, so that they do not see it.")
    concern = file_report(by=by, key=key, report=report)
    if Origin.objects.filter(concern=concern).exists():
        return concern
    Origin.objects.create(setting=by.setting, concern=concern, **_columns_of(source))
    if may_decide_on_class(by, concern) and not is_shut_out(by, concern.pk):
        _open(by, concern, report)
    record("allegation.started", concern, by=by)
    return concern


def _columns_of(source: Case | Concern) -> dict[str, Case | Concern]:
    return {"from_case" if isinstance(source, Case) else "from_concern": source}


def _open(by: Member, concern: Concern, report: Report) -> None:
    Recipient.objects.get_or_create(
        setting=by.setting, concern=concern, member=by, defaults={"why": "began this record"}
    )
    adults = [str(one) for one in report.people if one.is_about_an_adult_here]
    open_case(
        by=by,
        concern=concern,
        title=f"About {', '.join(adults)}"[:120],
        record_class="C3",
        procedures=[kinds.ALLEGATION],
        reasons=REASONS,
    )
