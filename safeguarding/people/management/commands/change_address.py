"""Lets somebody sign in with another e-mail address. See docs/sign-in.md first."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation import fence, mails
from foundation.errors import RuleBroken
from safeguarding.audit.models import INSTALLATION
from safeguarding.audit.trail import System
from safeguarding.people import actions
from safeguarding.people.forms import EmailLine
from safeguarding.people.models import User
from safeguarding.people.permissions import OPERATOR
from safeguarding.people.tasks import tell_old_address


class Command(BaseCommand):
    help = "Have somebody sign in with another e-mail address: theirs changed, or was typed with a slip."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("old", help="the e-mail address they sign in with now")
        parser.add_argument("new", help="the e-mail address they will sign in with")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["old"].lower()).first()
        if user is None:
            raise CommandError("Nobody signs in with the first address. Check it and try again.")
        try:
            email = EmailLine().clean(options["new"])
            with fence.inside(INSTALLATION):
                actions.change_address(by=System(OPERATOR, INSTALLATION), user=user, email=email)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except RuleBroken as error:
            raise CommandError(str(error)) from error
        told = (
            "are mailed there"
            if mails.leave_this_computer()
            else "have a letter in the folder mail"
        )
        self.stdout.write(f"{user} signs in with {email} from now. They are signed out and {told}.")
        if user.has_usable_password():
            if not tell_old_address(user.email):
                self.stdout.write("No mail could be sent to the address they had until now.")
        else:
            self.stdout.write(
                "They have no password yet, and links made before are void: have their manager send them "
                "a new one, on their page under People."
            )
