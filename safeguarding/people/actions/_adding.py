"""How somebody becomes a member."""

from datetime import date

from django.utils import timezone

from safeguarding.people.given import Person
from safeguarding.people.models import Member, RoleConfirmed, RoleHeld, Setting, User
from safeguarding.people.one_person import others_who_confirm
from safeguarding.people.roles import FOUR_EYES, Role

from ._own_sign_in import make_it_theirs_alone


def add(setting: Setting, person: Person, *, granted_by: Member | None) -> Member:
    starts = person.starts or timezone.localdate()
    for role in person.roles:
        RoleHeld.check_dates(role, starts, person.ends)
    email = person.email.lower()
    known = User.objects.filter(email=email).first()
    user = known or User.objects.create_user(email, name=person.name)
    member = Member.objects.create(setting=setting, user=user, name=person.name)
    if known:
        make_it_theirs_alone(member)
    for role in sorted(person.roles):
        give(member, role, starts, person.ends, granted_by=granted_by)
    return member


def give(
    to: Member, role: Role, starts: date, ends: date | None, *, granted_by: Member | None
) -> RoleHeld:
    """The row of a role; confirmed with it where it needs a second person and there is none."""
    held = RoleHeld.objects.create(
        setting=to.setting, member=to, role=role, starts=starts, ends=ends, granted_by=granted_by
    )
    if held.needs_a_second_person and not others_who_confirm(held, held.granted_by_id).exists():
        RoleConfirmed.objects.create(setting=to.setting, role_held=held)
    if role in FOUR_EYES:
        make_it_theirs_alone(to)
    return held
