"""bin/manage demo_code dana@sunflowers.example: the code of the second check, in the demo only."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from demo.second_check import current_code
from safeguarding.people.models import User


class Command(BaseCommand):
    help = "Print the code that the authenticator app of a person in the demo would show now."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "This works in the demo only. Real codes are on people's telephones."
            )
        user = User.objects.filter(email=options["email"].lower()).first()
        code = current_code(user) if user else None
        if code is None:
            raise CommandError(f"{options['email']} has no second check in this demo.")
        self.stdout.write(code)
