"""One's own dates: as a file to take along, or at a secret address that a calendar program reads."""

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from safeguarding.notifications.calendar import actions
from safeguarding.notifications.calendar.drawn import KIND, drawn
from safeguarding.notifications.calendar.entries import entries_of
from safeguarding.notifications.calendar.models import CalendarAddress
from safeguarding.people.models import Member, Setting
from safeguarding.people.pages import MemberRequest, PublicRequest, for_members, for_the_public
from safeguarding.people.places import count, place_of, recent

HOUR = 60 * 60
ASKED = 60  # times an hour one address may be asked for
WRONG = 20  # wrong addresses in an hour from one place, then all have to wait


@require_http_methods(["GET", "POST"])
@for_members
def calendar(request: MemberRequest) -> HttpResponse:
    """What stands in one's calendar, and the secret address: shown once, when it is made."""
    member, link = request.member, ""
    if request.method == "POST" and "close" in request.POST:
        actions.close_calendar(by=member)
        messages.success(request, "The address is closed. Nobody can read your dates with it.")
        return redirect("notifications:calendar")
    if request.method == "POST":
        token = actions.make_calendar(by=member)
        link = settings.ADDRESS + member.setting.link_to("notifications:feed", token)
    made = CalendarAddress.objects.readable_by(member).standing().first()
    context = {"entries": entries_of(member), "made": made, "link": link}
    return render(request, "notifications/calendar.html", context)


@require_safe
@for_members
def download(request: MemberRequest) -> HttpResponse:
    """The same dates as a file, as they are today."""
    member = request.member
    return _file(member.setting, member, "attachment")


@require_safe
@for_the_public
def feed(request: PublicRequest, token: str) -> HttpResponse:
    """A calendar program asks for somebody's dates. The secret in the address is all that it knows."""
    setting, place = request.setting, f"calendar/wrong/{place_of(request, request.setting)}"
    if len(recent(place, HOUR)) >= WRONG:
        return _later(request)
    found = CalendarAddress.objects.with_token(setting, token).select_related("member").first()
    member = _still_here(found.member) if found else None
    if found is None or member is None:
        count(place, HOUR)
        raise Http404
    if count(f"calendar/{found.pk}", HOUR) > ASKED:
        return _later(request)
    return _file(setting, member, "inline")


def _still_here(member: Member) -> Member | None:
    """The member with the roles of today; None for somebody who has left."""
    today = timezone.localdate()
    rows = Member.objects.with_roles(today).filter(pk=member.pk, user__is_active=True)
    found = rows.first()
    return found if found and found.roles else None


def _file(setting: Setting, member: Member, where: str) -> HttpResponse:
    named = {"Content-Disposition": f'{where}; filename="{setting.slug}.ics"'}
    return HttpResponse(drawn(setting, entries_of(member)), content_type=KIND, headers=named)


def _later(_request: HttpRequest) -> HttpResponse:
    said = "There were too many requests. Please ask again in an hour."
    status = HTTPStatus.TOO_MANY_REQUESTS
    return HttpResponse(
        said, content_type="text/plain", status=status, headers={"Retry-After": "3600"}
    )
