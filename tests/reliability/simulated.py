"""F40: people and faults, drawn by lot from a seed, on the real pages, actions and encrypted file.

The same seed and steps give the same run. Each step is one thing somebody does; to some of them
something happens on the way: the database fails at a statement, the process is gone before or after
the commit, the power goes and what was being written is torn, the mail server refuses, hangs or takes a
letter without saying so, the answer is lost, the request comes twice, the clock jumps.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from unittest import mock
from uuid import UUID

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from foundation.jobs.worker import run_ready
from safeguarding.backups.tests.files import Installation
from safeguarding.concerns import actions, kinds
from safeguarding.concerns.models import Case, Concern
from safeguarding.concerns.tests.given import GROOMING, WELFARE, again, opened, typed
from safeguarding.lock.tasks import look_after_drop
from safeguarding.notifications.tasks import deliver_waiting, escalate_missed
from safeguarding.people import held
from safeguarding.people.models import Member
from tests.people import signed_in

from .faults import MAIL, mail_that, start_again

FAULTS = (
    *("error", "full", "gone before the commit", "gone after the commit", "twice", "lost"),
    *("torn before the commit", "torn after the commit", *MAIL),
)
FAULTY = 0.4  # of the steps
LAST_WEEK = {  # the clock may jump back
    f"happened_on_{part}": str(getattr(timezone.localdate() - timedelta(days=7), part))
    for part in ("day", "month", "year")
}
KEPT = "It is kept, but nobody has read it yet"
MARK = "Xylophone"  # stands in every allegation


class Gone(BaseException):
    """The process is no more. Nothing may catch it."""


def begins() -> datetime:
    """Nine in the morning of tomorrow: everybody's roles have begun by then."""
    tomorrow = timezone.localtime() + timedelta(days=1)
    return tomorrow.replace(hour=9, minute=0, second=0, microsecond=0)


@dataclass(frozen=True)
class Sent:
    """A report as somebody sent it, and sends it again until there is a receipt."""

    key: str
    by: str
    answers: dict[str, str]
    about: UUID | None = None  # the member it is an allegation about


@dataclass
class Run:
    """One seed: what people know (the oracle), and what the product holds."""

    nursery: Nursery
    standing: Installation
    seed: int
    clock: Any  # of time_machine
    sent: dict[str, Sent] = field(default_factory=dict)
    receipts: dict[str, str] = field(default_factory=dict)  # by key: where the receipt is
    dropped: set[str] = field(default_factory=set)  # keys of what the drop gave a receipt for
    ends: dict[UUID, tuple[int, str]] = field(default_factory=dict)  # of chains, as last seen
    done: list[str] = field(default_factory=list)
    is_calm: bool = False  # while nothing goes wrong

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)  # noqa: S311  the same again

    def step(self) -> None:
        """One thing that somebody does, with or without a fault."""
        doing = self.rng.choice(DOINGS)
        fault = self.rng.choice(FAULTS) if self.rng.random() < FAULTY else ""
        self.done.append(f"{doing.__name__} {fault}".strip())
        self.clock.shift(timedelta(seconds=self.rng.randrange(1, 120)))
        for _ in range(2 if fault == "twice" else 1):
            try:
                with meets(self, fault):
                    doing(self)
            except Gone:
                start_again(self.standing, self.rng if fault.startswith("torn") else None)
            except (RuleBroken, PermissionDenied, OperationalError):
                pass  # they were told so

    def browser(self, who: Member) -> Client:
        """One in which they are signed in. Nothing goes wrong with that: it is not what is tried."""
        self.is_calm = True
        try:
            browser = signed_in(who)
        finally:
            self.is_calm = False
        browser.raise_request_exception = False
        return browser

    def anybody(self, *names: str) -> Member:
        return again(self.nursery.people[self.rng.choice(names)])

    def waiting(self) -> Concern | None:
        rows = Concern.objects.filter(gathered=None, not_taken_forward=None)
        found: Concern | None = self.one_of(rows.order_by("created_at", "pk"))
        return found

    def one_of(self, rows: Any) -> Any:
        found = list(rows[:50])
        return self.rng.choice(found) if found else None


# --- What people do -------------------------------------------------------------------------------


def report_a_worry(run: Run) -> None:
    kind = run.rng.choice([WELFARE, GROOMING])
    _send(run, _new(run, run.anybody("priya", "sam", "dana"), kind))


def report_a_colleague(run: Run) -> None:
    about = run.anybody("dana", "sam", "morgan")
    person = {"part": "alleged", "who": f"member:{about.pk}"}
    _send(run, _new(run, run.anybody("priya"), kinds.ALLEGATION, about, person))


def send_again_what_has_no_receipt(run: Run) -> None:
    open_ones = [one for key, one in run.sent.items() if key not in run.receipts]
    if open_ones:
        _send(run, run.rng.choice(open_ones))


