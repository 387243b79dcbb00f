"""Lets somebody who lost their phone set up a new second check. See docs/sign-in.md first."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation import fence, mails
from safeguarding.audit.models import INSTALLATION
from safeguarding.audit.trail import System
from safeguarding.people import actions
from safeguarding.people.models import User
from safeguarding.people.permissions import OPERATOR


class Command(BaseCommand):
    help = "Remove the passkeys, code app and recovery codes of somebody who lost them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the e-mail address they sign in with")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].lower()).first()
        if user is None:
            raise CommandError("Nobody signs in with this address. Check it and try again.")
        with fence.inside(INSTALLATION):
            removed = actions.remove_second_factor(by=System(OPERATOR, INSTALLATION), user=user)
        told = "are mailed" if mails.leave_this_computer() else "have a letter in the folder mail"
        self.stdout.write(
            f"Removed {removed}. They are signed out everywhere and {told}. "
            "Within 24 hours they can set up a new one."
        )
