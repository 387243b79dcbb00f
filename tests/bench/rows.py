"""Fills a nursery with years of records, in the proportions a busy setting would have.

Bulk rows leave no line in the trail, so that its chain stays whole; the people, and the one case that is
measured, come about through real actions. What a page shows does not depend on how many rows there are.
"""

import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from demo.cast import Nursery, open_nursery
from demo.second_check import give_second_factor
from safeguarding.concerns import kinds
from safeguarding.concerns.models import (
    Case,
    Closure,
    Concern,
    Decision,
    Entry,
    Gathered,
    Involvement,
    NeedToKnow,
    NotTakenForward,
    ParentsInformed,
    Reading,
    Recipient,
    Referral,
)
from safeguarding.notifications.models import Clock, Delivery, Notification, Seen
from safeguarding.people.models import Child, Member, Relationship
from safeguarding.procedures.library import definitions

BEGAN = time.monotonic()
YEARS = 5
SETTLED = 0
WAITING = 60  # the newest reports nobody has decided on; a page of 50 and some
UNREAD = 12  # of these, not opened yet
OPEN = 20  # one case in so many is open: the newest
LET_IN = {"open": 60, "closed": 200}  # cases that somebody without a role for all was let into
CHILDREN = 60
BATCH = 2_000
WORDS = "What was noticed and said in the room, in about as many words as people write. " * 4
CLASSES = ("C1",) * 80 + ("C2",) * 12 + ("C4",) * 5 + ("C3",) * 3


def say(words: str) -> None:
    """A line of progress, apart from the figures."""
    sys.stderr.write(f"{time.monotonic() - BEGAN:5.0f} s  {words}\n")
    sys.stderr.flush()


@dataclass
class Filling:
    """Rows on their way into the database, in the order in which they refer to each other."""

    nursery: Nursery
    concerns: int
    chance: random.Random = field(default_factory=lambda: random.Random(11))  # noqa: S311
    rows: dict[type[models.Model], list[Any]] = field(default_factory=dict)
    cases: int = 0
    entries_left: float = 0.0
    case: Case | None = None
    moment: datetime = field(default_factory=timezone.now)
    is_settled: bool = False

    def add(self, model: type[models.Model], **values: Any) -> Any:
        given = {"created_at": self.moment, **values}
        row = model(id=self.id(), setting_id=self.nursery.setting.pk, **given)
        self.rows.setdefault(model, []).append(row)
        return row

    def id(self) -> UUID:
        """Of what is settled, it begins in a way by which copies.py finds it."""
        number = self.chance.getrandbits(127)
        return UUID(int=number >> 31 if self.is_settled else number | 1 << 127, version=4)

    def store(self) -> None:
        for model, rows in self.rows.items():
            model._default_manager.bulk_create(rows)
        self.rows.clear()


def fill(concerns: int) -> Nursery:
    """A nursery with so many concerns, three times as many entries, and what belongs to them."""
    nursery = open_nursery("Sunflowers")
    for name in ("dana", "wren"):
        give_second_factor(nursery.people[name].user)
    children = _admit(nursery)
    _tie(nursery, children)
    filling = Filling(nursery, concerns)
    for first in range(0, concerns, BATCH):
        with transaction.atomic():
            for number in range(first, min(first + BATCH, concerns)):
                _report(filling, number, children)
            filling.store()
        if first and first % 50_000 == 0:
            say(f"  {first:,} of {concerns:,} concerns")
    _let_in(nursery)
    return nursery


def _admit(nursery: Nursery) -> list[Child]:
    born = timezone.localdate() - timedelta(days=1_200)
    return Child.objects.bulk_create(
        Child(
            setting=nursery.setting,
            known_as=f"Child {number}",
            full_name=f"Child {number} Example",
            born_on=born,
            room=nursery.kit.room,
        )
        for number in range(CHILDREN)
    )


