from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation.paging import page_of
from safeguarding.people.pages import MemberRequest, fetch, for_members

from .models import Notification
from .outbox import mark_seen


@require_safe
@for_members
def messages(request: MemberRequest) -> HttpResponse:
    """The member's own messages, newest first."""
    mine = Notification.objects.readable_by(request.member)
    page = page_of(mine.order_by("-created_at"), request.GET.get("page"))
    return render(request, "notifications/messages.html", {"page": page})


@require_safe
@for_members
def follow(request: MemberRequest, notification_id: UUID) -> HttpResponse:
    """Go where a message leads, noting that it was seen."""
    mine = Notification.objects.readable_by(request.member)
    message = fetch(mine, notification_id, request)
    mark_seen(request.member, message.subject_id)
    return HttpResponseRedirect(message.path)