def send_again_what_has_one(run: Run) -> None:
    if run.receipts:
        _send(run, run.sent[run.rng.choice(list(run.receipts))])


def read_a_report(run: Run) -> None:
    if concern := run.waiting():
        actions.read_concern(by=run.anybody("dana", "devi", "morgan"), concern=concern)


def open_a_case(run: Run) -> None:
    if concern := run.waiting():
        opened(run.anybody("dana", "devi", "morgan"), concern)


def write_on_a_case(run: Run) -> None:
    if case := run.one_of(Case.objects.order_by("created_at", "pk")):
        by = run.anybody("dana", "devi", "morgan")
        actions.add_entry(by=by, case=case, text=f"Note {len(run.done)}")


def look_at_pages(run: Run) -> None:
    who = run.anybody("priya", "sam", "dana", "morgan")
    browser = run.browser(who)
    for page in ("today:today", "concerns:mine"):
        assert browser.get(who.setting.link_to(page)).status_code in {200, 503, 507}


def let_the_worker_work(_run: Run) -> None:
    run_ready()
    deliver_waiting.call()
    escalate_missed.call()
    look_after_drop.call()


def let_the_clock_jump(run: Run) -> None:
    minutes = run.rng.choice([-90, -3, 10, 60, 24 * 60, 3 * 24 * 60])
    run.clock.shift(timedelta(minutes=minutes))


Doing = Callable[[Run], None]
DOINGS: list[Doing] = [
    *[report_a_worry] * 3,
    report_a_colleague,
    *[send_again_what_has_no_receipt] * 2,
    send_again_what_has_one,
    read_a_report,
    open_a_case,
    write_on_a_case,
    look_at_pages,
    *[let_the_worker_work] * 2,
    let_the_clock_jump,
]


def _new(
    run: Run, by: Member, kind: str, about: Member | None = None, *people: dict[str, str]
) -> Sent:
    key = str(UUID(int=run.rng.getrandbits(128), version=4))
    words = f"{MARK if about else 'Worry'} {len(run.sent)}"
    name = next(name for name, one in run.nursery.people.items() if one.pk == by.pk)
    theirs = signing.dumps({"user": str(by.user_id), "page": "/"}, salt=held.SALT)
    answers = typed(kind, people=people, key=key, heard=words) | LAST_WEEK | {held.FIELD: theirs}
    run.sent[key] = Sent(key, name, answers, about.pk if about else None)
    return run.sent[key]


def _send(run: Run, sent: Sent) -> None:
    """Send it through the page. Only a receipt that the person saw counts as one."""
    by = run.nursery.people[sent.by]
    browser = run.browser(by)
    answer = browser.post(by.setting.link_to("concerns:report"), sent.answers)
    assert answer.status_code in {200, 302}, f"answered {answer.status_code}"
    was_lost = run.done[-1:] and run.done[-1].endswith("lost")
    if answer.status_code == 200:
        assert KEPT in answer.text, "neither in the records nor in the drop"
        run.dropped |= {sent.key} if not was_lost else set()
    elif not was_lost:
        known = run.receipts.setdefault(sent.key, answer["Location"])
        assert known == answer["Location"], "sent again, it has another receipt"


# --- What happens to them -------------------------------------------------------------------------


@contextmanager
def meets(run: Run, fault: str) -> Iterator[None]:
    """Let something go wrong with the database while somebody does something."""
    connection = connections["default"]
    with ExitStack() as stack:
        if fault in {"error", "full"}:
            stack.enter_context(connection.execute_wrapper(_failing(run, fault)))
        elif fault in MAIL:
            stack.enter_context(mock.patch.object(EmailMessage, "send", mail_that(fault, run.rng)))
        elif fault.startswith(("gone", "torn")):
            gone = _gone(run, connection, after="after" in fault)
            stack.enter_context(mock.patch.object(connection, "_commit", gone))
        yield


def _failing(run: Run, fault: str) -> Callable[..., Any]:
    """Fail at a statement drawn by lot; an error a moment, a full disk for all further writes."""
    left = run.rng.randrange(1, 40)
    text = "database or disk is full" if fault == "full" else "disk I/O error"

    def execute(go_on: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        nonlocal left
        if run.is_calm:
            return go_on(sql, params, many, context)
        left -= 1
        is_write = not sql.startswith(("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK"))
        if left == 0 or (fault == "full" and left < 0 and is_write):
            raise OperationalError(text)
        return go_on(sql, params, many, context)

    return execute


def _gone(run: Run, connection: BaseDatabaseWrapper, *, after: bool) -> Callable[[], None]:
    """The process ends at a commit drawn by lot: just before it, or just after."""
    left, commit = run.rng.randrange(1, 6), connection._commit  # type: ignore[attr-defined]

    def at_the_commit() -> None:
        nonlocal left
        left -= not run.is_calm
        if left == 0 and not run.is_calm and not after:
            raise Gone
        commit()
        if left == 0 and not run.is_calm:
            raise Gone

    return at_the_commit