def _tie(nursery: Nursery, children: list[Child]) -> None:
    """The lead is kept out of what names her nephew, or a colleague she lives with."""
    dana = nursery.dana
    for kind, tied in (("relative", {"child": children[-1]}), ("household", {"other_member": nursery.sam})):
        Relationship.objects.create(
            setting=nursery.setting, member=dana, kind=kind, declared_by=dana, **tied
        )


def _moment(filling: Filling, number: int) -> datetime:
    step = timedelta(days=365 * YEARS) / filling.concerns
    return timezone.now() - timedelta(hours=1) - step * (filling.concerns - number)


def _report(filling: Filling, number: int, children: list[Child]) -> None:
    """One report, who was told of it, and what became of it."""
    people, chance = filling.nursery.people, filling.chance
    moment, class_ = _moment(filling, number), chance.choice(CLASSES)
    filling.moment, filling.is_settled = moment, number < filling.concerns * (1 - 1 / OPEN)
    if filling.concerns - number <= WAITING:
        class_ = "C1"  # so that one page of what waits is the same however much there is
    concern = filling.add(
        Concern,
        created_at=moment,
        code=f"{number:x}".rjust(8, "R"),
        key=filling.id(),
        fingerprint=f"{number:064x}",
        reported_by=people[chance.choice(("priya", "priya", "sam", "devi", "wren"))],
        record_class=class_,
        kind=_kind(class_),
        risk_area="contact",
        in_danger_now=False,
        told_lead="yes",
        happened_on=moment.date(),
        saw=WORDS,
        heard=WORDS[:160],
        did=WORDS[:80],
    )
    _involve(filling, concern, children)
    unread, waiting = (filling.concerns - number <= few for few in (UNREAD, WAITING))
    for name in ("dana", *(("morgan",) if class_ == "C3" else ("devi",) if class_ != "C1" else ())):
        _told(filling, concern, people[name], seen=not unread)
    _clocks(filling, concern, stopped={"read": not unread, "decide": not waiting})
    if not waiting:
        _decided(filling, concern)


def _kind(class_: str) -> str:
    fitting = (one.id for one in definitions().values() if one.record_class == class_)
    return next(fitting, kinds.FALLBACK)


def _involve(filling: Filling, concern: Concern, children: list[Child]) -> None:
    chance, common = filling.chance, {"concern": concern, "added_by": concern.reported_by}
    # The one the lead is tied to is not in what waits: then everybody sees the same page.
    filling.add(Involvement, part="harmed", child=chance.choice(children[: _some(concern)]), **common)
    if chance.random() < 0.25:
        filling.add(Involvement, part="witness", child=chance.choice(children), **common)
    if concern.record_class == "C3":
        accused = filling.nursery.people[chance.choice(("sam", "omar", "tariq", "vic"))]
        filling.add(Involvement, part="alleged", member=accused, **common)


def _some(concern: Concern) -> int:
    recent = timezone.now() - concern.created_at < timedelta(days=20)
    return CHILDREN - 1 if recent else CHILDREN


def _told(filling: Filling, concern: Concern, member: Member, *, seen: bool) -> None:
    at = {"created_at": concern.created_at}
    filling.add(Recipient, concern=concern, member=member, why="told when it was reported", **at)
    path = f"/at/sunflowers/concerns/{concern.pk}/"
    _message(filling, member, "concern_reported", concern.pk, path, at=concern.created_at, seen=seen)
    if seen:
        filling.add(Reading, concern=concern, member=member, **at)


def _message(
    filling: Filling, to: Member, kind: str, about: UUID, path: str, *, at: datetime, seen: bool
) -> None:
    message = filling.add(
        Notification, recipient=to, kind=kind, subject_id=about, path=path, created_at=at
    )
    filling.add(
        Delivery, notification=message, attempts=1, sent_at=at, next_try_at=at, created_at=at
    )
    if seen:
        filling.add(Seen, notification=message, created_at=at)


