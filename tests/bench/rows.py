"""Fills a nursery with years of records, in the proportions a busy setting would have.

Bulk rows leave no line in the trail, so that its chain stays whole; the people, and the one case that is
measured, come about through real actions. What a page shows does not depend on how many rows there are.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from demo.cast import Nursery, open_nursery
from demo.second_check import give_second_factor
from safeguarding.concerns import kinds
from safeguarding.concerns.models import Concern, Involvement, Reading, Recipient, Undecided
from safeguarding.notifications.models import Clock
from safeguarding.people.models import Child, Member, Relationship
from safeguarding.procedures.library import definitions

from .becoming import decided, let_in
from .filling import WORDS, YEARS, Filling, message, sealed

WAITING = 60  # the newest reports nobody has decided on; a page of 50 and some
UNREAD = 12  # of these, not opened yet
OPEN = 20  # one case in so many is open: the newest
CHILDREN = 60
BATCH = 2_000
CLASSES = ("C1",) * 80 + ("C2",) * 12 + ("C4",) * 5 + ("C3",) * 3


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
    let_in(nursery)
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
    for kind, tied in (
        ("relative", {"child": children[-1]}),
        ("household", {"other_member": nursery.sam}),
    ):
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
    sealed(concern)
    _involve(filling, concern, children)
    unread, waiting = (filling.concerns - number <= few for few in (UNREAD, WAITING))
    for name in ("dana", *(("morgan",) if class_ == "C3" else ("devi",) if class_ != "C1" else ())):
        _told(filling, concern, people[name], seen=not unread)
    _clocks(filling, concern, stopped={"read": not unread, "decide": not waiting})
    if waiting:
        filling.add(Undecided, concern=concern)
    else:
        decided(filling, concern)


def _kind(class_: str) -> str:
    fitting = (one.id for one in definitions().values() if one.record_class == class_)
    return next(fitting, kinds.FALLBACK)


def _involve(filling: Filling, concern: Concern, children: list[Child]) -> None:
    chance, common = filling.chance, {"concern": concern, "added_by": concern.reported_by}
    # The one the lead is tied to is not in what waits: then everybody sees the same page.
    filling.add(
        Involvement, part="harmed", child=chance.choice(children[: _some(concern)]), **common
    )
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
    message(filling, member, "concern_reported", concern.pk, path, at=concern.created_at, seen=seen)
    if seen:
        filling.add(Reading, concern=concern, member=member, **at)


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
