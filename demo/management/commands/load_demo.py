"""manage.py load_demo: open the two nurseries, once. bin/run calls it for a new data folder."""

from typing import Any

from django.core.management.base import BaseCommand

from demo.cast import open_nursery
from demo.history import a_month
from demo.people import let_them_in
from safeguarding.people.models import Setting


class Command(BaseCommand):
    help = "Open the demo nurseries, with their people and a month of history, once."

    def handle(self, *args: Any, **options: Any) -> None:
        if Setting.objects.exists():
            self.stdout.write("There are settings already; the demo was not added.")
            return
        sunflowers, bluebells = open_nursery("Sunflowers"), open_nursery("Bluebells")
        let_them_in(sunflowers)
        let_them_in(bluebells)
        a_month(sunflowers, bluebells)
        self.stdout.write("The demo is ready: Sunflowers and Bluebells.")
