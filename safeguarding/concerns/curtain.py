"""What names a member or theirs: no message, clock or mail about it is shown to them (R15)."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from safeguarding.notifications.curtain import Ids, curtain
from safeguarding.people.models import BreakGlass, Child, Member
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


@curtain
def of_theirs(member: Member) -> Iterator[Ids]:
    """The ids of the children they are close to, as which files are asked for; and of glass broken for these.

    Also of glass that was broken by somebody close.
    """
    tied = member.tied_to
    others = BreakGlass.objects.exclude(member=member.pk)
    if tied.children:
        yield Child.objects.filter(pk__in=tied.children).values("pk")
        yield others.filter(child__in=tied.children).values("pk")
    if tied.members:
        yield others.filter(member__in=tied.members).values("pk")
