"""Reports, cases and devices that name a member or theirs: no message or clock about them is shown (R15)."""

from django.db.models import Exists, OuterRef

from safeguarding.notifications.curtain import Ids, curtain
from safeguarding.people.models import Member
from safeguarding.policies.reviews.models import ReviewRequest

from .models import Case, Concern, CustodyItem


@curtain
def naming(member: Member) -> tuple[Ids, ...]:
    """The ids of the cases from which a member is shut out, of what they prompted, of reports and devices."""
    cases = Case.objects.naming(member).filter(pk=OuterRef("of_a_case__case"))
    return (
        Case.objects.naming(member).values("pk"),
        ReviewRequest.objects.filter(Exists(cases), is_close=True).values("pk"),
        Concern.objects.naming(member).values("pk"),
        CustodyItem.objects.naming(member).values("pk"),
    )
