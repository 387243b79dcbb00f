"""Says the second word on somebody's roles, where nobody in the setting can. See docs/people.md."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from foundation import fence
from foundation.errors import RuleBroken
from safeguarding.audit.trail import System
from safeguarding.people import actions
from safeguarding.people.before import Despite
from safeguarding.people.models import RoleEnded, RoleHeld, Setting
from safeguarding.people.permissions import OPERATOR, may_confirm_end, may_confirm_role


class Command(BaseCommand):
    help = "Confirm the roles and ends of roles of somebody, where nobody in the setting can."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("setting", help="the name of the setting in its address")
        parser.add_argument("email", help="the e-mail address of whose role it is")
        why = "why the role cannot wait for training that should come first; it is due in 28 days"
        parser.add_argument("--reason", default="", help=why)

    def handle(self, *args: Any, **options: Any) -> None:
        setting, email = _setting(options["setting"]), options["email"].lower()
        self.despite = None
        if options["reason"]:
            by_when = timezone.localdate() + timedelta(days=28)
            self.despite = Despite(options["reason"], by_when)
        if not self._confirm(setting, email):
            raise CommandError(_why_nothing(setting, email))

    def _confirm(self, setting: Setting, email: str) -> bool:
        """Whether anything was confirmed."""
        with fence.inside(setting.pk):
            given, ends = _waiting(setting, email)
            done = [self._confirm_role(one) for one in given]
            done += [self._confirm_end(one) for one in ends]
        return any(done)

    def _confirm_role(self, held: RoleHeld) -> bool:
        by = System(OPERATOR, held.setting_id)
        if not may_confirm_role(by, held):
            return False
        try:
            actions.confirm_role(by=by, held=held, despite=self.despite)
        except RuleBroken as broken:
            raise CommandError(f"{broken} (--reason)") from broken
        self.stdout.write(f"{held} counts from now.")
        return True

    def _confirm_end(self, ending: RoleEnded) -> bool:
        by = System(OPERATOR, ending.setting_id)
        if not may_confirm_end(by, ending):
            return False
        actions.confirm_end(by=by, ending=ending)
        self.stdout.write(f"{ending.role_held} has ended.")
        return True


def _setting(slug: str) -> Setting:
    found = Setting.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(sorted(Setting.objects.values_list("slug", flat=True)))
        raise CommandError(
            f"There is no setting {slug} here. Nothing was changed. There are: {known or 'none yet'}."
        )
    return found


def _waiting(setting: Setting, email: str) -> tuple[list[RoleHeld], list[RoleEnded]]:
    """The roles, and the ends of roles, of somebody here that wait for a second person."""
    now = timezone.now()
    given = RoleHeld.objects.waiting(now).filter(setting=setting)
    ends = RoleEnded.objects.waiting(now).filter(setting=setting)
    return list(given.filter(member__user__email=email)), list(
        ends.filter(role_held__member__user__email=email)
    )


def _why_nothing(setting: Setting, email: str) -> str:
    """A wrong address, nothing that waits, or somebody here who is to say the word."""
    with fence.inside(setting.pk):
        if not setting.members.filter(user__email=email).exists():
            return f"Nobody at {setting} signs in with this address. Nothing was changed. Check it."
        if any(_waiting(setting, email)):
            return (
                "Somebody in the setting can confirm it, so nothing was changed. They find it under People, "
                "What waits for a second person."
            )
    return "Nothing of theirs waits for a second person. Nothing was changed."
