"""What is written on a case. Each row of the chronology is an Entry; some carry more beside it."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property

from foundation.encrypted import EncryptedJSONField, EncryptedTextField
from foundation.keyrings import KeyedQuerySet
from foundation.moments import say_date
from foundation.templatetags.uk import uk_datetime
from safeguarding.concerns import body
from safeguarding.people.models import Child, Member, SettingRecord
from safeguarding.procedures.models import Outcome

from ._sealing import OfSealable
from .cases import Case
from .concerns import Concern


class EntryQuerySet(KeyedQuerySet["Entry"]):
    def readable_by(self, member: Member) -> Self:
        """What is written on a case is read by whoever reads the case."""
        rows = self.standing().filter(case__in=Case.objects.readable_by(member))
        return rows.read_with(member.keyring)

    def standing(self) -> Self:
        """All but what belonged to a report and left the case with it."""
        return self.filter(left_with__isnull=True)

    def counting(self) -> Self:
        """Of these, all but what was recorded in error."""
        return self.standing().filter(~Exists(said_in_error("pk")))

    def awaiting_reply(self) -> Self:
        """Referrals that were made, and that an agency has not answered yet."""
        replies = Entry.objects.filter(reply__referral__entry=OuterRef("pk")).counting()
        return self.counting().filter(~Exists(replies), referral__reply_due__isnull=False)


def said_in_error(of: str) -> "models.QuerySet[Entry]":
    """For a query of something with an entry: the line that says that this was recorded in error."""
    return Entry.objects.filter(corrects=OuterRef(of), kind=Entry.Kind.IN_ERROR)


class Entry(OfSealable, SettingRecord):
    """One line of a case's chronology. Never edited; a correction is a further entry that points to it."""

    committed: ClassVar[tuple[str, ...]] = (
        "kind",
        "happened_at",
        "time_known",
        "text",
        "details",
    )

    class Kind(models.TextChoices):
        NOTE = "note", "Note"
        CALL = "call", "Telephone call"
        MEETING = "meeting", "Meeting"
        CHILDS_WORDS = "childs_words", "The child's own words"
        CORRECTION = "correction", "Correction"
        IN_ERROR = "in_error", "Recorded in error"
        ANSWERS = "answers", "Questions answered"
        DECISION = "decision", "Decision"
        OUTCOME = "outcome", "Outcome"
        REFERRAL = "referral", "Referral"
        REPLY = "reply", "Reply from an agency"
        ADVICE = "advice", "Advice taken"
        PARENTS_INFORMED = "parents_informed", "Parents and carers"
        SUPPORT = "support", "Support given"
        FILE = "file", "File added"
        FROZEN = "frozen", "File frozen"
        THAWED = "thawed", "File opened again"
        DESTROYED = "destroyed", "File destroyed"
        NOT_DESTROYED = "not_destroyed", "File not destroyed"
        MARKS = "marks", "Marks on the body"
        RISK_ASSESSMENT = "risk_assessment", "Risk assessment"
        CUSTODY = "custody", "Device secured"
        CONTAINMENT = "containment", "Technical step"
        VIEWING = "viewing", "Viewing"
        DELETION = "deletion", "Deletion"
        REVIEW = "review", "How it was handled"
        LEFT_OUT = "left_out", "Step left out"
        SET_ASIDE = "set_aside", "Procedure set aside"
        NO_PICTURE = "no_picture", "About no picture"
        OPENED = "opened", "Case opened"
        GATHERED = "gathered", "Report added"
        TAKEN_OUT = "taken_out", "Report taken out"
        LETTER = "letter", "Letter to whoever told us"
        TOLD_AGAIN = "told_again", "What they wrote again"
        PERSON = "person", "Person added"
        ACCESS = "access", "Who may read"
        CLASS = "class", "Class changed"
        CLOSED = "closed", "Case closed"
        REOPENED = "reopened", "Case reopened"

    # What can be said to be recorded in error also where it settled no step.
    COUNTING = frozenset(
        {
            *(Kind.CALL, Kind.MEETING, Kind.CHILDS_WORDS, Kind.MARKS, Kind.DECISION),
            *(Kind.REFERRAL, Kind.REPLY, Kind.PARENTS_INFORMED, Kind.SUPPORT, Kind.NO_PICTURE),
        }
    )
    error: "Entry | None" = (
        None  # the line that says that it was recorded in error, where it is shown too
    )
    BESIDE = ("decision", "referral", "parents_informed", "support", "case_file")

    case = models.ForeignKey(Case, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    happened_at = models.DateTimeField()  # apart from created_at, when it was written down
    time_known = models.BooleanField(default=True)  # if not, `happened_at` stands for its day
    # Nobody of ours, and nobody known: whoever told us without an account wrote again.
    written_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    text = EncryptedTextField()
    details = EncryptedJSONField(default=list)  # [[label, words], …] as the form asked them
    outcome = models.ForeignKey(
        Outcome, models.PROTECT, null=True, blank=True, related_name="entries"
    )
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections"
    )

    # What a report brought along, such as letters: it leaves the case when that report is taken out of it.
    of_report = models.ForeignKey(Concern, models.PROTECT, null=True, related_name="+")
    left_with = models.ForeignKey(
        "concerns.TakenOut", models.PROTECT, null=True, related_name="entries"
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["case", "happened_at", "created_at"], name="chronology"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="told_again") ^ Q(written_by__isnull=False),
                name="entry_has_a_writer",
            ),
            models.UniqueConstraint(
                fields=["setting", "corrects"],
                condition=Q(kind="in_error"),
                name="recorded_in_error_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.case}"

    @property
    def when(self) -> str:
        """When it happened, as it is shown: with the time, where anybody knows it."""
        if self.time_known:
            return uk_datetime(self.happened_at)
        return f"{say_date(timezone.localdate(self.happened_at))}, time not known"

    @property
    def writer(self) -> str:
        """Whoever wrote it."""
        return str(self.written_by or "whoever told us, through the public form")

    @cached_property
    def beside(self) -> dict[str, Any]:
        """What an entry of some kinds carries more, each by its name: None where there is none.

        For templates: asked for what is not there, Django's look through all that a record has.
        """
        return {name: getattr(self, name, None) for name in self.BESIDE}

    @property
    def can_be_in_error(self) -> bool:
        """Whether it may have been done by a slip; what Hedgerow writes by itself was not."""
        return self.outcome_id is not None or self.kind in self.COUNTING

    @property
    def figure(self) -> list[body.Side]:
        """Its marks on the body, ready to be drawn."""
        return body.figure(self.marks.all())


class Decision(OfSealable, SettingRecord):
    """What was decided, to act or not to act, with the reasons."""

    ON = ("entry.case",)

    committed: ClassVar[tuple[str, ...]] = (
        "to_act",
        "reasons",
        "entry.kind",
        "entry.happened_at",
        "entry.time_known",
        "entry.text",
        "entry.details",
    )

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="decision")
    to_act = models.BooleanField()
    reasons = EncryptedTextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="decision_has_reasons")
        ]

    def __str__(self) -> str:
        return "decided to act" if self.to_act else "decided not to act"


class ParentsInformed(OfSealable, SettingRecord):
    """Whether parents or carers were told, who, by whom and when; or why they were not."""

    ON = ("entry.case",)

    committed: ClassVar[tuple[str, ...]] = (
        "were_told",
        "who",
        "told_by",
        "entry.kind",
        "entry.happened_at",
        "entry.time_known",
        "entry.text",
        "entry.details",
    )

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="parents_informed")
    were_told = models.BooleanField()
    who = EncryptedTextField(blank=True)
    told_by = EncryptedTextField(blank=True)

    class Meta:
        verbose_name_plural = "parents informed"
        constraints = [
            models.CheckConstraint(
                condition=Q(were_told=False) | ~Q(who=""), name="telling_parents_says_whom"
            )
        ]

    def __str__(self) -> str:
        return "parents told" if self.were_told else "parents not told"


class Support(OfSealable, SettingRecord):
    """Support for one of the children involved, or for somebody else."""

    ON = ("entry.case",)

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="support")
    child = models.ForeignKey(Child, models.PROTECT, null=True, blank=True, related_name="+")
    for_whom = EncryptedTextField(blank=True)

    def __str__(self) -> str:
        return f"support for {self.child or self.for_whom}"
