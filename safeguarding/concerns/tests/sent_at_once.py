"""Run by a test in a process of its own: one report sent twice at once, into a database file."""

import os
import sys
from pathlib import Path

import django

DATA = Path(sys.argv[1])


def main() -> None:
    """Send, and say how many reports, messages and papers came of it."""
    from django.conf import settings
    from django.db import connection

    settings.DATABASES["default"]["NAME"] = str(DATA / "hedgerow.db")
    from safeguarding.concerns.models import Concern
    from safeguarding.concerns.tests.given import SAID, a_report
    from safeguarding.concerns.tests.test_sending_at_once import file_at_once, yes_at_once
    from safeguarding.notifications.models import Delivery
    from safeguarding.people.models import Member

    people = {one.name.split()[0].lower(): one for one in Member.objects.order_by("name")}
    file_at_once(people["priya"], a_report())
    counts = Concern.objects.count(), Delivery.objects.count()
    papers = yes_at_once(people)
    connection.close()
    in_the_clear = any(SAID.encode() in one.read_bytes() for one in DATA.iterdir() if one.is_file())
    sys.stdout.write(f"{counts} {papers} {in_the_clear}")


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.test_settings"
    django.setup()
    main()
