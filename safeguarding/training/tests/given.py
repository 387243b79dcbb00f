"""What several tests of training begin with."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.people.models import Member
from safeguarding.training import actions
from safeguarding.training.currency import State, standings
from safeguarding.training.given import Given


def given(*topics: str, days_ago: int = 0, **more: object) -> Given:
    done_on = timezone.localdate() - timedelta(days=days_ago)
    return Given("A talk", done_on, "talk", {one: [] for one in topics}, **more)  # type: ignore[arg-type]


def talk(at: Nursery, *topics: str, to: Member, days_ago: int = 0) -> None:
    """Somebody who is not them writes it down, so that it counts."""
    by = at.morgan if to != at.morgan else at.dana
    actions.record_training(by=by, given=given(*topics, days_ago=days_ago), present=[to])


def all_learnt(at: Nursery, *, but: Member | None = None) -> None:
    """Everybody has just learnt everything they need, but for one."""
    for pk, rows in standings(Q(setting=at.setting), timezone.now()).items():
        member = next(one for one in at.people.values() if one.pk == pk)
        if member != but:
            talk(at, *[one.topic.id for one in rows], to=member)


def state(member: Member, topic: str) -> State:
    found = standings(Q(member=member.pk), timezone.now())[member.pk]
    return next(one.state for one in found if one.topic.id == topic)
