"""What a setting asks people to learn on a day: the ready-made topics, its own, and its changes to both."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from uuid import UUID

from django.utils import timezone

from safeguarding.law.calendar import LONDON, due
from safeguarding.law.local import rules_in
from safeguarding.law.schema import Rule
from safeguarding.law.values import Value
from safeguarding.people.roles import Role

from .library import Point, Ready, ready_topics
from .models import OwnTopic, Requirement

NOON = time(12)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Need:
    """That a role needs a topic: how long it counts, and whether it comes before the role."""

    every: Value
    before_role: bool = False
    is_changed: bool = False  # by this setting


@dataclass
class Topic:
    """A topic as it stands in a setting on a day, with the roles that need it."""

    id: str
    name: str
    about: str
    every: Value
    rule: Rule | None = None  # where how long it counts comes from; none for a setting's own topic
    points: tuple[Point, ...] = ()
    counts_for: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    needs: dict[Role, Need] = field(default_factory=dict)
    left_out: dict[Role, str] = field(default_factory=dict)  # role and reason

    @property
    def is_own(self) -> bool:
        return self.rule is None


def asked_of(settings: Collection[UUID], at: datetime) -> dict[UUID, dict[str, Topic]]:
    """The topics of each setting at a moment, by id and in order. Three queries for any number."""
    on = timezone.localdate(at)
    rules = rules_in(settings, on)
    asked = {one: _ready(rules[one]) for one in settings}
    own = OwnTopic.objects.known(at).filter(setting__in=settings, removed=False)
    for row in own.order_by("name"):
        topic = Topic(row.slug, row.name, row.about, Value.parse(row.every))
        asked[row.setting_id].setdefault(row.slug, topic)
    for change in Requirement.objects.in_force(on, at).filter(setting__in=settings):
        if topic_of := asked[change.setting_id].get(change.topic):
            _apply(change, topic_of)
    return asked


def _ready(rules: dict[str, Rule]) -> dict[str, Topic]:
    """The ready-made topics whose rule was in force."""
    ready = ready_topics().values()
    return {one.id: _topic(one, rules[one.every]) for one in ready if one.every in rules}


def _topic(one: Ready, rule: Rule) -> Topic:
    need = Need(rule.value, one.before_role)
    said = {"points": one.points, "counts_for": one.counts_for, "duties": one.duties}
    needs = dict.fromkeys(one.roles, need)
    return Topic(one.id, one.name, one.about, rule.value, rule, needs=needs, **said)  # type: ignore[arg-type]


def _apply(change: Requirement, topic: Topic) -> None:
    role = Role(change.role)
    topic.needs.pop(role, None)
    topic.left_out.pop(role, None)
    if not change.is_needed:
        topic.left_out[role] = change.reason
        return
    own = Value.parse(change.every) if change.every else topic.every
    every = own if own.is_within(topic.every) else topic.every  # the rule may have become stricter
    # Not what an earlier change of the setting's own said: a tick by mistake is taken away by the next.
    ready = ready_topics().get(topic.id)
    before_role = change.before_role or (ready is not None and ready.asks_before(role))
    topic.needs[role] = Need(every, before_role, is_changed=True)


@lru_cache(maxsize=10_000)
def counts_until(every: Value, learnt_on: date) -> date:
    """The last day on which something learnt on a day still counts."""
    return due(every, datetime.combine(learnt_on, NOON, LONDON)).date()
