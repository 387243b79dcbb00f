from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from foundation.paging import page_of
from safeguarding.people.pages import MemberRequest, fetch, for_members

from .models import Notification
from .outbox import mark_seen
from .reach import closed_to

CLOSED = (
    "What this message led to is not open to you any more. It may be done, or a role of yours or a place on "
    "a list may have ended. There is nothing for you to do."
)


@require_safe
@for_members
def messages(request: MemberRequest) -> HttpResponse:
    """The member's own messages, newest first."""
    mine = Notification.objects.readable_by(request.member)
    page = page_of(mine.order_by("-created_at"), request.GET.get("page"))
    context = {"page": page, "closed": closed_to(request.member, page)}
    return render(request, "notifications/messages.html", context)


@require_safe
@for_members
def follow(request: MemberRequest, notification_id: UUID) -> HttpResponse:
    """Go where a message leads, noting that it was seen."""
    mine = Notification.objects.readable_by(request.member)
    message = fetch(mine, notification_id, request)
    mark_seen(request.member, message.subject_id)
    if closed_to(request.member, [message]):
        notices.info(request, CLOSED)
        return redirect("notifications:messages")
    return HttpResponseRedirect(message.path)
