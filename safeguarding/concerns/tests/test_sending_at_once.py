"""The same report sent twice, or two people saying yes, at the same moment, on either database."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection

from demo.cast import Nursery, open_nursery
from foundation.errors import RuleBroken
from safeguarding.approvals.actions import approve
from safeguarding.backups.tests.files import installation
from safeguarding.concerns import actions
from safeguarding.concerns.models import Concern, PaperCopy
from safeguarding.concerns.report import Report
from safeguarding.notifications.models import Delivery, Notification
from safeguarding.people.models import Member

from .given import a_case, a_report

ONE_PAPER = (["done", "refused"], 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="tried on a file, below")
def test_two_sendings_at_the_same_moment_are_one_report() -> None:
    sunflowers = open_nursery("Sunflowers")
    report = a_report()

    file_at_once(sunflowers.priya, report)

    assert Concern.objects.count() == 1
    assert Notification.objects.count() == 1
    assert Delivery.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="tried on a file, below")
def test_f26_two_people_who_say_yes_at_the_same_moment_give_out_one_paper() -> None:
    assert yes_at_once(open_nursery("Sunflowers").people) == ONE_PAPER


def yes_at_once(people: Mapping[str, Member]) -> tuple[list[str], int]:
    """Two people say yes to one paper, from two threads. What each met, and how many papers there are."""
    case = a_case(people["priya"], people["dana"])
    said = {"recipient": "Ruth Field", "purpose": "Meeting"}
    asked = actions.ask_to_print_case(by=people["dana"], case=case, **said)  # type: ignore[arg-type]
    ready, told = Barrier(2), list[str]()

    def say(who: Member) -> None:
        try:
            ready.wait()
            approve(by=who, approval=asked, seen=asked.digest)
            told.append("done")
        except (PermissionDenied, RuleBroken):
            told.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=say, args=[one]) for one in (people["devi"], people["morgan"])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told), PaperCopy.objects.count()


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
def test_f26_in_one_file_two_sendings_are_one_report_and_two_yeses_one_paper(
    sunflowers: Nursery, tmp_path: Path
) -> None:
    standing = installation(tmp_path)
    variables = {one: value for one, value in os.environ.items() if one != "DATABASE_URL"}
    done = subprocess.run(  # noqa: S603  our own command
        [sys.executable, "-m", "safeguarding.concerns.tests.sent_at_once", str(standing.data)],
        cwd=settings.BASE_DIR,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.stdout == f"(1, 1) {ONE_PAPER} False", done.stderr
