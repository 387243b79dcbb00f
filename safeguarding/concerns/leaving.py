"""Whether a report can leave the case it is part of, and who reads it then."""

from django.utils import timezone

from safeguarding.people.models import Member

from .models import Case, Concern, Gathered, Involvement
from .permissions import is_named_among
from .routing import readers_among

NOT_THERE = (
    "This report is not part of that case any more: somebody took it out a moment ago. Nothing was changed. "
    "Go back to the report to see where it is."
)
ABOUT_AN_ADULT = (
    "What is said of an adult who works or helps here stays in its record, sealed to those who may read it. "
    "Nothing was changed. If it is about another adult as well, start a further allegation record from the "
    "case, and write in this one what belongs there."
)
IS_CLOSED = (
    "This case is closed. Reopen it, saying why, and then take the report out. Nothing was changed."
)
THE_ONLY_ONE = (
    "This is the only report of the case: without it the case would be about nothing. Nothing was changed. "
    "If the case is about another child than it says, add the right child under People and connections, say "
    "there that the other was named in error, and change what the case is called. If there should be no "
    "case, close it and write why."
)


def why_it_stays(concern: Concern, case: Case) -> str:
    """Why a report cannot be taken out of a case, and what to do instead; nothing where it can."""
    here = Gathered.objects.filter(case=case)
    if not here.filter(concern=concern).exists():
        return NOT_THERE
    if "C3" in {concern.record_class, case.record_class}:
        return ABOUT_AN_ADULT
    if not case.is_open:
        return IS_CLOSED
    return "" if here.exclude(concern=concern).exists() else THE_ONLY_ONE


def reads_alone(concern: Concern) -> list[str]:
    """By name, who was told of a report and may read it where no case lets them."""
    rows = Member.objects.with_roles(timezone.localdate()).select_related("user")
    told = rows.filter(pk__in=concern.recipients.values("member"))
    involved = list(Involvement.objects.filter(concern=concern))
    able = [one for one in told if not is_named_among(one, involved)]
    return sorted(str(one) for one in readers_among(concern, able))
