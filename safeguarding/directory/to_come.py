"""A setting's own values for rules whose first day is still to come, with who set them."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone

from safeguarding.law.models import LocalRule, LocalRuleQuerySet
from safeguarding.people.models import Member


@dataclass(frozen=True)
class ToCome:
    """One of them, and who set it."""

    own: LocalRule
    by: Member


def set_here(member: Member) -> LocalRuleQuerySet:
    """Every value that the member's own setting ever gave a rule."""
    return LocalRule.objects.filter(setting_id=member.setting_id)


def to_come(member: Member) -> dict[str, list[ToCome]]:
    """Those of the member's setting by rule, the next first. Two queries at most."""
    own = list(LocalRule.objects.standing_in(member.setting_id).to_come(timezone.localdate()))
    here = Member.objects.filter(setting=member.setting_id).select_related("user")
    who = here.in_bulk([one.set_by for one in own])
    found: dict[str, list[ToCome]] = defaultdict(list)
    for one in own:
        found[one.rule_id].append(ToCome(one, who[one.set_by]))
    return found
