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
        setting = Setting.objects.filter(slug=options["setting"]).first()
        self.despite = None
        if options["reason"]:
            by_when = timezone.localdate() + timedelta(days=28)
            self.despite = Despite(options["reason"], by_when)
        if setting is None or not self._confirm(setting, options["email"].lower()):
            raise CommandError("Nothing of theirs waits that nobody in the setting can confirm.")

    def _confirm(self, setting: Setting, email: str) -> bool:
        """Whether anything was confirmed."""
        now = timezone.now()
        given = RoleHeld.objects.waiting(now).filter(member__user__email=email)
        ends = RoleEnded.objects.waiting(now).filter(role_held__member__user__email=email)
        with fence.inside(setting.pk):
            done = [self._confirm_role(one) for one in given.filter(setting=setting)]
            done += [self._confirm_end(one) for one in ends.filter(setting=setting)]
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
