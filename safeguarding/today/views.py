from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from safeguarding.notifications import own
from safeguarding.people.pages import MemberRequest, for_members, is_unchecked

from .items import (
    about_keys,
    away,
    broken_record,
    glance,
    stopped,
    to_confirm,
    to_do,
    to_keep_safe,
    to_open_again,
    to_set_up,
    to_write_down,
)


@require_safe
@for_members
def today(request: MemberRequest) -> HttpResponse:
    """What needs doing now, most urgent first."""
    now = timezone.now()
    seen = glance(request.member, now)
    context = {
        "items": to_do(request.member, now, checked=not is_unchecked(request)),
        "setup": [
            *to_set_up(request.member, seen),
            *to_write_down(request.member, seen),
            *to_confirm(request.member, seen, now),
            *to_open_again(request.member, seen),
            *about_keys(request.member),
            *to_keep_safe(request.member, now),
        ],
        "broken_record": broken_record(request.member),
        "dead_jobs": stopped(request.member),
        "undelivered": own.undelivered(request.member),
        "away": away(request.member, timezone.localdate(now)),
        "now": now,
    }
    return render(request, "today/today.html", context)
