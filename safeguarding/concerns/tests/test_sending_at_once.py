"""The same report sent twice at the same moment, on either database."""

import os
import subprocess
import sys
from pathlib import Path
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection

from demo.cast import open_nursery
from safeguarding.concerns import actions
from safeguarding.concerns.models import Concern
from safeguarding.concerns.report import Report
from safeguarding.notifications.models import Delivery, Notification
from safeguarding.people.models import Member

from .given import a_report


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="tried on a file, below")
def test_two_sendings_at_the_same_moment_are_one_report() -> None:
    sunflowers = open_nursery("Sunflowers")
    report = a_report()

    file_at_once(sunflowers.priya, report)

    assert Concern.objects.count() == 1
    assert Notification.objects.count() == 1
    assert Delivery.objects.count() == 1


def file_at_once(member: Member, report: Report) -> None:
    """Send the same report from two threads, each with a connection of its own."""
    key, ready, broken = uuid4(), Barrier(2), list[Exception]()

    def send() -> None:
        try:
            ready.wait()
            actions.file_report(by=member, key=key, report=report)
        except Exception as error:
            broken.append(error)
        finally:
            connection.close()

    senders = [Thread(target=send) for _ in range(2)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert broken == []


@pytest.mark.once
def test_in_one_file_two_sendings_at_the_same_moment_are_one_report(tmp_path: Path) -> None:
    variables = {one: value for one, value in os.environ.items() if one != "DATABASE_URL"}
    done = subprocess.run(  # noqa: S603  our own command
        [sys.executable, "-m", "safeguarding.concerns.tests.sent_at_once", str(tmp_path)],
        cwd=settings.BASE_DIR,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.stdout == "(1, 1) False", done.stderr
