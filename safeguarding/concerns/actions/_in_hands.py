"""What somebody leads or owes is held before it is settled again. Only actions use it.

Reports first, then cases, then clocks, as whoever works on one of them takes them; and all of it before the
first line of the trail.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from safeguarding.concerns.models import Case, Concern, Gathered, NeedToKnow
from safeguarding.notifications.models import Clock
from safeguarding.people.models import Member

from ._holders import cases_with_a_device_of

KINDS = ("concern", "case", "custody")


def hold_what_they_lead(members: Sequence[Member]) -> None:
    """Nobody else writes on it before this is on record or refused."""
    setting = members[0].setting_id
    waiting = Concern.objects.waiting().filter(setting=setting)
    reports = _locked(Concern.objects.filter(pk__in=waiting.values("pk")))
    theirs = {case.pk for one in members for case in [*cases_of(one), *cases_with_a_device_of(one)]}
    cases = _locked(Case.objects.filter(pk__in=theirs))
    ours = Q(owner__in=[one.pk for one in members], subject_kind__in=KINDS)
    owed = ours | Q(subject_id__in=[*reports, *cases])
    _locked(Clock.objects.filter(owed, setting=setting, stopped_at=None))


def hold_report(concern: Concern) -> None:
    """A report, and the case it is part of: whoever takes it into one holds both."""
    _locked(Concern.objects.filter(pk=concern.pk))
    _locked(Case.objects.filter(pk__in=Gathered.objects.filter(concern=concern).values("case")))


def cases_of(member: Member) -> list[Case]:
    """Cases on which they owe something; open ones from whose list a tie has shut them out."""
    here = Case.objects.filter(setting=member.setting_id).select_related("setting")
    listed = NeedToKnow.objects.current(timezone.localdate()).filter(member=member)
    shut_out = here.open().naming(member).filter(pk__in=listed.values("case"))
    owing = here.filter(pk__in=owed_by(member).values("subject_id"))
    return list({*shut_out, *owing})


def owed_by(member: Member) -> QuerySet[Clock]:
    """The clocks that run for them."""
    return Clock.objects.running().filter(setting=member.setting_id, owner=member)


def _locked(rows: QuerySet[Concern] | QuerySet[Case] | QuerySet[Clock]) -> list[UUID]:
    return list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
