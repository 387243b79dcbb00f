"""Reports and cases that name a member or theirs: no message, clock or mail about them is shown (R15)."""

from safeguarding.notifications.curtain import Ids, curtain
from safeguarding.people.models import Member

from .models import Case, Concern


@curtain
def naming(member: Member) -> tuple[Ids, ...]:
    """The ids of the cases and of the reports from which a member is shut out."""
    return Case.objects.naming(member).values("pk"), Concern.objects.naming(member).values("pk")
