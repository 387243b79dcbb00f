from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from safeguarding.people.pages import MemberRequest, for_members

from .items import to_do, undelivered


@require_safe
@for_members
def today(request: MemberRequest) -> HttpResponse:
    """What needs doing now, most urgent first."""
    context = {
        "items": to_do(request.member),
        "undelivered": undelivered(request.member),
        "now": timezone.now(),
    }
    return render(request, "today/today.html", context)
