"""Who is here, and how they come to a sign-in of their own."""

from django.db import transaction

from foundation import fence
from foundation.errors import RuleBroken
from safeguarding.audit.trail import System, record
from safeguarding.people import permissions
from safeguarding.people.given import Person
from safeguarding.people.models import Member, RoleHeld, User
from safeguarding.people.one_person import users_of
from safeguarding.people.passwords import link_for
from safeguarding.people.permissions import require
from safeguarding.people.roles import FOUR_EYES
from safeguarding.people.settling import settle_again
from safeguarding.people.tasks import send_letter
from safeguarding.people.turns import take_turn

from ._adding import add
from ._own_sign_in import end_all_sign_ins, note_shown


@transaction.atomic
def add_member(*, by: Member, person: Person) -> Member:
    """Make somebody a member with their first roles. They get their link from `invite`."""
    require(permissions.may_manage_people, by)
    take_turn(by.setting_id)
    if Member.objects.filter(setting=by.setting, user__email=person.email.lower()).exists():
        raise RuleBroken(
            "Somebody with this e-mail address is already here. Find them in the list and give "
            "them the role on their own page."
        )
    member = add(by.setting, person, granted_by=by)
    record("member.added", member, by=by, roles=", ".join(sorted(person.roles)))
    return member


@transaction.atomic
def invite(*, by: Member | System, to: Member) -> str:
    """Mail the person a link to make their own password, and give one back to be shown once.

    Somebody who has a password, reads cases here or belongs to another setting as well gets no link
    that a colleague could see: only a mail. The answer is then empty. The first set-up is shown all.
    """
    require(permissions.may_invite, by, to)
    record("invitation.made", to, by=by)
    if to.user.has_usable_password():
        send_letter.enqueue("added", str(to.user.pk))
        return ""
    send_letter.enqueue("invitation", str(to.user.pk))
    if _is_for_their_eyes_only(by, to):
        return ""
    if isinstance(by, Member):
        note_shown(to.user)
    return link_for(to.user)


@transaction.atomic
def remove_second_factor(*, by: System, user: User) -> int:
    """Remove lost passkeys, code app and recovery codes, and end the person's sessions. How many."""
    require(permissions.may_mend_sign_in, by)
    removed = end_all_sign_ins(user)
    send_letter.enqueue("sign_in_changed", str(user.pk))
    record("second_factor.removed", user, by=by, removed=removed)
    return removed


@transaction.atomic
def change_address(*, by: System, user: User, email: str) -> User:
    """Have somebody sign in with another e-mail address. Sessions end, and links made before are void."""
    require(permissions.may_mend_sign_in, by)
    user, email = User.objects.select_for_update(no_key=True).get(pk=user.pk), email.lower()
    if User.objects.filter(email=email).exists():
        raise RuleBroken("Somebody signs in with this address already. Nothing was changed.")
    user.email = email
    user.save(update_fields=["email"])
    user.end_sessions()
    _settle_wherever_they_are(user)
    send_letter.enqueue("address_changed", str(user.pk))
    record("address.changed", user, by=by)
    return user


def _settle_wherever_they_are(user: User) -> None:
    """By their mail box they may be one person with another account: what names one names both (R10)."""
    with fence.across("another address"):
        theirs = list(Member.objects.filter(user=user).order_by("setting"))
    for member in theirs:
        with fence.inside(member.setting_id):
            accounts = Member.objects.filter(setting=member.setting_id, user__in=users_of(member))
            settle_again(*accounts)


def _is_for_their_eyes_only(by: Member | System, to: Member) -> bool:
    """Whether the link would open more than a colleague may open, now or once it is confirmed."""
    with fence.across("an invitation"):
        elsewhere = Member.objects.filter(user=to.user).exclude(setting=to.setting_id).exists()
    if elsewhere:
        return True
    opens_cases = RoleHeld.objects.filter(member=to, role__in=sorted(FOUR_EYES)).exists()
    return isinstance(by, Member) and opens_cases
