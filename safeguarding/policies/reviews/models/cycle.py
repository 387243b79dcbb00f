"""Reviews of policies. Each thing that happens in one is a row of its own, written once."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from foundation.constraints import NeverChanged
from foundation.encrypted import EncryptedTextField
from safeguarding.people.models import Member, SettingRecord
from safeguarding.policies.models import Policy, PolicyVersion
from safeguarding.policies.reviews import permissions


class Why(models.TextChoices):
    """Why a policy is looked at again."""

    YEARLY = "yearly", "It is due"
    GUIDANCE = "guidance", "Guidance or local procedures changed"
    CONCERN = "concern", "A concern showed something"
    TECHNICAL = "technical", "Devices, filters or systems changed"
    INCIDENT = "incident", "Something went wrong"
    OTHER = "other", "Another reason"


class KnownReview(SettingRecord):
    """When a policy was last reviewed before Hedgerow knew of it, and how that is known."""

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="known_reviews")
    reviewed_on = models.DateField()
    source = models.CharField(max_length=300)
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        constraints = [NeverChanged(name="known_review_is_written_once")]

    def __str__(self) -> str:
        return f"{self.policy}, reviewed {self.reviewed_on}"


class TechnicalChange(SettingRecord):
    """Something technical changed here: what, since when. It prompts a look at the policies it touches."""

    class Kind(models.TextChoices):
        FILTER = "filter", "The filter, or how use is watched over"
        DEVICES = "devices", "Tablets, computers, cameras or telephones"
        ACCOUNTS = "accounts", "Accounts, passwords, or who may use what"
        SERVICES = "services", "An app, a website, or where pictures are kept"
        NETWORK = "network", "The internet connection or the wireless network"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    changed_on = models.DateField()
    text = EncryptedTextField()
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        constraints = [NeverChanged(name="technical_change_is_written_once")]

    def __str__(self) -> str:
        return self.get_kind_display()


class ReviewRequestQuerySet(models.QuerySet["ReviewRequest"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.requests_readable_by(member))

    def waiting(self) -> Self:
        """Asked for, and not decided."""
        return self.filter(decision__isnull=True)

    def listed(self) -> Self:
        """The newest first, with what a list shows."""
        rows = self.select_related("asked_by__user", "setting", "decision__decided_by__user")
        rows = rows.select_related("decision__review", "policy", "change__written_by__user")
        return rows.order_by("-created_at")


class ReviewRequest(SettingRecord):
    """Somebody thinks, or something shows, that a policy should be looked at. Leadership decides.

    It names no case. One that a case prompted is close: only those who may know of its ground see it.
    """

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="review_requests")
    why = models.CharField(max_length=10, choices=Why.choices)
    reason = EncryptedTextField(blank=True)
    title = ""  # of the policy, where a page has looked it up
    asked_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    prompt = models.CharField(max_length=80, blank=True)  # what shows it, where nobody asked
    change = models.ForeignKey(TechnicalChange, models.PROTECT, null=True, related_name="prompted")
    is_close = models.BooleanField(default=False)

    objects = ReviewRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "policy", "prompt"],
                condition=~Q(prompt=""),
                name="a_policy_is_prompted_once",
            ),
            models.CheckConstraint(
                condition=Q(asked_by__isnull=False, prompt="", is_close=False)
                | (Q(asked_by__isnull=True) & ~Q(prompt="")),
                name="somebody_asks_or_something_prompts",
            ),
            NeverChanged(name="review_request_is_written_once"),
        ]
        indexes = [models.Index(fields=["setting", "-created_at"], name="review_requests_by_time")]

    def __str__(self) -> str:
        return f"request to review {self.policy}"


class ReviewQuerySet(models.QuerySet["Review"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.revoices_readable_by(member))

    def open(self) -> Self:
        return self.filter(outcome__isnull=True)

    def ended(self) -> Self:
        return self.filter(outcome__isnull=False)

    def listed(self) -> Self:
        """The newest first, with what a list shows."""
        rows = self.select_related("policy", "version", "opened_by__user", "setting")
        rows = rows.select_related("outcome__version", "outcome__recorded_by__user")
        return rows.order_by("-created_at")


class Review(SettingRecord):
    """One look at a policy, from the day it was opened until its outcome is on record."""

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="reviews")
    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+")  # as it was read
    why = models.CharField(max_length=10, choices=Why.choices)
    opened_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    input_until = models.DateField()  # the last day we ask for views
    due_on = models.DateField()

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("input_until")), name="views_before_the_outcome"
            ),
            NeverChanged(name="review_is_written_once"),
        ]
        indexes = [models.Index(fields=["setting", "-created_at"], name="reviews_by_time")]

    def __str__(self) -> str:
        return f"review of {self.version.title}"

    @property
    def is_open(self) -> bool:
        return not hasattr(self, "outcome")

    def get_absolute_url(self) -> str:
        return self.setting.link_to("policies:review", self.pk)


class RequestDecision(SettingRecord):
    """What leadership decided about a request: a review, or none and why."""

    request = models.OneToOneField(ReviewRequest, models.PROTECT, related_name="decision")
    review = models.ForeignKey(Review, models.PROTECT, null=True, related_name="requests_decided")
    reason = EncryptedTextField(blank=True)
    decided_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        constraints = [NeverChanged(name="request_decision_is_written_once")]

    def __str__(self) -> str:
        return f"{self.request}, decided"


class ReviewTaskQuerySet(models.QuerySet["ReviewTask"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(review__in=Review.objects.readable_by(member))

    def listed(self) -> Self:
        """With what a list shows."""
        return self.select_related("owner__user", "done__done_by__user", "review__outcome")


class ReviewTask(SettingRecord):
    """One thing to do in a review, whose it was at first, and by when."""

    class Kind(models.TextChoices):
        READ = "read", "Read the policy clause by clause"
        CONTACTS = "contacts", "Check every contact and link in it"
        GUIDANCE = "guidance", "Check each guidance document it names"
        TECHNICAL = "technical", "Ask for the technical view"
        STAFF = "staff", "Hear everyone who works here"
        PARENTS = "parents", "Hear parents and carers"
        CHILDREN = "children", "Hear the children, at their own level"
        DECIDE = "decide", "Write the new version, or settle that nothing changes"
        PROPOSE = "propose", "Propose it to the committee"

    review = models.ForeignKey(Review, models.PROTECT, related_name="tasks")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    owner = models.ForeignKey(Member, models.PROTECT, related_name="+")
    due_on = models.DateField()

    objects = ReviewTaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "review", "kind"], name="one_task_of_a_kind"
            ),
            NeverChanged(name="review_task_is_written_once"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def key(self) -> str:
        """Under which its clock runs."""
        return f"task/{self.kind}"


class ReviewTaskDone(SettingRecord):
    """A task was done, or left out with a reason."""

    task = models.OneToOneField(ReviewTask, models.PROTECT, related_name="done")
    left_out = models.BooleanField(default=False)
    note = EncryptedTextField(blank=True)
    done_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "review tasks done"
        constraints = [NeverChanged(name="review_task_done_is_written_once")]

    def __str__(self) -> str:
        return f"{self.task}, done"


class ReviewOutcome(SettingRecord):
    """How a review ended: what was considered, what follows, and when the policy is looked at next."""

    class Kind(models.TextChoices):
        NO_CHANGE = "no_change", "Nothing changes"
        NEW_VERSION = "new_version", "A new version was adopted"
        WITHDRAWN = "withdrawn", "The policy is withdrawn"

    review = models.OneToOneField(Review, models.PROTECT, related_name="outcome")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    version = models.ForeignKey(PolicyVersion, models.PROTECT, null=True, related_name="+")
    considered = EncryptedTextField()
    took_part = models.CharField(max_length=300)  # how many of whom, never a name
    decided_on = models.DateField()
    next_review_on: "models.DateField[date | None, date | None]" = models.DateField(null=True)
    recorded_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="new_version", version__isnull=False)
                | (~Q(kind="new_version") & Q(version__isnull=True)),
                name="a_new_version_is_named",
            ),
            models.CheckConstraint(
                condition=Q(kind="withdrawn", next_review_on__isnull=True)
                | (~Q(kind="withdrawn") & Q(next_review_on__isnull=False)),
                name="what_stays_is_reviewed_again",
            ),
            NeverChanged(name="review_outcome_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.review}, {self.get_kind_display()}"
