"""The procedures as one setting follows them: those that come with Hedgerow, with its own changes."""

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from safeguarding.law.local import rules_for

from .adapting import Adapted, Rules, adapt
from .library import definitions
from .models import Adaptation
from .schema import Definition


def adapted(definition: Definition, setting_id: UUID) -> Adapted:
    """One procedure with the changes that stand in a setting. Two queries."""
    rows = Adaptation.objects.filter(setting=setting_id, definition_id=definition.id).standing()
    return adapt(definition, rows, rules_of(setting_id))


def all_adapted(setting_id: UUID) -> list[Adapted]:
    """Every procedure of a setting, by title. Two queries, however many there are."""
    rows = list(Adaptation.objects.filter(setting=setting_id).standing())
    rules = rules_of(setting_id)
    found = [adapt(one, _of(one, rows), rules) for one in definitions().values()]
    return sorted(found, key=lambda one: one.base.title)


def rules_of(setting_id: UUID) -> Rules:
    """The rules as they stand in a setting today."""
    return rules_for(setting_id, timezone.localdate())


def _of(definition: Definition, rows: Iterable[Adaptation]) -> list[Adaptation]:
    return [row for row in rows if row.definition_id == definition.id]
