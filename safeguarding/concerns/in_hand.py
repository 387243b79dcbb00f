"""What a lead has in hand, and what of a handover its giver and receiver may see."""

from django.db.models import Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from safeguarding.notifications.models import Clock
from safeguarding.people import access
from safeguarding.people.models import Member

from .models import Case, Concern, HandedCase, WorkHandover

MOST = 100


def cases_of(member: Member) -> QuerySet[Case]:
    """The open cases a member leads and has to do with: on the list, or with a clock of theirs."""
    clocks = Clock.objects.running().filter(setting=member.setting_id, subject_id=OuterRef("pk"))
    due = clocks.values("subject_id").annotate(first=Min("due_at")).values("first")
    mine = Clock.objects.running().filter(owner=member).values("subject_id")
    rows = Case.objects.led_by(member).open()
    listed = Q(need_to_know__member=member, need_to_know__ended=None)
    until = Q(need_to_know__until=None) | Q(need_to_know__until__gte=timezone.localdate())
    found = rows.filter((listed & until) | Q(pk__in=mine)).distinct()
    return found.annotate(next_due=Subquery(due)).order_by("next_due", "created_at")[:MOST]


def reports_of(member: Member) -> QuerySet[Concern]:
    """Reports that wait for this member to read or decide."""
    mine = Clock.objects.running().filter(owner=member).values("subject_id")
    rows = Concern.objects.readable_by(member).waiting().filter(pk__in=mine)
    return rows.order_by("created_at")[:MOST]


def to_be_shown(handover: WorkHandover, member: Member) -> tuple[QuerySet[HandedCase], int]:
    """Its cases and how many reports, as they may be seen now: what names this person is not there."""
    rows = HandedCase.objects.filter(handover=handover).select_related("case")
    rows = rows.order_by("created_at")
    if handover.is_waiting and member == handover.to:
        decides = {one for s in "tn" for one in access.classes_within(member.roles, "D", s)}
        rows = rows.filter(case__record_class__in=decides)
        rows = rows.exclude(case__in=Case.objects.naming(member))
    else:
        rows = rows.filter(case__in=Case.objects.readable_by(member))
    reports = handover.reports.exclude(concern__in=Concern.objects.naming(member))
    return rows.read_with(member.keyring), reports.count()
