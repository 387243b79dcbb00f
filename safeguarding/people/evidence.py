"""Duties about posts: that somebody holds them."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from foundation.evidence import Finding, Findings, Page, evidence

from .models import RoleHeld
from .models.posts import RoleHeldQuerySet
from .permissions import may_see_members
from .roles import AT_WORK, Role

# The duty, the role, and how many people the policy wants in it at least.
TO_TELL = {Role.LEAD: 1, Role.MANAGER: 1, Role.COMMITTEE_LEAD: 1}
POSTS = {
    "OSP-4-GEN-01": {Role.LEAD: 1},
    "OSP-4-DSL-01a": {Role.LEAD: 1},  # the directory and every report name whoever holds it
    "MTSM-KEY-01": {Role.LEAD: 1, Role.DEPUTY: 2, Role.COMMITTEE_LEAD: 1},
    # Whom to tell about an adult here, also where it is about one of them. Not how often somebody was
    # told: a figure that moved with an allegation would tell the person it is about (rule R15).
    "OSP-10-MIS-01": TO_TELL,
    "MTSM-6.2.3": TO_TELL,
    "OSP-11-RAD-03": TO_TELL,
}

# Everybody at work here has a post, so that the policy applies to them.
AT_WORK_HERE = ("OSP-2-03",)
PEOPLE = Page("people:members", "People", may_see_members)


@evidence(POSTS, PEOPLE)
def posts_filled(settings: Collection[UUID], at: datetime) -> Findings:
    """Posts that somebody held on a day, and those that nobody did. One query."""
    rows = _held(settings, at)
    counted = rows.values_list("setting_id", "role").annotate(people=Count("member", distinct=True))
    held = {(setting, role): people for setting, role, people in counted}
    return {
        duty: {setting: _filled(setting, wanted, held) for setting in settings}
        for duty, wanted in POSTS.items()
    }


def _held(settings: Collection[UUID], at: datetime) -> RoleHeldQuerySet:
    """The roles that counted at a moment, as far as they were written down by then."""
    rows = RoleHeld.objects.current(timezone.localdate(at), known_at=at)
    return rows.filter(setting__in=settings, created_at__lte=at)


def _filled(setting: UUID, wanted: dict[Role, int], held: dict[tuple[UUID, str], int]) -> Finding:
    filled = sum(min(held.get((setting, role), 0), number) for role, number in wanted.items())
    return Finding(setting, kept=filled, late=sum(wanted.values()) - filled)


@evidence(AT_WORK_HERE, PEOPLE)
def people_with_a_post(settings: Collection[UUID], at: datetime) -> Findings:
    """People who held a post here on a day, each once. One query."""
    rows = _held(settings, at).filter(role__in=sorted(AT_WORK))
    counted = rows.values("setting_id").annotate(people=Count("member", distinct=True))
    found = {row["setting_id"]: Finding(row["setting_id"], kept=row["people"]) for row in counted}
    return dict.fromkeys(AT_WORK_HERE, found)
