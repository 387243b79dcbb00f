"""Reports, cases and devices that name a member or theirs: no message or clock about them is shown (R15)."""

from safeguarding.notifications.curtain import Ids, curtain
from safeguarding.people.models import Member

from .models import Case, Concern, CustodyItem


@curtain
def naming(member: Member) -> tuple[Ids, ...]:
    """The ids of the cases, of the reports and of the devices from which a member is shut out."""
    return (
        Case.objects.naming(member).values("pk"),
        Concern.objects.naming(member).values("pk"),
        CustodyItem.objects.naming(member).values("pk"),
    )
