"""What must stand before a role counts. Apps above register what is still missing, and what follows.

Nobody is locked out by it: a lead falls ill, and somebody has to lead today. Whoever confirms the role
sees what is missing, and says why it cannot wait and by when it will be done (ADR 0037).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from foundation.errors import RuleBroken

from .models import Member, RoleHeld, RoleTakenEarly, Setting
from .roles import Role

Missing = Callable[[Member, Role], list[str]]
Follow = Callable[[Setting], None]

LONGEST = timedelta(days=90)  # from taking the role to what was missing
NOT_YET = (
    "{name} does not have this yet: {missing}. It should come before the role. Either wait, or "
    "write why the role cannot wait and by when it will be done."
)

_registered: list[tuple[Missing, Follow]] = []


@dataclass(frozen=True)
class Despite:
    """Why a role cannot wait for what is missing, and by when that will be done."""

    reason: str
    by_when: date

    def check(self) -> None:
        """Refuse an empty reason, and a day that is over or too far away."""
        today = timezone.localdate()
        if not self.reason.strip():
            raise RuleBroken("Write why the role cannot wait.")
        if not today <= self.by_when <= today + LONGEST:
            raise RuleBroken("Choose a day from today on, at most 90 days away.")


def before_a_role(missing: Missing, follow: Follow) -> None:
    """Register what is missing before somebody takes a role, and what is done where it was taken early."""
    _registered.append((missing, follow))


def missing_before(held: RoleHeld) -> list[str]:
    """What should stand before this role counts, and does not. Nothing for most roles."""
    return [one for missing, _ in _registered for one in missing(held.member, Role(held.role))]


def take_early(
    held: RoleHeld, missing: list[str], despite: Despite | None, by: Member | None
) -> None:
    """Stop, unless somebody answers for it; then write that down, and let it be chased."""
    if despite is None:
        said = {"name": held.member.display_name, "missing": ", ".join(missing)}
        raise RuleBroken(NOT_YET.format(**said))
    despite.check()
    RoleTakenEarly.objects.create(
        setting=held.setting,
        role_held=held,
        reason=despite.reason,
        by_when=despite.by_when,
        missing=missing,
        accepted_by=by,
    )
    for _, follow in _registered:
        follow(held.setting)
