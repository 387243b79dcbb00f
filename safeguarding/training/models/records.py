"""What was learnt: a training, what it covered, who was there, and who said so."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from foundation.constraints import NeverChanged
from foundation.encrypted import EncryptedTextField
from safeguarding.documents.models import StoredFile
from safeguarding.people.models import Member, SettingRecord
from safeguarding.training import permissions


class TrainingQuerySet(models.QuerySet["Training"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.trainings_readable_by(member)).distinct()


class Training(SettingRecord):
    """Something was learnt on a day: a talk for the whole team, or one person's own course."""

    class How(models.TextChoices):
        TALK = "talk", "A talk or a team meeting here"
        COURSE = "course", "A course"
        ONLINE = "online", "Learning on a screen"
        READING = "reading", "Reading or looking into it by oneself"

    title = models.CharField(max_length=160)
    done_on = models.DateField()
    how = models.CharField(max_length=10, choices=How.choices)
    provider = models.CharField(max_length=160, blank=True)
    until = models.DateField(
        null=True, blank=True
    )  # as the certificate says; never longer than ours
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = TrainingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["setting", "-done_on"], name="trainings_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("done_on")),
                name="training_counts_after_it_was",
            ),
            NeverChanged(name="training_is_written_once"),
        ]

    def __str__(self) -> str:
        return self.title


class TrainingTopic(SettingRecord):
    """A topic that a training was about, with the points of it that were covered."""

    training = models.ForeignKey(Training, models.PROTECT, related_name="topics")
    topic = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)  # as it was called on that day
    points = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "training", "topic"], name="one_topic_once_in_a_training"
            ),
            NeverChanged(name="training_topic_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.training}"


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.attendances_readable_by(member))

    def counting(self, at: datetime) -> Self:
        """Where somebody was there, another person said so, and nobody took it back by a moment."""
        return self.filter(
            Q(corrected__isnull=True) | Q(corrected__created_at__gt=at),
            was_there=True,
            confirmed__created_at__lte=at,
        )

    def with_papers(self) -> Self:
        """With the topics of each and its certificates: two queries more."""
        papers = models.Prefetch("certificates", Certificate.objects.select_related("file"))
        return self.prefetch_related("training__topics", papers)

    def waiting(self) -> Self:
        """Those that nobody has confirmed or taken back yet."""
        return self.filter(was_there=True, confirmed__isnull=True, corrected__isnull=True)

    def learnt(self, who: Q, at: datetime) -> Any:
        """Of these members and each topic, the last day on which it was learnt. One query."""
        rows = self.counting(at).filter(who, training__topics__isnull=False)
        about = {"topic": F("training__topics__topic"), "until": F("training__until")}
        return rows.values("member", **about).annotate(last=models.Max("training__done_on"))


class Attendance(SettingRecord):
    """Somebody was at a training, or was meant to be and was not."""

    training = models.ForeignKey(Training, models.PROTECT, related_name="attendances")
    member = models.ForeignKey(Member, models.PROTECT, related_name="trainings")
    was_there = models.BooleanField(default=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "training", "member"], name="once_on_the_list_of_a_training"
            ),
            NeverChanged(name="attendance_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.training}"

    @property
    def state(self) -> str:
        """Taken back, absent, waiting or confirmed: how a list shows it."""
        if hasattr(self, "corrected"):
            return "taken back"
        if not self.was_there:
            return "absent"
        return "confirmed" if hasattr(self, "confirmed") else "waiting"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(attendance__in=Attendance.objects.readable_by(member))

    def there(self) -> Self:
        """Those that can be opened still: nobody took them back as the wrong file."""
        return self.filter(file__destroyed_at=None)


class Certificate(SettingRecord):
    """The paper somebody got for it, as a file."""

    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="certificates")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    added_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints = [NeverChanged(name="certificate_is_written_once")]

    def __str__(self) -> str:
        return f"{self.attendance}, certificate"


class AttendanceConfirmed(SettingRecord):
    """Somebody else said that it is true. Nobody says so of their own."""

    attendance = models.OneToOneField(Attendance, models.PROTECT, related_name="confirmed")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")  # whose it is
    confirmed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(member=F("confirmed_by")), name="nobody_confirms_their_own_training"
            ),
            NeverChanged(name="attendance_confirmed_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.attendance}, confirmed"


class AttendanceCorrected(SettingRecord):
    """It was written down in error. It stays to be seen, and counts no more."""

    attendance = models.OneToOneField(Attendance, models.PROTECT, related_name="corrected")
    corrected_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    reason = EncryptedTextField()

    class Meta:
        constraints = [NeverChanged(name="attendance_corrected_is_written_once")]

    def __str__(self) -> str:
        return f"{self.attendance}, taken back"
