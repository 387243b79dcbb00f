"""Everything that changes about settings, their people and their children: ask, change, record."""

from collections.abc import Iterable
from datetime import date

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from foundation.templatetags.hedgerow import outside
from safeguarding.audit.trail import System, record

from . import permissions
from .given import Opening as Opening
from .given import Person as Person
from .given import TermDates as TermDates
from .models import (
    Carer,
    Child,
    Family,
    Member,
    OpeningHours,
    Relationship,
    RoleEnded,
    RoleHeld,
    Room,
    Setting,
    Term,
    User,
)
from .permissions import require
from .roles import Role
from .tasks import send_letter


@transaction.atomic
def open_setting(
    *,
    by: System,
    name: str,
    kind: str = Setting.Kind.PRESCHOOL,
    people: Iterable[Person] = (),
    hours: Iterable[Opening] = (),
    terms: Iterable[TermDates] = (),
    slug: str = "",
) -> Setting:
    """Open a setting under the id its actor carries, with its first people, hours and terms."""
    require(permissions.may_open_setting, by)
    slug = slug or Setting.free_slug(name)
    setting = Setting.objects.create(pk=by.setting_id, name=name, kind=kind, slug=slug)
    for person in people:
        _add(setting, person, granted_by=None)
    _replace_hours(setting, hours)
    _replace_terms(setting, terms)
    record("setting.opened", setting, by=by, slug=slug)
    return setting


@transaction.atomic
def add_member(*, by: Member, person: Person) -> Member:
    """Make somebody a member with their first roles. They get their link from `invite`."""
    require(permissions.may_manage_people, by)
    if Member.objects.filter(setting=by.setting, user__email=person.email.lower()).exists():
        raise RuleBroken(
            "Somebody with this e-mail address is already here. Find them in the list and give "
            "them the role on their own page."
        )
    member = _add(by.setting, person, granted_by=by)
    record("member.added", member, by=by, roles=", ".join(sorted(person.roles)))
    return member


@transaction.atomic
def invite(*, by: Member | System, to: Member) -> str:
    """Mail the person a link to make their own password, and give it back to be shown once.

    Somebody who has a password, or belongs to another setting as well, gets no link that another
    person could see: only a mail. The answer is then empty.
    """
    require(permissions.may_invite, by, to)
    record("invitation.made", to, by=by)
    if to.user.has_usable_password():
        send_letter.enqueue("added", to.user.email)
        return ""
    key = default_token_generator.make_token(to.user)
    link = settings.ADDRESS + outside("account_reset_password_from_key", to.user.pk.hex, key)
    send_letter.enqueue("invitation", to.user.email, link)
    elsewhere = Member.objects.filter(user=to.user).exclude(setting=to.setting_id).exists()
    return "" if elsewhere else link


@transaction.atomic
def remove_second_factor(*, by: System, user: User) -> int:
    """Remove lost passkeys, code app and recovery codes, and end the person's sessions. How many."""
    require(permissions.may_remove_second_factor, by)
    removed = Authenticator.objects.filter(user=user).count()
    Authenticator.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
    send_letter.enqueue("sign_in_changed", user.email)
    record("second_factor.removed", user, by=by, removed=removed)
    return int(removed)


@transaction.atomic
def grant_role(
    *, by: Member, to: Member, role: Role, starts: date | None = None, ends: date | None = None
) -> RoleHeld:
    """Give somebody a role from a day (today), perhaps to a day."""
    require(permissions.may_grant_role, by, to, role)
    starts = starts or timezone.localdate()
    RoleHeld.check_dates(role, starts, ends)
    if to.roles_held.current(starts).filter(role=role).exists():
        raise RuleBroken(f"{to.display_name} already holds this role then.")
    held = RoleHeld.objects.create(
        setting=to.setting, member=to, role=role, starts=starts, ends=ends, granted_by=by
    )
    record("role.granted", held, by=by, to=str(to.pk), role=role)
    return held


@transaction.atomic
def end_role(*, by: Member, held: RoleHeld, reason: str) -> RoleEnded:
    """Take a role away. It counts from this moment, in every session the person has."""
    require(permissions.may_end_role, by, held)
    if RoleEnded.objects.filter(role_held=held).exists():
        raise RuleBroken("This role has already ended.")
    ended = RoleEnded.objects.create(
        setting=held.setting, role_held=held, ended_by=by, reason=reason
    )
    record("role.ended", held, by=by, member=str(held.member_id), role=held.role)
    return ended


@transaction.atomic
def add_room(*, by: Member, name: str) -> Room:
    """Add a room or group of children."""
    require(permissions.may_manage_children, by)
    if Room.objects.filter(setting=by.setting, name__iexact=name).exists():
        raise RuleBroken(f"There is already a room called {name}.")
    room = Room.objects.create(setting=by.setting, name=name)
    record("room.added", room, by=by)
    return room


