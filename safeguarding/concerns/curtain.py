"""Reports and cases that name a member or theirs: no message, clock or mail about them is shown (R15)."""

from django.db.models import Q

from safeguarding.notifications.curtain import Ids, curtain
from safeguarding.people.models import Member

from .models import Gathered, Involvement
from .permissions import naming


@curtain
def kept_from(member: Member) -> tuple[Ids, ...]:
    """The ids of the cases and of the reports from which a member is shut out.

    They are found from the few rows that name the member, so that it costs the same however many cases there
    are. A case that names them hides the reports it gathered as well.
    """
    named = Involvement.objects.filter(naming(member))
    reports = named.filter(concern__isnull=False).values("concern")
    cases = named.filter(case__isnull=False).values("case")
    by_report = Gathered.objects.filter(concern__in=reports).values("case")
    of_cases = Gathered.objects.filter(Q(case__in=cases) | Q(case__in=by_report)).values("concern")
    return cases, by_report, reports, of_cases
