"""What a setting put in place of a rule's own value."""

from django.db import models

from foundation.models import Record


class LocalRule(Record):
    """A setting's own value for a rule, from a day on. A later one takes its place; none is edited.

    The value is written as in the rule files: "24 hours". It names the setting by id, since this
    part of the house knows nothing of settings.
    """

    setting_id = models.UUIDField()
    rule_id = models.CharField(max_length=60)
    value = models.CharField(max_length=40)
    reason = models.CharField(max_length=500)
    starts = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["setting_id", "rule_id", "-starts"], name="local_rules")]

    def __str__(self) -> str:
        return f"{self.rule_id}: {self.value}"
