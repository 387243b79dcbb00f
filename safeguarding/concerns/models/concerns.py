"""A concern: what one person reported, frozen as they sent it."""

from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Case as Step
from django.db.models import Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf

from foundation.encrypted import EncryptedTextField
from foundation.in_turn import InTurn
from foundation.likeness import LikenessField
from safeguarding.concerns import body, kinds, permissions
from safeguarding.people.models import Member, SettingRecord

from ._sealing import OfSealable, Sealable, SealableQuerySet


class ConcernQuerySet(SealableQuerySet["Concern"]):
    def readable_by(self, member: Member) -> Self:
        """Concerns whose words this member may read."""
        rows = self.filter(permissions.concerns_readable_by(member))
        return rows.read_with(member.keyring)

    def sent_by(self, member: Member) -> Self:
        """The member's own reports, for their receipts: how far each has come, not what it says."""
        return self.filter(setting=member.setting_id, reported_by=member.pk)

    def to_be_shown(self) -> Self:
        """With all that the page of a report says beside its people and additions."""
        from .marks import marks_beside
        from .outcomes import TakenOut

        left = TakenOut.objects.filter(concern=OuterRef("pk")).order_by("-created_at")
        name = NullIf("taken_out_by__name", Value(""))
        who = Coalesce(name, "taken_out_by__user__email", output_field=models.CharField())
        with_setting = self.select_related("setting", "reported_by__user", "gathered__case")
        with_all = with_setting.select_related("not_taken_forward__decided_by__user")
        return with_all.with_copies().annotate(
            has_additions=Exists(Addendum.objects.filter(concern=OuterRef("pk"))),
            left_at=Subquery(left.values("created_at")[:1]),
            left_by=Subquery(left.values_list(who)[:1]),
            marks_text=marks_beside(),
        )

    def naming(self, member: Member) -> Self:
        """Concerns that name the member or theirs, themselves or through the case they are part of."""
        return self.filter(permissions.shutting_out(member))

    def waiting(self) -> Self:
        """Not yet taken into a case, nor put aside with a reason."""
        return self.filter(undecided__isnull=False)

    def waiting_at(self, setting: UUID) -> Self:
        """The same of one setting, oldest first, begun with what waits: that is little, whatever was decided.

        By the moment that stands beside it: by its own, SQLite would walk through all that was ever sent.
        """
        return self.filter(undecided__setting=setting).order_by("undecided__created_at")

    def in_one_line(self) -> Self:
        """What a list says of each, and who sent it; not its words."""
        said = ("setting", "created_at", "record_class", "kind", "in_danger_now", "may_be_abuse")
        sender = ("told_as", "reported_by__name", "reported_by__user__email")
        return self.select_related("reported_by__user").only(*said, *sender)

    def with_progress(self) -> Self:
        """With how far each has come, as `progress` says it."""
        from .outcomes import Gathered, NotTakenForward

        of_it = OuterRef("pk")
        taken = InTurn(Gathered.objects.filter(concern=of_it))
        settled = Q(taken) | Q(InTurn(NotTakenForward.objects.filter(concern=of_it)))
        read = Q(InTurn(Reading.objects.filter(concern=of_it)))
        steps = (When(settled, then=Value("acted on")), When(read, then=Value("read")))
        return self.annotate(known_progress=Step(*steps, default=Value("received")))


