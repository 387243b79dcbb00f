"""When each policy is to be looked at again, as it stood at any moment. Four queries, whatever there is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from safeguarding.law.calendar import LONDON, due
from safeguarding.law.local import rules_in
from safeguarding.law.schema import Rule
from safeguarding.policies.models import PolicyVersion

from .models import KnownReview, Review, ReviewOutcome

YEARLY = "policy.review"
AHEAD = timedelta(weeks=6)  # how long before it is due a review is asked for

KNOWN = "reviewed before"


@dataclass
class Standing:
    """How one policy stands: what it is called, when it was last looked at, and when it is due."""

    policy_id: UUID
    setting_id: UUID
    title: str = ""
    in_force: UUID | None = None  # the version; none: nothing was adopted yet
    adopted_at: datetime | None = None  # when that was written down
    looked_at: date | None = None
    how: str = ""
    due_on: date | None = None
    open_review: UUID | None = None
    in_use: bool = False  # adopted or looked at, or brought in as one of before; else a first draft
    withdrawn: bool = False
    mistaken: bool = False  # and that is why

    @property
    def counts(self) -> bool:
        """Whether the policy is to be reviewed at all: it is in use, and was not withdrawn."""
        return self.in_use and not self.withdrawn

    @property
    def ended(self) -> str:
        """Why nothing of it counts any more, for a tag; empty where it does."""
        if not self.withdrawn:
            return ""
        return "Saved by mistake" if self.mistaken else "Withdrawn"

    @property
    def is_unknown(self) -> bool:
        """In use, and nobody knows since when: so nobody knows when it is due."""
        return self.counts and self.due_on is None

    @property
    def is_from_before(self) -> bool:
        """Whether it counts from a review that somebody wrote down, and may have got wrong."""
        return self.how == KNOWN

    @property
    def late(self) -> bool:
        return self.is_late(timezone.localdate())

    @property
    def soon(self) -> bool:
        return self.is_soon(timezone.localdate())

    def is_late(self, on: date) -> bool:
        return self.counts and self.due_on is not None and self.due_on < on

    def is_soon(self, on: date) -> bool:
        return self.counts and self.due_on is not None and self.due_on <= on + AHEAD

    def seen(self, day: date, how: str) -> None:
        """Somebody looked at it on a day. The latest counts."""
        self.in_use = True
        if self.looked_at is None or self.looked_at <= day:
            self.looked_at, self.how = day, how


def standings(settings: Collection[UUID], at: datetime | None = None) -> list[Standing]:
    """Every policy of these settings as it stood at a moment, by title."""
    at = at or timezone.now()
    found = _written(settings, at)
    _known(found, settings, at)
    said = _reviewed(found, settings, at)
    rules = rules_in(settings, timezone.localdate(at))
    for one in found.values():
        if one.looked_at is not None:
            by_rule = due_after(rules[one.setting_id][YEARLY], one.looked_at)
            sooner = said.get(one.policy_id) if one.how == "reviewed" else None
            one.due_on = min(by_rule, sooner or by_rule)
    return sorted(found.values(), key=lambda one: (one.title.casefold(), one.policy_id))


def due_after(rule: Rule, looked_at: date) -> date:
    """The day by which a rule asks for the next look."""
    return due(rule.value, datetime.combine(looked_at, time(12), LONDON)).date()


def _written(settings: Collection[UUID], at: datetime) -> dict[UUID, Standing]:
    """The policies, under the title in force or else the newest, and when that was adopted."""
    rows = PolicyVersion.objects.filter(setting__in=settings, created_at__lte=at)
    rows = rows.with_mistakes(at)
    rows = rows.select_related("adoption").defer("change_note").order_by("number")
    found: dict[UUID, Standing] = {}
    for row in rows:
        one = found.setdefault(row.policy_id, Standing(row.policy_id, row.setting_id))
        one.in_use |= row.made == PolicyVersion.Made.IMPORTED
        adoption = getattr(row, "adoption", None)
        if adoption is not None and adoption.created_at <= at:
            one.in_force, one.title, one.adopted_at = row.pk, row.title, adoption.created_at
            one.seen(adoption.adopted_on, "adopted")
        elif one.in_force is None:
            one.title = row.title
        # Of a policy that nobody had adopted. A version written later brings it back.
        one.mistaken = one.withdrawn = row.is_mistaken and one.adopted_at is None
    return found


def _known(found: dict[UUID, Standing], settings: Collection[UUID], at: datetime) -> None:
    """What was written down last of each policy: a slip in the year is put right by writing it again."""
    rows = KnownReview.objects.filter(setting__in=settings, created_at__lte=at)
    said = dict(rows.order_by("created_at").values_list("policy", "reviewed_on"))
    for of, day in said.items():
        found[of].seen(day, KNOWN)


def _reviewed(
    found: dict[UUID, Standing], settings: Collection[UUID], at: datetime
) -> dict[UUID, date]:
    """Reviews that are open, and how others ended: the day each last one named for the next."""
    rows = Review.objects.filter(setting__in=settings, created_at__lte=at)
    named: dict[UUID, date] = {}
    for review in rows.select_related("outcome").order_by("created_at"):
        one, outcome = found[review.policy_id], getattr(review, "outcome", None)
        if outcome is None or outcome.created_at > at:
            one.open_review = review.pk
            continue
        one.seen(outcome.decided_on, "reviewed")
        if outcome.kind == ReviewOutcome.Kind.WITHDRAWN:  # a version adopted later brings it back
            one.withdrawn = one.adopted_at is None or one.adopted_at < outcome.created_at
        if outcome.next_review_on:
            named[review.policy_id] = outcome.next_review_on
    return named
