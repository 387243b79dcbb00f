"""What is to change after a case: who does it, by when, and what came of it."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists

from foundation.encrypted import EncryptedTextField
from foundation.keyrings import KeyedQuerySet
from safeguarding.concerns import permissions
from safeguarding.people.models import Member, SettingRecord

from .entries import Entry, said_in_error


class ReviewActionQuerySet(KeyedQuerySet["ReviewAction"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.actions_readable_by(member)).read_with(member.keyring)

    def to_be_shown(self) -> Self:
        """With who does it, what came of it, and whether what asked for it was recorded in error."""
        rows = self.select_related("owner__user", "done__done_by__user", "entry__case")
        return rows.annotate(is_asked_no_more=Exists(said_in_error("entry")))


class ReviewAction(SettingRecord):
    """Something to change after a case: what, who does it, by when."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="actions")
    text = EncryptedTextField()
    owner = models.ForeignKey(Member, models.PROTECT, related_name="review_actions")
    due_on = models.DateField()

    objects = ReviewActionQuerySet.as_manager()

    def __str__(self) -> str:
        return self.text

    def is_overdue(self, at: datetime) -> bool:
        return not hasattr(self, "done") and self.due_on < at.date()


class ActionDone(SettingRecord):
    """A review action was done, and what came of it."""

    action = models.OneToOneField(ReviewAction, models.PROTECT, related_name="done")
    done_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    note = EncryptedTextField()

    class Meta:
        verbose_name_plural = "actions done"

    def __str__(self) -> str:
        return f"done: {self.action}"
