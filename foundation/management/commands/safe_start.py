"""manage.py safe_start: what bin/run asks before it starts to serve."""

from typing import Any

from django.core.management.base import BaseCommand

from foundation.safe_start import refuse_unsafe


class Command(BaseCommand):
    help = "Says what makes it unsafe to serve people with these settings; nothing if it is safe."

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_unsafe()
