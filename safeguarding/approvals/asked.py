"""Who is asked about something that takes two people, as they stand at this moment."""

from django.utils import timezone

from safeguarding.people.models import Absence, Member

from .models import Approval
from .permissions import APPROVES, may_approve


def those_asked(approval: Approval) -> list[Member]:
    """Everybody who may answer, whoever is here today; nobody where it has to wait."""
    away = Absence.away_from(approval.setting, timezone.localdate())
    return [one for one in those_able(approval) if one.pk not in away]


def those_able(approval: Approval) -> list[Member]:
    """The same with those who are away, who are told if nobody is here: absences are easily written down."""
    people = approval.setting.holders(APPROVES, timezone.localdate())
    return [one for one in people if may_approve(one, approval)]


def has_nobody(approval: Approval) -> bool:
    """Whether it may be done alone in the end, as nobody could say yes today, and everybody is told."""
    return approval.of_kind.alone and not those_asked(approval)


def anew(member: Member) -> Member:
    """The member as they stand at this moment, with the roles that count now."""
    return Member.objects.with_roles(timezone.localdate()).get(pk=member.pk)
