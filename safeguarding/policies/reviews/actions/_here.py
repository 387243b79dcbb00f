"""What several of these actions need."""

from datetime import date, datetime, time

from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.law.calendar import LONDON
from safeguarding.people.models import Absence, Member, Setting, SettingRecord
from safeguarding.people.models.members import MemberQuerySet
from safeguarding.people.roles import LEADS, Role
from safeguarding.policies.reviews.permissions import WIDE

KIND = "policy_review"  # of the clocks of a review
OUTCOME = "outcome"  # the key of the one that asks what came of a review
PROMPT = "policy_prompt"  # of the clock of a request that nobody made: something shows the need
DUE = "policy_due"  # of the clock of a policy that is to be reviewed
ELSEWHERE = "That belongs to another setting."
OVER = "This review has ended. What came of it is on record. Ask for a new review instead."


def check_here(by: Member, *records: SettingRecord | None) -> None:
    """Nothing of another setting is put together with ours; the pages never offer it."""
    if any(one is not None and one.setting_id != by.setting_id for one in records):
        raise RuleBroken(ELSEWHERE)


def end_of(day: date) -> datetime:
    """The end of the working part of a day."""
    return datetime.combine(day, time(17), LONDON)


def leaders(setting: Setting) -> list[Member]:
    """Those who lead reviews and policies: who is not away before who is, and the leads first."""
    on = timezone.localdate()
    away = Absence.away_from(setting, on)
    leads = list(setting.holding(LEADS, on).with_roles(on))
    managers = setting.holding({Role.MANAGER, Role.DEPUTY_MANAGER}, on).with_roles(on)
    found = [*sorted(leads, key=_deputies_later), *(one for one in managers if one not in leads)]
    return sorted(found, key=lambda one: one.pk in away)


def _deputies_later(member: Member) -> bool:
    return Role.LEAD not in member.roles


def asked_for_views(setting: Setting) -> MemberQuerySet:
    """Everyone who is asked what they think, today."""
    return setting.holding(WIDE, timezone.localdate())
