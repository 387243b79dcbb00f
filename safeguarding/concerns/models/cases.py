"""A case: opened when a concern is taken forward; gathers concerns, people, procedures and entries."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property

from foundation.encrypted import EncryptedTextField
from foundation.errors import RuleBroken
from foundation.in_turn import InTurn
from foundation.keyrings import carried
from foundation.prepared import prepared
from safeguarding.concerns import permissions
from safeguarding.people.models import Child, Member, SettingRecord
from safeguarding.procedures.models import Outcome, Run

from ._sealing import OfSealable, Sealable, SealableQuerySet

if TYPE_CHECKING:
    from .involvements import Involvement


class CaseQuerySet(SealableQuerySet["Case"]):
    def readable_by(self, member: Member) -> Self:
        """Cases whose content this member may read."""
        rows = self.filter(permissions.cases_with(member, "R"))
        return rows.read_with(member.keyring)

    def led_by(self, member: Member) -> Self:
        """Cases on which this member may decide."""
        rows = self.filter(permissions.cases_with(member, "D"))
        return rows.read_with(member.keyring)

    def naming(self, member: Member) -> Self:
        """Cases this member is shut out of."""
        return self.filter(permissions.naming_case(member))

    def with_child(self, child: Child) -> Self:
        """Cases that a child is in: added to the case, or named in a report it gathered."""
        everyone = apps.get_model("concerns", "Involvement")._default_manager
        named = everyone.filter(child=child, in_error=False)
        in_case = Q(InTurn(named.filter(case=OuterRef("pk"))))
        return self.filter(
            in_case | Q(InTurn(named.filter(concern__gathered__case=OuterRef("pk"))))
        )

    def open(self) -> Self:
        return self.filter(~InTurn(_standing_closure()))

    def closed(self) -> Self:
        return self.filter(InTurn(_standing_closure()))

    def with_open(self) -> Self:
        """Knowing already whether each is open, so that asking costs nothing."""
        rows = self.select_related("setting").with_copies()
        return rows.annotate(known_open=~InTurn(_standing_closure()))

    def with_devices(self) -> Self:
        """Knowing already whether any device belongs to each: mostly there is none to ask about."""
        of_case = apps.get_model("concerns", "CaseItem")._default_manager.filter(
            case=OuterRef("pk")
        )
        return self.annotate(has_devices=InTurn(of_case))

    def with_wanted(self) -> Self:
        """Knowing already whether each wants a procedure for pictures followed."""
        from .guarding import wanting_a_procedure

        wanted = models.ExpressionWrapper(wanting_a_procedure(), models.BooleanField())
        return self.annotate(wants_one=wanted)


def _standing_closure() -> "models.QuerySet[Closure]":
    return Closure.objects.filter(case=OuterRef("pk"), reopening__isnull=True)


class Case(Sealable, SettingRecord):
    """Work on one or more concerns, from triage to closure."""

    has_devices: bool  # known after `with_devices`
    wants_one: bool  # known after `with_wanted`

    reference = models.CharField(max_length=12)  # random: says nothing about how many there are
    title = EncryptedTextField()
    record_class = models.CharField(max_length=3)  # changed only by `reclassify_case`, with a row
    # Whoever opened it chose so close a class: neither its report nor a procedure it began with asked for it.
    opened_so_by_hand = models.BooleanField(default=False)
    opened_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    # When the setting first knew: deadlines are counted from here.
    aware_at = models.DateTimeField()

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["setting", "reference"], name="one_case_a_reference"),
            models.CheckConstraint(
                condition=Q(record_class__in=["C1", "C2", "C3", "C4"]), name="case_has_a_class"
            ),
        ]
        indexes = [models.Index(fields=["setting", "-created_at"], name="cases_by_time")]

    def __str__(self) -> str:
        return f"Case {self.reference}"

    def get_absolute_url(self) -> str:
        """Where the case is read."""
        return self.setting.link_to("concerns:case", self.pk)

    @property
    def path(self) -> str:
        return self.get_absolute_url()

    @property
    def facts(self) -> list[str]:
        """What the system knows of the case without asking, for the conditions of its procedures."""
        return ["early-years-child"] if self.setting.is_early_years else []

    @property
    def runs(self) -> models.QuerySet[Run]:
        """The procedures under way on this case, oldest first, ready to tell how they stand."""
        here = Run.objects.filter(setting=self.setting_id, subject_id=self.pk)
        outcomes = Outcome.objects.standing()
        standing = models.Prefetch("outcomes", outcomes, to_attr="settled")
        return here.prefetch_related(standing).order_by("created_at")  # type: ignore[no-redef]

    @cached_property
    def takes_files(self) -> bool:
        """Never where a picture of a child may come: an imagery case, or one with such a procedure."""
        if self.record_class == "C4":
            return False
        here = Run.objects.filter(setting=self.setting_id, subject_id=self.pk)
        return not any(run.definition.imagery for run in here)

    @cached_property
    def takes_pictures(self) -> bool:
        """Photographs of letters and things: where the setting chose so, and in children's cases alone."""
        if self.record_class not in {"C1", "C2"} or not self.takes_files:
            return False
        from .files import PicturesChoice

        return PicturesChoice.of(self.setting_id)

    @property
    def is_imagery(self) -> bool:
        """Whether it may involve an indecent picture of a child: then nothing but words enters it."""
        if self.record_class == "C4":
            return True
        here = Run.objects.filter(setting=self.setting_id, subject_id=self.pk)
        return here.filter(snapshot__imagery=True).exists()

    @property
    def is_open(self) -> bool:
        known: bool | None = getattr(self, "known_open", None)
        if known is not None:
            return known
        return not _CLOSED.any(self.pk)

    def everyone_involved(self) -> "models.QuerySet[Involvement]":
        """The people in it: as reported, and as added since."""
        from .involvements import in_case

        rows, keyring = in_case(self.pk), carried(self)
        return rows.read_with(keyring) if keyring else rows

    @property
    def taken_up_at(self) -> datetime | None:
        """When the case, once closed, was last taken up again; None where it never was."""
        again = Reopening.objects.filter(closure__case=self).order_by("-created_at")
        return again.values_list("created_at", flat=True).first()

    @property
    def leaves_no_mark(self) -> bool:
        """Whether nothing outside the case may move with it: of a child's ordinary case, some things may."""
        return self.record_class != "C1"

    def close(self, *, by: Member, outcome: str) -> "Closure":
        """End the work. Raises RuleBroken, saying what is still to do, until every procedure allows it."""
        if not self.is_open:
            raise RuleBroken("This case is already closed.")
        if left := self.still_to_do():
            raise RuleBroken("This case cannot be closed yet. " + " ".join(left))
        return Closure.objects.create(
            setting=self.setting, case=self, closed_by=by, outcome=outcome
        )

    def devices_unaccounted_for(self) -> list[str]:
        """Custody numbers of its devices that are still here, with no day to look again at why."""
        held = self.custody.filter(item__ends__isnull=True)
        held = held.exclude(item__kept_on__look_again_on__gte=timezone.localdate())
        return list(held.order_by("created_at").values_list("item__number", flat=True))

    def still_to_do(self) -> list[str]:
        """What keeps the case open, each as a sentence."""
        from .guarding import what_a_picture_asks_for

        runs = list(self.runs)
        left = what_a_picture_asks_for(self, runs)
        for run in runs:
            unsettled = [state for state in run.states() if not state.is_settled]
            left += [f"{run.title}, step {one.number}: {one.step.do}" for one in unsettled]
        if not self.entries.counting().filter(decision__isnull=False).exists():
            left.append("Record what was decided, and why.")
        awaited = self.entries.awaiting_reply().select_related("referral")
        left += [f"Record the reply from {one.referral.agency}." for one in awaited]
        left += [
            f"Say what became of the device with custody number {number}, or why it is kept on."
            for number in self.devices_unaccounted_for()
        ]
        return left


class Closure(OfSealable, SettingRecord):
    """The work on a case came to an end."""

    committed: ClassVar[tuple[str, ...]] = ("outcome",)

    case = models.ForeignKey(Case, models.PROTECT, related_name="closures")
    closed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    outcome = EncryptedTextField()

    def __str__(self) -> str:
        return f"{self.case} closed"


def _closed(case: UUID) -> QuerySet[Closure]:
    return Closure.objects.filter(case=case, reopening__isnull=True)


_CLOSED = prepared(_closed)  # asked before everything that is written on a case


class Reopening(OfSealable, SettingRecord):
    """A closed case was taken up again, and why."""

    ON = ("closure.case",)

    committed: ClassVar[tuple[str, ...]] = ("reason",)

    closure = models.OneToOneField(Closure, models.PROTECT, related_name="reopening")
    reopened_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    reason = EncryptedTextField()

    def __str__(self) -> str:
        return f"{self.closure.case} reopened"
