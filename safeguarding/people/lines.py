"""What pages show about a role or a tie, and what the reader may do with it."""

from dataclasses import dataclass

from django.utils import timezone

from . import permissions
from .models import Member, Relationship, RoleEnded, RoleHeld


@dataclass(frozen=True)
class RoleLine:
    """A role of somebody, as their page shows it."""

    held: RoleHeld
    ending: RoleEnded | None
    waits: bool
    may_end: bool
    may_confirm: bool


@dataclass(frozen=True)
class TieLine:
    """A tie, as a list shows it."""

    tie: Relationship
    confirmed_by: list[str]
    may_confirm: bool
    may_end: bool

    @property
    def is_certain(self) -> bool:
        """Whether nobody is left to ask: somebody confirmed it, or it is their own with a child."""
        own = self.tie.child_id is not None and self.tie.declared_by_id == self.tie.member_id
        return own or bool(self.confirmed_by)


def role_lines(member: Member, about: Member) -> list[RoleLine]:
    """The roles of a member, newest first, for somebody who may see them. Three queries."""
    rows = RoleHeld.objects.readable_by(member).filter(member=about).order_by("-starts")
    rows = rows.select_related("confirmed", "setting").prefetch_related("endings__confirmed")
    waiting = set(about.roles_held.waiting(timezone.now()).values_list("pk", flat=True))
    return [_role_line(member, row, waits=row.pk in waiting) for row in rows]


def _role_line(member: Member, row: RoleHeld, *, waits: bool) -> RoleLine:
    asked = sorted(row.endings.all(), key=lambda one: one.created_at)
    over = [one for one in asked if one.counts]
    ending = over[-1] if over else (asked[-1] if asked else None)
    asked_already = ending is not None and not ending.has_lapsed and row.member_id != member.pk
    may_end = permissions.may_end_role(member, row) and not over and not asked_already
    may_confirm = waits and permissions.may_confirm_role(member, row)
    return RoleLine(row, ending, waits=waits, may_end=may_end, may_confirm=may_confirm)


def tie_lines(member: Member, about: Member) -> list[TieLine]:
    """The newest ties of a member, for somebody who may see them. Three queries."""
    rows = Relationship.objects.readable_by(member).involving(about)
    people = ("member__user", "other_member__user", "child", "declared_by__user", "ended")
    rows = rows.select_related(*people).prefetch_related("confirmations__confirmed_by__user")[:50]
    asked = Relationship.objects.to_confirm(member).involving(about)
    to_confirm = set(asked.values_list("pk", flat=True))
    return [
        TieLine(
            tie=tie,
            confirmed_by=[one.confirmed_by.display_name for one in tie.confirmations.all()],
            may_confirm=tie.pk in to_confirm,
            may_end=not tie.is_ended and permissions.may_end_relationship(member, tie),
        )
        for tie in rows
    ]
