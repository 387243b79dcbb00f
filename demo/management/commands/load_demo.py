"""manage.py load_demo: open the two nurseries, once. bin/run calls it for a new data folder."""

from typing import Any

from django.core.management.base import BaseCommand

from demo.history import live
from safeguarding.people.models import Setting


class Command(BaseCommand):
    help = "Open the demo nurseries, with a month of history. Does nothing if there are settings."

    def handle(self, *args: Any, **options: Any) -> None:
        if Setting.objects.exists():
            self.stdout.write("There are settings already; the demo was not added.")
            return
        live()
        self.stdout.write("The demo is ready: Sunflowers and Bluebells.")
