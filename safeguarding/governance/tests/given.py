"""Duties taken on, and words given, to begin a test with."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from demo.cast import Nursery
from safeguarding.governance import actions
from safeguarding.governance.board import Line, lines
from safeguarding.governance.models import Attestation
from safeguarding.people.models import Member
from safeguarding.policies.actions import adopt_duties
from safeguarding.policies.adopting import Take
from safeguarding.policies.duties import Duty, catalogue

# A duty that only a word shows, of which the manager is asked first.
BY_WORD = "OSP-1-03"
# Two that ask the lead first.
OF_THE_LEAD, WITH_COMMITTEE = "OSP-4-DSL-09a", "OSP-4-DSL-12"
# That somebody leads, and that worries are read in time: shown by records.
LEADS, READ = "OSP-4-GEN-01", "OSP-10-WELF-01a"


def the(duty_id: str) -> Duty:
    return catalogue()[duty_id]


def taken(at: Nursery, *duties: str, **changes: object) -> None:
    """These duties, taken on by the lead."""
    adopt_duties(by=at.dana, takes=[Take(one, **changes) for one in duties])  # type: ignore[arg-type]


def line(at: Nursery, duty_id: str, moment: datetime | None = None) -> Line:
    """How one duty stands on the board."""
    found = lines(at.setting.pk, moment or timezone.now())
    return next(one for one in found if one.duty.id == duty_id)


def day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def said(by: Member, duty_id: str = BY_WORD, days: int = 100) -> Attestation:
    return actions.attest(by=by, duty=the(duty_id), text="I looked myself.", until=day(days))


def not_so(by: Member, duty_id: str = BY_WORD, days: int = 10) -> Attestation:
    return actions.deny(
        by=by, duty=the(duty_id), text="Nobody did.", do_next="Sam does it.", until=day(days)
    )
