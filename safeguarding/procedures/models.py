"""Runs of procedures, how each of their steps was settled, and what a setting changed in them."""

from datetime import datetime
from typing import Self, cast

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from foundation.constraints import NeverChanged
from foundation.encrypted import EncryptedTextField
from safeguarding.people.models import Member, SettingRecord

from . import engine, permissions
from .adapting import ADDS, SOONER, version_words
from .schema import FACTS, Definition, Step


class Run(SettingRecord):
    """A procedure under way on one case, by the definition as it stood when it began."""

    subject_id = models.UUIDField()
    definition_id = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    snapshot = models.JSONField()
    digest = models.CharField(max_length=64)
    # The kinds of the setting's own changes that are in the snapshot.
    own_changes = models.JSONField(default=list)
    facts = models.JSONField(default=list)
    # When the setting knew: the moment from which the deadlines are counted.
    aware_at = models.DateTimeField()
    started_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "subject_id", "definition_id"], name="one_run_of_a_procedure"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @cached_property
    def definition(self) -> Definition:
        return Definition.model_validate(self.snapshot)

    @property
    def version_shown(self) -> str:
        """Such as "3, with 2 additions of this setting"."""
        return version_words(self.version, self.own_changes)

    @cached_property
    def settled(self) -> "list[Outcome]":
        """How its steps stand settled. One query, or none where the outcomes were fetched already."""
        return list(self.outcomes.standing())

    def states(self) -> tuple[engine.StepState, ...]:
        """Every step as it stands. One query, or none where the outcomes were fetched already."""
        found = self._states()
        return engine.set_aside(found) if self.set_aside else found

    def _states(self) -> tuple[engine.StepState, ...]:
        oldest_first = sorted(self.settled, key=lambda row: row.number)
        answers: dict[str, bool] = {}
        for row in oldest_first:
            answers |= row.answers
        return engine.states(
            self.definition,
            facts=self.facts,
            answers=answers,
            outcomes={row.step: row.settled_as for row in oldest_first if row.step},
        )

    def made_a_must_at(self, step: Step) -> datetime | None:
        """When a changed answer made a step a must that it was not before; None where none did."""
        found, before = None, "unknown"
        known = {fact: fact in self.facts for fact in FACTS}
        for row in sorted(self.settled, key=lambda row: row.number):
            known |= row.answers
            need = engine.needed(step, known)
            if need == "must" and before not in {"must", "unknown"}:
                found = row.created_at
            before = need
        return found

    def state(self, step_id: str) -> engine.StepState | None:
        """One step as it stands; None where the definition has no such step."""
        return next((state for state in self.states() if state.step.id == step_id), None)

    @property
    def set_aside(self) -> "Outcome | None":
        """What says that it was begun by mistake, where that stands."""
        return next((row for row in self.settled if row.how == Outcome.How.SET_ASIDE), None)

    @property
    def first_done(self) -> Step | None:
        """A step that was done in it. An answer alone, or a step left out, is not yet something done."""
        done = (row.step for row in self.settled if row.how == Outcome.How.DONE)
        steps = (self.definition.by_id[one] for one in done)
        return next((one for one in steps if one.records != "answers"), None)

    @property
    def is_complete(self) -> bool:
        return all(state.is_settled for state in self.states())


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    def standing(self) -> Self:
        """But for those that were recorded in error."""
        return self.filter(taken_back__isnull=True)

    def standing_at(self, at: datetime) -> Self:
        """Those of a moment, and not taken back by then."""
        still = Q(taken_back__isnull=True) | Q(taken_back__created_at__gt=at)
        return self.filter(still, created_at__lte=at)

    def setting_aside(self) -> Self:
        """Those that say of a whole procedure that it was begun by mistake."""
        return self.filter(how=Outcome.How.SET_ASIDE)


class Outcome(SettingRecord):
    """How a step was settled: done, decided against, or found not to apply.

    One of no step says that the procedure was begun by mistake, and settles whatever it still asks for.
    """

    class How(models.TextChoices):
        DONE = "done", "Done"
        DECIDED_AGAINST = "decided_against", "Decided not to"
        DOES_NOT_APPLY = "does_not_apply", "Does not apply"
        SET_ASIDE = "set_aside", "Begun by mistake"

    run = models.ForeignKey(Run, models.PROTECT, related_name="outcomes")
    # Which comes after which, also where the computer's clock was put back in between.
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=60, blank=True)
    how = models.CharField(max_length=20, choices=How.choices)
    reason = EncryptedTextField(blank=True)
    answers = models.JSONField(default=dict)  # question: yes or no; a later answer wins
    settled_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "run", "number"], name="outcomes_of_a_run_in_order"
            ),
            models.CheckConstraint(
                condition=Q(how="done") | ~Q(reason=""), name="leaving_a_step_out_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(how="set_aside") ^ ~Q(step=""), name="only_the_whole_is_set_aside"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step}: {self.get_how_display()}"

    @property
    def settled_as(self) -> engine.Settled:
        return cast("engine.Settled", self.how)


class TakenBack(SettingRecord):
    """A step was settled in error. The outcome stays to be seen, and counts no more."""

    outcome = models.OneToOneField(Outcome, models.PROTECT, related_name="taken_back")
    taken_back_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "taken back"
        constraints = [NeverChanged(name="taken_back_is_written_once")]

    def __str__(self) -> str:
        return f"{self.outcome}, taken back"


class AdaptationQuerySet(models.QuerySet["Adaptation"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.readable_by(member))

    def standing(self) -> Self:
        """The changes that count now, in the order in which they were made."""
        rows = self.exclude(kind=Adaptation.Kind.ENDS).filter(ended__isnull=True)
        return rows.order_by("created_at")


class Adaptation(SettingRecord):
    """A change a setting made to a procedure for its future cases. Ended by a further row."""

    class Kind(models.TextChoices):
        ADDS = ADDS, "Adds a step"
        SOONER = SOONER, "Makes a deadline earlier"
        ENDS = "ends", "Ends an earlier change"

    definition_id = models.CharField(max_length=60)
    made_for = models.PositiveIntegerField()  # the version of the procedure at that time
    kind = models.CharField(max_length=10, choices=Kind.choices)
    step = models.CharField(max_length=60)
    change = models.JSONField(default=dict)
    reason = models.TextField()
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    ends = models.OneToOneField("self", models.PROTECT, null=True, related_name="ended")

    objects = AdaptationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "definition_id", "step"],
                condition=Q(kind="adds"),
                name="one_own_step_of_a_name",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="an_adaptation_has_a_reason"),
            models.CheckConstraint(
                condition=Q(kind="ends", ends__isnull=False)
                | (~Q(kind="ends") & Q(ends__isnull=True)),
                name="only_an_end_ends_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.step}"
