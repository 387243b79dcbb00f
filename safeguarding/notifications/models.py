"""Messages to people, their delivery by mail, and the clocks that run."""

from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.template.loader import render_to_string

from foundation.encrypted import EncryptedTextField
from safeguarding.people.models import Member, RoleHeld, SettingRecord
from safeguarding.people.permissions import has_capability

from .curtain import kept_from

CLOCK_MAY_DIFFER = timedelta(minutes=10)  # between servers
LONGEST_RUNG = timedelta(days=31)  # no ladder lets anybody wait longer before the next one hears


def may_see_undelivered(member: Member) -> bool:
    """Whoever can put a wrong address right. Asks nothing of the database."""
    return has_capability(member, "C12", "M") or member.is_lead


class NotificationQuerySet(models.QuerySet["Notification"]):
    def readable_by(self, member: Member) -> Self:
        """Everyone reads their own messages, but for those about what has come to name them."""
        mine = self.filter(setting=member.setting_id, recipient=member.pk)
        return mine.exclude(kept_from(member)).select_related("setting")

    def unseen(self) -> Self:
        return self.filter(seen_at__isnull=True)


class Notification(SettingRecord):
    """A message to one member. It carries no detail: people sign in and open what it points to."""

    recipient = models.ForeignKey(Member, models.PROTECT, related_name="notifications")
    kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    about_id = models.UUIDField()  # the report or case behind it: what it is hidden with
    path = models.CharField(max_length=200)
    is_urgent = models.BooleanField(default=False)
    seen_at = models.DateTimeField(null=True)  # when its recipient first opened what it is about

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "recipient", "kind", "subject_id"], name="told_once_of_a_thing"
            )
        ]
        indexes = [
            models.Index(fields=["recipient", "-created_at"], name="messages_by_person"),
            models.Index(
                fields=["recipient", "-created_at"],
                condition=Q(seen_at__isnull=True),
                name="messages_unseen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.recipient}"

    @property
    def sentence(self) -> str:
        """What it says to its recipient, once signed in."""
        return render_to_string(f"notifications/{self.kind}.txt").strip()

    @property
    def open_path(self) -> str:
        """Where following it leads, in its own setting: it is noted as seen on the way."""
        return self.setting.link_to("notifications:open", self.pk)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def readable_by(self, member: Member) -> Self:
        """Those who can put a wrong address right see that a mail did not arrive, not what it was about."""
        if not may_see_undelivered(member):
            return self.none()
        return self.not_kept_from(member)

    def not_kept_from(self, member: Member) -> Self:
        """Mails of the setting, but for those about what has come to name the member."""
        here = self.filter(setting=member.setting_id)
        return here.exclude(kept_from(member, "notification__about_id"))

    def given_up(self) -> Self:
        return self.filter(given_up_at__isnull=False)

    def to_be_told_in_person(self, on: date) -> Self:
        """Given up, and whoever it is for is here and has not opened the message otherwise."""
        held = RoleHeld.objects.current(on).filter(member=OuterRef("notification__recipient"))
        return self.given_up().filter(Exists(held), notification__seen_at=None)


class Delivery(SettingRecord):
    """One mail to one address. Machine state: a worker claims it, sends it, tries again, or gives up."""

    notification = models.OneToOneField(Notification, models.CASCADE, related_name="delivery")
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField()
    given_up_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=60, blank=True)  # the kind of error, never its words

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="deliveries_waiting",
            ),
            models.Index(
                fields=["setting", "-given_up_at"],
                condition=Q(given_up_at__isnull=False),
                name="deliveries_given_up",
            ),
        ]

    def __str__(self) -> str:
        return f"mail for {self.notification}"


class ClockQuerySet(models.QuerySet["Clock"]):
    def running(self) -> Self:
        return self.filter(stopped_at__isnull=True)

    def running_at(self, at: datetime) -> Self:
        """Clocks that were running at a moment, now or in the past."""
        not_yet_stopped = Q(stopped_at__isnull=True) | Q(stopped_at__gt=at)
        return self.filter(not_yet_stopped, started_at__lte=at)

    def to_escalate(self, at: datetime) -> Self:
        """Running past the moment at which the next person should hear of it.

        Where that moment was set while the computer's clock stood far ahead, it is now: started later
        than this moment, or told already and the next one later than any ladder waits.
        """
        ahead = Q(rung=0, started_at__gt=at + CLOCK_MAY_DIFFER)
        far = Q(rung__gt=0, escalate_at__gt=at + LONGEST_RUNG)
        running = self.running().filter(escalate_at__isnull=False)
        return running.filter(Q(escalate_at__lte=at) | ahead | far)

    def owned_by(self, member: Member) -> Self:
        """A member's own clocks, but for those of what has come to name them."""
        mine = self.filter(setting=member.setting_id, owner=member.pk)
        return mine.exclude(kept_from(member, "subject_id"))


class Clock(SettingRecord):
    """A due moment, the rule it comes from and the person who owns it. Machine state.

    `subject_kind` names what the clock is about, and with it the ladder of people to tell when it is
    missed; `key` tells apart several clocks of one subject.
    """

    subject_kind = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    key = models.CharField(max_length=130)
    owner = models.ForeignKey(Member, models.PROTECT, related_name="clocks")
    text = EncryptedTextField()
    path = models.CharField(max_length=200)
    rule_id = models.CharField(max_length=60, blank=True)
    rule_text = models.CharField(max_length=600, blank=True)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    overdue_at = models.DateTimeField()  # later than due only for what is due immediately
    stopped_at = models.DateTimeField(null=True)
    # When the next person is told that it was missed; none left to tell: null.
    escalate_at = models.DateTimeField(null=True)
    rung = models.PositiveSmallIntegerField(default=0)

    objects = ClockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "subject_id", "key"],
                condition=Q(stopped_at__isnull=True),
                name="one_running_clock_for_a_thing",
            )
        ]
        indexes = [
            models.Index(
                fields=["escalate_at"], condition=Q(stopped_at__isnull=True), name="clocks_running"
            ),
            models.Index(
                fields=["owner", "due_at"],
                condition=Q(stopped_at__isnull=True),
                name="clocks_by_owner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} due {self.due_at:%Y-%m-%d %H:%M}"

    def is_overdue(self, at: datetime) -> bool:
        return self.stopped_at is None and self.overdue_at <= at

    @property
    def is_immediate(self) -> bool:
        """Due from the moment it began: to be done now, and late only once it is chased."""
        return self.due_at <= self.started_at


from .calendar import models as calendar  # noqa: E402, F401  its records belong to this app as well
