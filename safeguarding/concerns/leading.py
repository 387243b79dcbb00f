"""Who has a case, a waiting report or broken glass in hands now, and which nobody has."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from safeguarding.notifications.models import Clock
from safeguarding.people.models import BreakGlass, Member, Setting
from safeguarding.people.models.members import MemberQuerySet
from safeguarding.people.one_person import is_one_person
from safeguarding.people.permissions import may_review_glass
from safeguarding.people.roles import REVIEWS_GLASS, Role

from . import routing
from .deadlines import away_today, those_who_lead
from .models import Case, CaseItem, Concern, CustodyItem, NeedToKnow
from .permissions import may_read_this_case, may_triage


def those_who_decide(concern: Concern) -> list[Member]:
    """Of those told, whoever may decide on it now, in the order of the ladder: those who are away last."""
    told = set(concern.recipients.values_list("member_id", flat=True))
    people = (one for rung in routing.ladder(concern) for one in rung)
    return [one for one in people if one.pk in told and may_triage(one, concern)]


def without_a_lead(setting: Setting) -> list[Case | Concern]:
    """Open cases that nobody here leads, and waiting reports on which nobody who was told may decide."""
    cases = Case.objects.open().filter(setting=setting).select_related("setting")
    reports = Concern.objects.waiting().filter(setting=setting).select_related("setting")
    return [
        *(one for one in cases if not those_who_lead(one)),
        *(one for one in reports if not those_who_decide(one)),
    ]


def whose_place_ran_out(setting: Setting) -> MemberQuerySet:
    """Those who owe something on a case from whose list they went by its day, while others lead it."""
    over = NeedToKnow.objects.filter(
        setting=setting, until__lt=timezone.localdate(), ended__isnull=True
    )
    owed = Clock.objects.running().filter(setting=setting, subject_kind="case")
    theirs = owed.filter(subject_id=OuterRef("case"), owner=OuterRef("member"))
    return setting.members.filter(pk__in=over.filter(Exists(theirs)).values("member"))


def with_devices(setting: Setting) -> list[Case]:
    """Cases, also closed ones, of which a device is in custody now."""
    items = CustodyItem.objects.in_custody().filter(setting=setting)
    theirs = CaseItem.objects.filter(item__in=items).values("case")
    return list(Case.objects.filter(pk__in=theirs).select_related("setting"))


def those_who_hear_of_glass(broken: BreakGlass) -> list[Member]:
    """The lead and the committee lead; the manager where neither may review it.

    The lead first, and whoever is away last.
    """
    people = broken.setting.holding(REVIEWS_GLASS, timezone.localdate())
    able = [
        one for one in people.select_related("user", "setting") if may_review_glass(one, broken)
    ]
    first = [one for one in able if one.roles & {Role.LEAD, Role.COMMITTEE_LEAD}]
    away = away_today(broken.setting)
    return sorted(first or able, key=lambda one: (one.pk in away, Role.LEAD not in one.roles))


def next_reader_beside(case: Case, member: Member) -> list[Member]:
    """Where one person leads a case alone: the next by role who reads it beside them, if anybody does."""
    today = timezone.localdate()
    for roles in routing.USUAL[1:]:
        holders = case.setting.holders(roles, today)
        others = [one for one in holders if not is_one_person(one, member)]
        if able := [one for one in others if may_read_this_case(one, case)]:
            return able
    return []