class Concern(Sealable, SettingRecord):
    """One person's report, in their own words. Never edited: corrections are additions."""

    class RiskArea(models.TextChoices):
        CONTENT = "content", "Content: something seen, read or heard online"
        CONTACT = "contact", "Contact: someone making contact through the internet or a device"
        CONDUCT = "conduct", "Conduct: how someone behaved online"
        COMMERCE = "commerce", "Commerce: money, gambling, scams or adverts"
        UNSURE = "unsure", "I am not sure"

    class Told(models.TextChoices):
        YES = "yes", "Yes, I have told them myself"
        NOT_YET = "not_yet", "Not yet, I will now"
        CANNOT = "cannot", "I cannot reach them"

    class ToldAs(models.TextChoices):
        """What somebody without an account said they are."""

        PARENT = "parent", "A parent or carer"
        VISITOR = "visitor", "A visitor"
        STAFF = "staff", "Somebody who works or helps here"
        CHILD = "child", "A child"
        OTHER = "other", "Somebody who did not say"

    BOXES = {
        "who": "Who it is about, in the reporter’s words",
        "saw": "What was seen",
        "heard": "What was heard, word for word",
        "asked": "What was asked",
        "did": "What was done",
        "think": "What the reporter thinks",
    }

    FACTS = "code kind risk_area in_danger_now told_lead happened_on happened_time place web_address device"
    committed: ClassVar[tuple[str, ...]] = (*BOXES, *FACTS.split())
    FROM_OUTSIDE = {"saw": "What happened, in the reporter’s words"}

    has_additions: bool  # known after `to_be_shown`
    left_at: datetime | None  # when it was last taken out of a case, and by whom
    left_by: str | None
    known_progress = ""  # known after `with_progress`
    marks_text: str | None

    code = models.CharField(max_length=12)  # what the receipt shows
    key = models.UUIDField()  # made by the form, so that sending twice stores once
    fingerprint = models.CharField(max_length=64)
    # A member, or nobody we know: then `told_as` says what they told us of themselves.
    reported_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="reports")
    told_as = models.CharField(max_length=10, choices=ToldAs.choices, blank=True)
    may_be_abuse = models.BooleanField(default=False)  # of the public form; never refused for it
    record_class = models.CharField(max_length=3)
    kind = models.CharField(max_length=60)
    risk_area = models.CharField(max_length=10, choices=RiskArea.choices)
    in_danger_now = models.BooleanField()
    told_lead = models.CharField(max_length=10, choices=Told.choices, blank=True)
    happened_on = models.DateField(null=True)  # the public form asks for it in words, as the place
    happened_time = models.TimeField(null=True)
    place = EncryptedTextField(blank=True)
    who = EncryptedTextField(blank=True)
    saw = EncryptedTextField(blank=True)
    heard = EncryptedTextField(blank=True)
    asked = EncryptedTextField(blank=True)
    did = EncryptedTextField(blank=True)
    think = EncryptedTextField(blank=True)
    web_address = EncryptedTextField(blank=True)
    device = EncryptedTextField(blank=True)
    place_like = LikenessField(of="place")
    web_address_like = LikenessField(of="web_address")
    device_like = LikenessField(of="device")

    objects = ConcernQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["setting", "key"], name="sent_twice_stored_once"),
            models.UniqueConstraint(fields=["setting", "code"], name="one_report_for_a_receipt"),
            models.CheckConstraint(
                condition=~Q(saw="", heard="", asked="", did="", think=""), name="concern_has_words"
            ),
            models.CheckConstraint(
                condition=Q(reported_by__isnull=False) ^ ~Q(told_as=""),
                name="concern_has_one_source",
            ),
            models.CheckConstraint(
                condition=Q(reported_by__isnull=True)
                | (Q(happened_on__isnull=False, may_be_abuse=False) & ~Q(told_lead="")),
                name="only_the_public_form_asks_less",
            ),
        ]
        indexes = [
            models.Index(fields=["setting", "-created_at"], name="concerns_by_time"),
            models.Index(fields=["reported_by", "-created_at"], name="concerns_by_reporter"),
            *(
                models.Index(fields=["setting", box], name=f"by_{box}", condition=~Q(**{box: ""}))
                for box in ("place_like", "device_like", "web_address_like")
            ),
        ]

    def __str__(self) -> str:
        return f"Report {self.code}"

    def get_absolute_url(self) -> str:
        """Where the report is read."""
        return self.setting.link_to("concerns:concern", self.pk)

    @property
    def reporter(self) -> str:
        """Whoever wrote it, or what they said they are."""
        if self.reported_by is not None:
            return str(self.reported_by)
        return f"{self.get_told_as_display()}, through the public form"

    @property
    def progress(self) -> str:
        """What its reporter sees: received, read or acted on. One query, or none after `with_progress`."""
        known = self.known_progress
        return known or Concern.objects.with_progress().only("pk").get(pk=self.pk).known_progress

    @property
    def boxes(self) -> list[dict[str, str]]:
        """The boxes that hold words, in the order of the form, each under its heading."""
        headings = self.BOXES | (self.FROM_OUTSIDE if self.told_as else {})
        return [
            {"kind": name, "heading": heading, "words": getattr(self, name)}
            for name, heading in headings.items()
            if getattr(self, name)
        ]

    @property
    def figure(self) -> list[body.Side]:
        """Its marks on the body, ready to be drawn."""
        return body.figure(self.marks.all())

    @property
    def kind_in_words(self) -> str:
        """What the reporter chose, in the words they saw."""
        return kinds.in_words(self.kind)

    @property
    def is_in_a_case(self) -> bool:
        return hasattr(self, "gathered")

    @property
    def is_waiting(self) -> bool:
        return not (self.is_in_a_case or hasattr(self, "not_taken_forward"))


class Recipient(SettingRecord):
    """Someone who was told of a concern, and why: this is who may read it before it is a case."""

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="recipients")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    why = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "concern", "member"], name="one_recipient_row_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.why}"


class Reading(SettingRecord):
    """The first time someone read a concern."""

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="readings")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "concern", "member"], name="first_reading_of_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.concern} read by {self.member}"


class Addendum(OfSealable, SettingRecord):
    """Something added afterwards. Nobody's name on it: the reporter without an account added it."""

    ON = ("concern",)
    committed: ClassVar[tuple[str, ...]] = ("text",)

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="addenda")
    added_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    text = EncryptedTextField()
    fingerprint = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "addenda"
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "concern", "fingerprint"], name="added_twice_stored_once"
            )
        ]

    @property
    def writer(self) -> str:
        """Whoever added it; without an account, whoever reported it."""
        return str(self.added_by) if self.added_by else self.concern.reporter

    def __str__(self) -> str:
        return f"addition to {self.concern}"
