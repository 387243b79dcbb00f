"""manage.py demo_people: who can sign in to the demo."""

from typing import Any

from django.core.management.base import BaseCommand

from demo.people import sign_ins


class Command(BaseCommand):
    help = "List the people of the demo and how they sign in."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("\n".join(sign_ins()))