@transaction.atomic
def add_family(*, by: Member, name: str) -> Family:
    """Add a family, to which children and carers then belong."""
    require(permissions.may_manage_children, by)
    family = Family.objects.create(setting=by.setting, name=name)
    record("family.added", family, by=by)
    return family


@transaction.atomic
def add_carer(
    *, by: Member, family: Family, name: str, relation: str, member: Member | None = None
) -> Carer:
    """Add an adult who cares for a family's children; `member` is their own account."""
    require(permissions.may_manage_children, by)
    _check_here(by, family, member)
    if family.carers.filter(name__iexact=name).exists():
        raise RuleBroken(f"{name} is already with this family.")
    carer = Carer.objects.create(
        setting=by.setting, family=family, name=name, relation=relation, member=member
    )
    record("carer.added", carer, by=by, family=str(family.pk))
    return carer


@transaction.atomic
def admit_child(
    *,
    by: Member,
    known_as: str,
    full_name: str = "",
    born_on: date | None = None,
    room: Room | None = None,
    family: Family | None = None,
) -> Child:
    """Put a child on the list of those in our care."""
    require(permissions.may_manage_children, by)
    _check_here(by, room, family)
    child = Child.objects.create(
        setting=by.setting,
        known_as=known_as,
        full_name=full_name or known_as,
        born_on=born_on,
        room=room,
        family=family,
    )
    record("child.admitted", child, by=by)
    return child


@transaction.atomic
def record_leaving(*, by: Member, child: Child, on: date) -> Child:
    """Note the last day a child was here. Their record stays."""
    require(permissions.may_manage_children, by)
    _check_here(by, child)
    child.left_on = on
    child.save(update_fields=["left_on"])
    record("child.left", child, by=by, on=on.isoformat())
    return child


@transaction.atomic
def declare_relationship(
    *,
    by: Member,
    about: Member,
    kind: str,
    other_member: Member | None = None,
    child: Child | None = None,
) -> Relationship:
    """Put on record that a member is close to somebody else here (rule R10)."""
    require(permissions.may_declare_relationship, by, about)
    _check_here(by, other_member, child)
    if (other_member is None) == (child is None):
        raise RuleBroken("Choose one person: an adult or a child.")
    if other_member == about:
        raise RuleBroken("A tie is with somebody else. Choose another person.")
    tie = Relationship.objects.create(
        setting=by.setting,
        member=about,
        other_member=other_member,
        child=child,
        kind=kind,
        declared_by=by,
    )
    record("relationship.declared", tie, by=by, member=str(about.pk))
    return tie


@transaction.atomic
def set_opening_hours(*, by: Member, hours: Iterable[Opening]) -> None:
    """Replace the opening hours of the member's setting."""
    require(permissions.may_change_setting, by, by.setting)
    _replace_hours(by.setting, hours)
    record("opening_hours.set", by.setting, by=by)


@transaction.atomic
def set_terms(*, by: Member, terms: Iterable[TermDates]) -> None:
    """Replace the term dates of the member's setting. Deadlines counted in terms follow."""
    require(permissions.may_change_setting, by, by.setting)
    _replace_terms(by.setting, terms)
    record("terms.set", by.setting, by=by)


def _add(setting: Setting, person: Person, *, granted_by: Member | None) -> Member:
    today = timezone.localdate()
    for role in person.roles:
        RoleHeld.check_dates(role, today, person.ends)
    email = person.email.lower()
    user = User.objects.filter(email=email).first()
    user = user or User.objects.create_user(email, name=person.name)
    member = Member.objects.create(setting=setting, user=user)
    RoleHeld.objects.bulk_create(
        RoleHeld(
            setting=setting,
            member=member,
            role=role,
            starts=today,
            ends=person.ends,
            granted_by=granted_by,
        )
        for role in sorted(person.roles)
    )
    return member


def _check_here(by: Member, *records: Child | Family | Member | Room | None) -> None:
    """Nothing of another setting may be tied to this one; the pages never offer it."""
    if any(one is not None and one.setting_id != by.setting_id for one in records):
        raise RuleBroken("That belongs to another setting.")


def _replace_hours(setting: Setting, hours: Iterable[Opening]) -> None:
    OpeningHours.objects.filter(setting=setting).delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(setting=setting, weekday=one.weekday, opens=one.opens, closes=one.closes)
        for one in hours
    )


def _replace_terms(setting: Setting, terms: Iterable[TermDates]) -> None:
    Term.objects.filter(setting=setting).delete()
    Term.objects.bulk_create(
        Term(setting=setting, name=one.name, starts=one.starts, ends=one.ends) for one in terms
    )
