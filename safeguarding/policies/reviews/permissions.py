"""Who asks for reviews, opens them, is heard in them, and reads what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from safeguarding.people.access import scopes
from safeguarding.people.roles import AT_WORK, Role
from safeguarding.policies.permissions import WRITERS, may_read

from .grounds import known_to

if TYPE_CHECKING:
    from safeguarding.people.models import Member

    from .models import Review, ReviewTask

NOBODY = Q(pk__in=[])
WIDE = AT_WORK | {Role.PARENT}  # who is asked what they think
WATCHES = WRITERS | {Role.COMMITTEE_LEAD}  # who reads every view as it was written


def revoices_readable_by(member: Member) -> Q:
    """Everyone who works or helps here, and parents, see the reviews and what came of them."""
    return Q(setting=member.setting_id) if member.roles & WIDE else NOBODY


def requests_readable_by(member: Member) -> Q:
    """Those who decide see them all, but a close one only if they may know its ground; others their own."""
    here = Q(setting=member.setting_id)
    if not may_lead_reviews(member):
        return here & Q(asked_by=member.pk)
    return here & (Q(is_close=False) | known_to(member))


def voices_readable_by(member: Member) -> Q:
    """Those who lead reviews, and the committee lead, read every view; others their own."""
    here = Q(setting=member.setting_id)
    if not member.roles & WATCHES:
        return here & Q(written_by=member.pk)
    return here & (Q(shown_from__isnull=True) | Q(shown_from__lte=timezone.now()))


def ways_readable_by(member: Member) -> Q:
    """Those who lead reviews see the codes for people without an account."""
    return Q(setting=member.setting_id) if may_lead_reviews(member) else NOBODY


def answers_readable_by(member: Member) -> Q:
    """What was said and done is for everyone who was asked, once a review ended; before, for who lead."""
    here = Q(setting=member.setting_id)
    if member.roles & WATCHES:
        return here
    return here & Q(voice__review__outcome__isnull=False) if member.roles & WIDE else NOBODY


def sees_dates(member: Member) -> bool:
    """Those who lead reviews, and the committee lead, have the dates of reviews in their calendar."""
    return bool(member.roles & WATCHES)


def may_ask_for_review(member: Member) -> bool:
    """Everyone who works here may say that a policy should be looked at."""
    return may_read(member)


def may_note_change(member: Member) -> bool:
    """Technical staff, and those who lead reviews, write down what changed technically."""
    return bool(member.roles & (WRITERS | {Role.TECHNICAL}))


def may_lead_reviews(member: Member) -> bool:
    """The lead, deputies, manager and deputy manager decide about reviews, and lead them."""
    return bool(member.roles & WRITERS)


def may_lead_review(member: Member, review: Review) -> bool:
    """The lead, deputies, manager and deputy manager lead the reviews of their own setting."""
    return may_lead_reviews(member) and review.setting_id == member.setting_id


def may_do_task(member: Member, task: ReviewTask) -> bool:
    """Whoever has a task does it; so does anyone who leads reviews here."""
    here = task.setting_id == member.setting_id and may_read(member)
    return here and (task.owner_id == member.pk or may_lead_reviews(member))


def may_be_heard(member: Member, review: Review) -> bool:
    """Everyone who works or helps here, and parents, say what they think of a policy."""
    return review.setting_id == member.setting_id and bool(member.roles & WIDE)


def may_write_for_others(member: Member, review: Review) -> bool:
    """Those who work with the children write down what children said, and parents without an account."""
    here = review.setting_id == member.setting_id
    return here and "t" in scopes(member.roles, "C6", "R")
