"""Agreements as they were written, put into force and signed. None of these rows ever changes."""

import hashlib
import json
from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from foundation.constraints import NeverChanged
from foundation.encrypted import EncryptedTextField
from safeguarding.agreements import permissions
from safeguarding.agreements.audiences import Audience, Part, Question, Wording
from safeguarding.approvals.models import Approval
from safeguarding.documents.models import StoredFile
from safeguarding.people.models import Child, Member, SettingRecord


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.agreements_readable_by(member))

    def in_force(self, on: date, known_at: datetime | None = None) -> Self:
        """Of each audience the newest version that is in force on a day."""
        then = Q(published__in_force_from__lte=on)
        if known_at is not None:
            then &= Q(published__created_at__lte=known_at)
        newer = Agreement.objects.filter(
            then,
            setting=OuterRef("setting"),
            audience=OuterRef("audience"),
            number__gt=OuterRef("number"),
        )
        return self.filter(then).filter(~Exists(newer))

    def to_sign(self) -> Self:
        """Of each audience the newest that was published: it can be signed before its first day."""
        newer = Agreement.objects.filter(
            setting=OuterRef("setting"),
            audience=OuterRef("audience"),
            number__gt=OuterRef("number"),
            published__isnull=False,
        )
        return self.filter(published__isnull=False).filter(~Exists(newer))


class Agreement(SettingRecord):
    """The exact wording of one agreement for one audience. A change is a new version."""

    audience = models.CharField(max_length=12, choices=Audience.choices)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    parts = models.JSONField()
    questions = models.JSONField(default=list)
    change_note = models.CharField(max_length=500, blank=True)
    digest = models.CharField(max_length=64)  # of title and parts: what a signature is bound to
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "audience", "number"], name="one_agreement_of_a_number"
            ),
            NeverChanged(name="agreement_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    @property
    def wording(self) -> Wording:
        return Wording(title=self.title, parts=self.parts, questions=self.questions)

    @property
    def said(self) -> tuple[Part, ...]:
        return self.wording.parts

    @property
    def asked(self) -> tuple[Question, ...]:
        return self.wording.questions

    @property
    def is_published(self) -> bool:
        return hasattr(self, "published")

    @property
    def covered(self) -> frozenset[str]:
        """What its parts make sure was said."""
        return frozenset(one for part in self.parts for one in part.get("covers", ()))


class Published(SettingRecord):
    """Two people put exactly this wording into force: from a day, and how long the one before counts."""

    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="published")
    in_force_from = models.DateField()
    old_counts_until = models.DateField()  # a signature on the version before counts to this day
    published_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    approval = models.OneToOneField(Approval, models.PROTECT, related_name="agreement_published")
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "published"
        constraints = [
            models.CheckConstraint(
                condition=Q(old_counts_until__gte=F("in_force_from")),
                name="old_counts_until_the_new_is_in_force",
            ),
            NeverChanged(name="published_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}, in force from {self.in_force_from}"


class SignatureQuerySet(models.QuerySet["Signature"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.signatures_readable_by(member))

    def newest(self, at: datetime | None = None) -> Self:
        """What each person last answered about each agreement, up to a moment."""
        if at is None:
            return self.filter(followed_by__isnull=True)
        later = Q(followed_by__isnull=True) | Q(followed_by__created_at__gt=at)
        return self.filter(later, created_at__lte=at)

    def with_what_ran_out(self, on: date, known_at: datetime | None = None) -> Self:
        """Each with `has_run_out`: whether the time is over for which it counted beside a newer version."""
        return self.annotate(has_run_out=_ran_out(on, known_at))

    def counting(self, on: date) -> Self:
        """Those that say yes, to a version that counts still on a day."""
        return self.filter(~_ran_out(on), answer=Signature.Answer.ACCEPTED)


def _ran_out(on: date, known_at: datetime | None = None) -> Exists:
    """Of any newer version, not of the newest: a third one opens nothing to whoever ignored the second."""
    newer = Published.objects.filter(
        setting=OuterRef("setting"),
        agreement__audience=OuterRef("audience"),
        agreement__number__gt=OuterRef("number"),
        old_counts_until__lt=on,
    )
    return Exists(newer if known_at is None else newer.filter(created_at__lte=known_at))


class Signature(SettingRecord):
    """What somebody answered to exactly this wording, and how. A later answer is a further row."""

    has_run_out: bool  # put here by `with_what_ran_out`

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class How(models.TextChoices):
        SCREEN = "screen", "On screen"
        PAPER = "paper", "On paper"
        FOR_THEM = "for_them", "Written down for them"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="signatures")
    member = models.ForeignKey(Member, models.PROTECT, related_name="signatures")
    answer = models.CharField(max_length=10, choices=Answer.choices)
    how = models.CharField(max_length=10, choices=How.choices)
    signed_on = models.DateField()
    digest = models.CharField(max_length=64)
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    note = EncryptedTextField(blank=True)
    scan = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")
    # Of the agreement, so that the newest answer is found without it.
    audience = models.CharField(max_length=12, choices=Audience.choices)
    number = models.PositiveIntegerField()
    # The answer before this one. One row follows another, so that two at once cannot both be the newest.
    follows = models.OneToOneField("self", models.PROTECT, null=True, related_name="followed_by")

    objects = SignatureQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["member", "audience"], name="signatures_by_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "member", "audience"],
                condition=Q(follows__isnull=True),
                name="one_first_signature",
            ),
            NeverChanged(name="signature_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.get_answer_display()}"

    @property
    def is_accepted(self) -> bool:
        return self.answer == self.Answer.ACCEPTED


class SpokenForQuerySet(models.QuerySet["SpokenFor"]):
    def standing(self, member: Member, agreement: Agreement) -> Self:
        """With whom a parent has talked over this very version, as far as their yes to it stands."""
        said = Signature.objects.newest().filter(member=member.pk, agreement=agreement)
        yes = said.filter(answer=Signature.Answer.ACCEPTED)
        return self.filter(signature__in=yes).select_related("child")


class SpokenFor(SettingRecord):
    """A child with whom a parent has talked the agreement over: too young to sign themselves."""

    signature = models.ForeignKey(Signature, models.PROTECT, related_name="children")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")

    objects = SpokenForQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "spoken for"
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "signature", "child"], name="a_child_once_in_a_signature"
            ),
            NeverChanged(name="spoken_for_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.child}: {self.signature}"


class Extension(SettingRecord):
    """Somebody who reads cases goes on for a few days without having signed, once for a version."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="extensions")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "agreement", "member"], name="one_extension_of_a_version"
            ),
            NeverChanged(name="extension_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member} until {self.until}"


def digest_of(wording: Wording) -> str:
    """SHA-256 of the title and the parts in their order: what a signature is bound to."""
    said: list[Any] = [wording.title, [[one.heading, one.text] for one in wording.parts]]
    return hashlib.sha256(json.dumps(said, ensure_ascii=True).encode()).hexdigest()
