"""The ground every record stands on. No safeguarding word belongs in this package."""

import uuid
from datetime import datetime

from django.db import models
from django.utils import timezone


def now() -> datetime:
    """The moment a record is written. A function of ours, so that it asks for the time when called."""
    return timezone.now()


class Record(models.Model):
    """Anything we keep: an id nobody can guess, and when it was written down."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        abstract = True
