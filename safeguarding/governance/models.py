"""What people say of duties that no record shows; whom we asked; and which packs were made."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from foundation.constraints import NeverChanged
from foundation.encrypted import EncryptedJSONField, EncryptedTextField
from safeguarding.documents.models import StoredFile
from safeguarding.people.models import Member, SettingRecord

from . import permissions


class OfADuty(models.QuerySet["Attestation"]):
    def readable_by(self, member: Member) -> Self:
        """Who said what, with their words: for those who lead, and for whoever said it."""
        return self.filter(permissions.words_readable_by(member))

    def as_at(self, at: datetime) -> Self:
        """Of each duty of each setting, the row that counted at a moment."""
        newer = self.model._default_manager.filter(
            setting=OuterRef("setting"),
            duty_id=OuterRef("duty_id"),
            created_at__gt=OuterRef("created_at"),
            created_at__lte=at,
        )
        return self.filter(~Exists(newer), created_at__lte=at)


class Attestation(SettingRecord):
    """Somebody's word that a duty is kept, until a day; or that it is not, and what is done about it."""

    duty_id = models.CharField(max_length=40)
    holds = models.BooleanField()
    text = EncryptedTextField()  # how they know, or what is not so
    until = models.DateField()  # the day after which we ask again; or by when it is put right
    do_next = EncryptedTextField(blank=True)
    given_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = OfADuty.as_manager()

    class Meta:
        indexes = [models.Index(fields=["setting", "duty_id", "-created_at"], name="words_by_duty")]
        constraints = [NeverChanged(name="attestation_is_written_once")]

    def __str__(self) -> str:
        return f"word on {self.duty_id}"


class RequestQuerySet(models.QuerySet["WordRequest"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.requests_readable_by(member))


class WordRequest(SettingRecord):
    """Somebody was asked for their word on a duty, by a day. The newest one counts, until there is a word."""

    duty_id = models.CharField(max_length=40)
    asked = models.ForeignKey(Member, models.PROTECT, related_name="+")
    due_on = models.DateField()
    asked_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = RequestQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["setting", "duty_id", "-created_at"], name="requests_by_duty")
        ]
        constraints = [NeverChanged(name="word_request_is_written_once")]

    def __str__(self) -> str:
        return f"word on {self.duty_id} asked for"


class PackQuerySet(models.QuerySet["Pack"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.packs_readable_by(member))


class Pack(SettingRecord):
    """An inspection pack that somebody made: as of which moment, for whom, and exactly which content."""

    class Form(models.TextChoices):
        PDF = "pdf", "PDF, to read and print"
        CSV = "csv", "A table for a spreadsheet"
        JSON = "json", "JSON, for another program"

    as_of = models.DateTimeField()
    form = models.CharField(max_length=4, choices=Form.choices)
    recipient = EncryptedTextField()
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = PackQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["setting", "-created_at"], name="packs_by_day")]
        constraints = [NeverChanged(name="pack_is_written_once")]

    def __str__(self) -> str:
        return f"pack as of {self.as_of:%Y-%m-%d}"


class PackPaper(SettingRecord):
    """The PDF of a pack, while it is made and after. How far it is changes: machine state."""

    LATE = timedelta(minutes=2)

    class Stage(models.TextChoices):
        COUNTED = "counted", "Counted. Waiting to be set on paper"
        SETTING = "setting", "Being set on paper"
        READY = "ready", "Ready"
        STOPPED = "stopped", "It could not be made"

    pack = models.OneToOneField(Pack, models.PROTECT, related_name="paper")
    content = EncryptedJSONField()  # exactly what was counted, as the digest says
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.COUNTED)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.pack} on paper"

    @property
    def is_waiting(self) -> bool:
        return self.stage in {self.Stage.COUNTED, self.Stage.SETTING}

    @property
    def is_late(self) -> bool:
        return self.created_at < timezone.now() - self.LATE

    @property
    def steps(self) -> int:
        """How many of three steps are done: counted, begun, and ready."""
        return 1 + list(self.Stage).index(self.Stage(self.stage))


# isort: split
from safeguarding.governance.plan import models as plan  # noqa: E402, F401  its records are of this app
