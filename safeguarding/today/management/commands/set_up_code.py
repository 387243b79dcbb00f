"""manage.py set_up_code: what the first set-up asks for; nothing once there is a setting."""

from typing import Any

from django.core.management.base import BaseCommand

from safeguarding.people.models import Setting
from safeguarding.today.welcome.set_up_code import set_up_code


class Command(BaseCommand):
    help = "Print the code with which the first setting is set up at /welcome/."

    def handle(self, *args: Any, **options: Any) -> None:
        if not Setting.objects.exists():
            self.stdout.write(f"Set-up code: {set_up_code()}")
