"""What is to change after a case: who does it, by when, and what came of it."""

from datetime import datetime
from typing import Self

from django.db import models

from foundation.encrypted import EncryptedTextField
from foundation.keyrings import KeyedQuerySet
from safeguarding.concerns import permissions
from safeguarding.people.models import Member, SettingRecord

from .entries import Entry


class ReviewActionQuerySet(KeyedQuerySet["ReviewAction"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.actions_readable_by(member)).read_with(member.keyring)


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
