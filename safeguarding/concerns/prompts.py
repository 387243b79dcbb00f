"""Who may know that a case prompted a look at a policy: whoever may read that case."""

from django.db.models import Exists, OuterRef, Q

from safeguarding.people.models import Member
from safeguarding.policies.reviews.grounds import knows_grounds

from .models import Case, PolicyPrompt


@knows_grounds
def of_cases_they_read(member: Member) -> Q:
    """The requests that a case prompted which this member may read."""
    cases = Case.objects.readable_by(member).filter(pk=OuterRef("case"))
    return Q(Exists(PolicyPrompt.objects.filter(Exists(cases), request=OuterRef("pk"))))
