"""What a person led or owed is handed on when a tie or a role of theirs counts, or they are away."""

from safeguarding.audit.trail import System
from safeguarding.notifications.models import Clock
from safeguarding.notifications.owing import owed_by
from safeguarding.people.models import BreakGlass, Member
from safeguarding.people.permissions import may_review_glass
from safeguarding.people.settling import holds, settles

from .actions import hand_on, hand_on_offers, shut_out_account
from .actions._in_hands import hold_what_they_lead
from .deadlines import away_today
from .leading import those_who_hear_of_glass

holds(hold_what_they_lead)


@settles
def again(member: Member) -> None:
    """In the transaction of whatever changed about them."""
    by = System("settling", member.setting_id)
    shut_out_account(by=by, member=member)
    hand_on(by=by, member=member)
    hand_on_offers(by=by, member=member)


@owed_by("glass")
def to_review(clock: Clock) -> Member | None:
    """Why the glass was broken is reviewed by whoever owed it, if they may and are here; else by the next."""
    broken = BreakGlass.objects.select_related("member", "setting").get(pk=clock.subject_id)
    is_away = clock.owner_id in away_today(clock.setting)
    if may_review_glass(clock.owner, broken) and not is_away:
        return clock.owner
    return next(iter(those_who_hear_of_glass(broken)), clock.owner)
