"""The rules as they stand in one setting: the law's, and the setting's own where one is allowed."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from foundation.errors import RuleBroken
from foundation.prepared import prepared
from safeguarding.law import library
from safeguarding.law.models import LocalRule
from safeguarding.law.schema import LocalChange, Rule
from safeguarding.law.values import Value

WHY_NOT = {
    "no": "This rule is the same everywhere: a setting cannot change it.",
    "shorter": "A setting may only be stricter here: choose {value} or less.",
    "longer": "A setting may only keep this longer: choose {value} or more.",
}


def rule_for(setting_id: UUID, rule_id: str, on: date) -> Rule:
    """A rule as it stands in a setting on a day. One query. Raises library.NoSuchRule."""
    national = library.rule(rule_id, on)
    if national.local_override == "no":
        return national
    own = _OWN(setting_id, on, rule_id)  # the newest comes last
    return _changed(national, own[-1] if own else None)


def rules_for(setting_id: UUID, on: date) -> dict[str, Rule]:
    """Every rule as it stands in a setting on a day, by id. One query."""
    rows = LocalRule.objects.standing_in(setting_id).begun(on)
    own = {row.rule_id: row for row in rows}  # the newest of each comes last
    return {one.id: _changed(one, own.get(one.id)) for one in library.rules(on)}


def rules_in(settings: Collection[UUID], on: date) -> dict[UUID, dict[str, Rule]]:
    """The same for several settings. One query, however many they are."""
    national = {one.id: one for one in library.rules(on)}
    found: dict[UUID, dict[str, Rule]] = {one: dict(national) for one in settings}
    for row in LocalRule.objects.standing_in(*settings).begun(on):  # the newest of each comes last
        if row.rule_id in national:
            found[row.setting_id][row.rule_id] = _changed(national[row.rule_id], row)
    return found


def refuse_looser(rule: Rule, value: Value) -> None:
    """Stop unless the rule lets a setting have this value. The action that writes one asks this."""
    if not rule.allows(value):
        raise RuleBroken(WHY_NOT[rule.local_override].format(value=rule.value))


def _own_of(setting: UUID, on: date, rule: str) -> QuerySet[LocalRule]:
    return LocalRule.objects.standing_in(setting).begun(on).filter(rule_id=rule)


_OWN = prepared(_own_of)  # asked for every step of a procedure


def _changed(national: Rule, own: LocalRule | None) -> Rule:
    """The setting's value for the national one, unless the law has since become stricter."""
    if own is None or not national.allows(value := Value.parse(own.value)):
        return national
    change = LocalChange(national=national.value, reason=own.reason, since=own.starts)
    return national.model_copy(update={"value": value, "local": change})
