"""Letting the people of the demo sign in, and saying who they are."""

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from foundation import fence
from safeguarding.people.keyring import make_pairs
from safeguarding.people.models import Member
from safeguarding.people.permissions import has_capability
from safeguarding.people.roles import READS_CASES

from .cast import ADULTS, Nursery
from .second_check import give_second_factor

PASSWORD = "seven quiet hedgehogs"  # noqa: S105  the demo's people share it, and the demo says so


def let_them_in(nursery: Nursery) -> None:
    """Give everyone the demo's password, and a second factor to those who read cases."""
    hashed = make_password(PASSWORD)  # once for all of them: it is slow, as it has to be
    for member in nursery.people.values():
        member.user.password = hashed
        member.user.save(update_fields=["password"])
        if member.roles & READS_CASES:
            give_second_factor(member.user)


def give_keys(nursery: Nursery) -> None:
    """Give whoever reads what is said of adults a key, as a first sign-in would."""
    with fence.inside(nursery.setting.pk):
        readers = [one for one in nursery.people.values() if has_capability(one, "C3", "R")]
        make_pairs({member.user: PASSWORD for member in readers})


def sign_ins() -> list[str]:
    """Lines to print at the terminal: who can sign in to the demo, and as what."""
    first = [
        key for key in ADULTS if key in {"dana", "devi", "morgan", "cleo", "priya", "tariq", "pat"}
    ]
    lines = [f"{'Who':<28} {'As'}"]
    emails = [f"{key}@sunflowers.example" for key in first]
    with fence.across("the door"):
        members = Member.objects.filter(user__email__in=emails)
        people = list(members.with_roles(timezone.localdate()))
    for member in people:
        roles = ", ".join(sorted(role.label for role in member.roles))
        lines.append(f"{member.user.email:<28} {roles}")
    return [*lines, "", f"Password for all of them: {PASSWORD}", *HOW]


HOW = (
    "The second check asks for a code: open /demo/code/ in another tab,",
    "or run bin/manage demo_code dana@sunflowers.example",
    "Mails are shown at /demo/mail/. Bluebells is the same cast at another nursery.",
)