def _clocks(filling: Filling, concern: Concern, stopped: dict[str, bool]) -> None:
    due = concern.created_at + timedelta(hours=4)
    for key, is_stopped in stopped.items():
        filling.add(
            Clock,
            subject_kind="concern",
            subject_id=concern.pk,
            key=key,
            owner=filling.nursery.dana,
            text="Read a new report" if key == "read" else "Decide what becomes of a report",
            path=f"/at/sunflowers/concerns/{concern.pk}/",
            started_at=concern.created_at,
            due_at=due,
            overdue_at=due,
            stopped_at=due if is_stopped else None,
            escalate_at=None if is_stopped else due + timedelta(days=365),
        )


def _decided(filling: Filling, concern: Concern) -> None:
    """Put aside, taken into a case of its own, or into the case before."""
    dana, at = filling.nursery.dana, {"created_at": concern.created_at + timedelta(minutes=30)}
    reporter, path = concern.reported_by, f"/at/sunflowers/concerns/mine/{concern.pk}/"
    seen = filling.chance.random() < 0.9
    _message(filling, reporter, "report_acted_on", concern.pk, path, at=at["created_at"], seen=seen)
    if filling.chance.random() < 0.45:
        filling.add(NotTakenForward, concern=concern, decided_by=dana, reasons=WORDS[:160], **at)
        return
    if filling.case is None or filling.case.record_class != concern.record_class or filling.chance.random() < 0.7:
        _open(filling, concern)
    filling.add(Gathered, concern=concern, case=filling.case, gathered_by=dana, **at)


def _open(filling: Filling, concern: Concern) -> None:
    people, at = filling.nursery.people, {"created_at": concern.created_at + timedelta(minutes=30)}
    case = filling.case = filling.add(
        Case,
        reference=f"{filling.cases:x}".rjust(8, "K"),
        title=f"Video on a tablet, number {filling.cases}",
        record_class=concern.record_class,
        opened_by=people["dana"],
        aware_at=concern.created_at,
        **at,
    )
    filling.cases += 1
    for name in ("dana", *(() if concern.record_class == "C1" else ("devi",))):
        let_in = {"reason": "opened the case", "granted_by": people["dana"]}
        filling.add(NeedToKnow, case=case, member=people[name], **let_in, **at)
    for entry in _entries(filling, case, is_closed=filling.is_settled):
        _beside(filling, entry)
    if filling.is_settled:
        filling.add(Closure, case=case, closed_by=people["dana"], outcome=WORDS[:120], **at)


def _entries(filling: Filling, case: Case, *, is_closed: bool) -> Iterator[Entry]:
    """Lines of a chronology, so many that there are three to a concern over all."""
    filling.entries_left += 3 * filling.concerns / (0.4 * filling.concerns)
    often = ["note", "call", "meeting", "parents_informed", "referral", "advice", "support"]
    kind_of = ["opened", "gathered", "decision", *often, *often]
    count = int(filling.entries_left)
    filling.entries_left -= count
    for number in range(count):
        at = case.created_at + timedelta(hours=number)
        last = is_closed and number == count - 1
        yield filling.add(
            Entry,
            case=case,
            kind="closed" if last else kind_of[number],
            happened_at=at,
            created_at=at,
            written_by=filling.nursery.dana,
            text=WORDS,
        )


def _beside(filling: Filling, entry: Entry) -> None:
    if entry.kind == "decision":
        filling.add(Decision, entry=entry, to_act=True, reasons=WORDS[:160])
    elif entry.kind == "parents_informed":
        filling.add(ParentsInformed, entry=entry, were_told=True, who="Both parents")
    elif entry.kind == "referral":
        filling.add(Referral, entry=entry, agency_slug="front-door", agency="Front door", route="By telephone")


def _let_in(nursery: Nursery) -> None:
    """The deputy manager was let into some cases, spread over all the years."""
    dana, wren = nursery.dana, nursery.wren
    for which, most in LET_IN.items():
        rows = getattr(Case.objects.filter(setting=nursery.setting, record_class="C1"), which)()
        found = list(rows.order_by("created_at").values_list("pk", flat=True))
        NeedToKnow.objects.bulk_create(
            NeedToKnow(setting=nursery.setting, case_id=pk, member=wren, granted_by=dana, reason="Knows the family")
            for pk in found[:: max(1, len(found) // most)][:most]
        )
