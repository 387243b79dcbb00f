"""Why somebody can, or cannot, read a case, in plain sentences.

The answer itself comes from the permission code; so does each reason, one condition at a time.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from foundation.templatetags.uk import uk_date, uk_datetime
from safeguarding.concerns.models import Case, NeedToKnow, NeedToKnowEnded
from safeguarding.concerns.permissions import by_glass, is_shut_out_of_case, may_read_this_case
from safeguarding.concerns.permissions.asking import Now
from safeguarding.people import access
from safeguarding.people.models import BreakGlass, Member
from safeguarding.people.one_person import is_one_person
from safeguarding.people.roles import Role


@dataclass(frozen=True)
class Why:
    """Whether a member can read a case, and each reason for it."""

    member: Member
    may: bool
    reasons: list[str]


def shown_to(reader: Member, rows: Iterable[NeedToKnow]) -> list[NeedToKnow]:
    """The places on a list, but for those that the reader lost because something named them or theirs.

    They read the case again because that left it, and are not to learn by the list that it was there.
    """
    return [one for one in rows if not (_was_shut_out(one) and is_one_person(one.member, reader))]


def _was_shut_out(place: NeedToKnow) -> bool:
    ended: NeedToKnowEnded | None = getattr(place, "ended", None)
    return ended is not None and ended.shut_out


def why(member: Member, case: Case, *, asker: Member) -> Why:
    """The answer of the permission code, with its reasons, in words for whoever asks."""
    may = may_read_this_case(member, case)
    if not member.roles or not member.user.is_active:
        return Why(member, may, ["They have no role here that counts today."])
    if is_shut_out_of_case(member, case):
        sentence = (
            "They are named in this case, or tied to somebody who is. That goes before all else."
        )
        return Why(member, may, [sentence])
    reasons = [*_by_role(member, case), *_by_list(member, case, asker), *_by_hour(member, case)]
    return Why(member, may, reasons)


def _by_role(member: Member, case: Case) -> list[str]:
    held = ", ".join(sorted(Role(one).label for one in member.roles))
    scopes = access.scopes(member.roles, case.record_class, "R")
    what = f"{case.record_class}, {access.classes()[case.record_class].lower()}"
    if "t" in scopes:
        return [f"Their role ({held}) reads every case of this class ({what})."]
    if "n" in scopes:
        return [f"Their role ({held}) reads a case of this class ({what}) only when on its list."]
    return [f"Their role ({held}) does not read cases of this class ({what})."]


def _by_list(member: Member, case: Case, asker: Member) -> list[str]:
    rows = case.need_to_know.filter(member=member).select_related(
        "member__user", "granted_by__user", "ended__ended_by__user"
    )  # of this very case, so that they are read with the keyring of whoever asks
    shown = shown_to(asker, rows.order_by("created_at"))
    return [_line(row) for row in shown] or ["They are not on its list."]


def _line(row: NeedToKnow) -> str:
    by = row.granted_by.display_name if row.granted_by else "a rule"
    said = f"{by} let them in on {uk_datetime(row.created_at)}: {row.reason}"
    said = said if said.endswith((".", "!", "?")) else f"{said}."
    if ended := getattr(row, "ended", None):
        who = ended.ended_by.display_name
        return f"{said} {who} ended it on {uk_datetime(ended.created_at)}: {ended.reason}"
    if row.until is None:
        return f"{said} It has no last day."
    over = "ran out" if row.until < timezone.localdate() else "runs out"
    return f"{said} It {over} on {uk_date(row.until)}."


def _by_hour(member: Member, case: Case) -> list[str]:
    if not Case.objects.filter(by_glass(member, "R", Now.is_now()), pk=case.pk).exists():
        return []
    running = BreakGlass.objects.running(timezone.now()).filter(member=member).first()
    until = uk_datetime(running.ends_at) if running else ""
    return [f"They broke the glass for a child in it. That ends at {until}."]
