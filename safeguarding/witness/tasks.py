"""What runs by the clock for the record: checks, and the mails that hold its proof. Safe to run twice."""

from django_tasks import task

from safeguarding.audit.trail import System
from safeguarding.audit.verify import verify
from safeguarding.people.each import in_each_setting
from safeguarding.people.models import Setting

from . import actions, post

LAST_PART = 1000  # entries of each chain
NAME = "checking the record"


@task()
def check_last_part() -> None:
    """Walk the end of each chain."""
    _check(last=LAST_PART)


@task()
def check_everything() -> None:
    """Walk each chain from its beginning, and hold what records say against their commitments."""
    _check(last=None)


def _check(last: int | None) -> None:
    report = verify(last=last)

    def note(setting: Setting) -> None:
        by = System(NAME, setting.pk)
        actions.note_check(by=by, setting=setting, report=report, whole=last is None)

    in_each_setting(note)


@task()
def hand_out_proof() -> None:
    """Queue this week's mails, and say so where nobody has had proof for too long."""
    try:
        in_each_setting(_hand_out)
    finally:
        post.send_waiting()


def _hand_out(setting: Setting) -> None:
    by = System("handing out proof", setting.pk)
    actions.hand_out(by=by, setting=setting)
    actions.say_nobody_has_proof(by=by, setting=setting)


@task()
def send_waiting_proof() -> None:
    """Send what is still waiting: a try that failed."""
    post.send_waiting()
