"""A setting's own changes to a procedure: steps added, deadlines made earlier, and nothing else.

What comes with Hedgerow stays whole: no step is removed or replaced, nothing waits for what it did
not wait for, no deadline grows. The result passes the same strict schema as a file.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from pydantic import ValidationError

from foundation.errors import RuleBroken
from safeguarding.law.calendar import LONDON, due
from safeguarding.law.schema import Rule as DatedRule
from safeguarding.law.values import Value

from .schema import Definition, Rule, Step, Time

Rules = Mapping[str, DatedRule]
OWN = "ours-"  # how the id of an added step begins; no definition of Hedgerow's has such a step
ADDS, SOONER = "adds", "sooner"
# What an added step may record: what needs no questions, no gate and no other screen of its own.
RECORDS = (
    *("note", "decision", "referral", "advice", "parents_informed", "support"),
    *("risk_assessment", "custody"),
)
# What may be said of an added step. No duties: it shows nothing of what a policy asks for.
SAID = {"id", "do", "why", "by", "need", "within", "records", "to", "after"}
DOERS = ("anyone", "lead", "manager", "leadership")
TO_AGENCIES = {"referral", "advice"}
# A Monday morning, a Friday afternoon before a bank holiday, a Saturday, the end of January.
MOMENTS = (
    datetime(2026, 3, 2, 9, 0, tzinfo=LONDON),
    datetime(2026, 4, 30, 16, 0, tzinfo=LONDON),
    datetime(2026, 6, 13, 10, 0, tzinfo=LONDON),
    datetime(2027, 1, 31, 12, 0, tzinfo=LONDON),
)
NO_SUCH_STEP = "This procedure has no step “{}”. Nothing was changed."
KEEPS_ITS_STEPS = (
    "A setting cannot leave out or replace “{}”: it came with the procedure. Whoever leads a case "
    "decides on it there, each time, with a reason. Nothing was changed."
)
A_MUST_STAYS = (
    "“{}” is a must. A setting cannot remove it, soften it or put another step in its place. "
    "Nothing was changed."
)


class Change(Protocol):
    """A row that says how a setting changed a procedure."""

    @property
    def kind(self) -> str: ...
    @property
    def step(self) -> str: ...
    @property
    def change(self) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Skipped:
    """A change that no longer fits what came with a newer Hedgerow, and why."""

    change: Change
    why: str


@dataclass(frozen=True)
class Adapted:
    """A procedure as one setting follows it: what was changed, and what no longer could be."""

    base: Definition
    definition: Definition
    applied: tuple[Change, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    rules: Rules = field(default_factory=dict)

    @property
    def own_steps(self) -> frozenset[str]:
        return frozenset(one.step for one in self.applied if one.kind == ADDS)

    @property
    def version(self) -> str:
        """Such as "3, with 2 additions of this setting"."""
        return version_words(self.base.version, [one.kind for one in self.applied])


def adapt(base: Definition, changes: Iterable[Change], rules: Rules) -> Adapted:
    """Make the changes one after the other. One that does not fit is skipped, never a reason to stop."""
    definition, applied, skipped = base, [], []
    for one in changes:
        try:
            definition = changed(definition, one.kind, one.step, one.change, rules)
            applied.append(one)
        except RuleBroken as broken:
            skipped.append(Skipped(one, str(broken)))
    return Adapted(base, definition, tuple(applied), tuple(skipped), rules)


def changed(
    definition: Definition, kind: str, step: str, change: Mapping[str, Any], rules: Rules
) -> Definition:
    """The definition after one change. Raises RuleBroken, saying why, where it may not be made."""
    if kind == ADDS:
        proposed = _with_step(definition, change["step"], change["place"])
    else:
        proposed = _with_deadline(definition, step, change["within"], rules)
    refuse_looser(definition, proposed, rules)
    return proposed


def refuse_looser(base: Definition, proposed: Definition, rules: Rules) -> None:
    """Stop unless everything of the base is still there, as strict as it was and in its order."""
    steps = proposed.by_id
    for step in base.steps:
        now = steps.get(step.id)
        if now is None or now.model_copy(update={"within": step.within}) != step:
            why = A_MUST_STAYS if step.need == "must" else KEEPS_ITS_STEPS
            raise RuleBroken(why.format(step.do))
        if now.within != step.within:
            refuse_later(now, step, rules)
    kept = [step.id for step in proposed.steps if step.id in base.by_id]
    rest = {"steps", "questions"}
    if kept != [step.id for step in base.steps] or _without(proposed, rest) != _without(base, rest):
        raise RuleBroken("Only steps and deadlines can be changed here. Nothing was changed.")
    if proposed.questions != base.questions:
        raise RuleBroken("The questions of a procedure stay as they are. Nothing was changed.")


def refuse_later(now: Step, before: Step, rules: Rules) -> None:
    """Stop unless a deadline is earlier than the one before, from whichever moment it is counted."""
    new, old = length(now, rules), length(before, rules)
    if new is None:
        raise RuleBroken("A deadline cannot be taken away. Choose an earlier one.")
    if old is not None and not is_earlier(new, old):
        raise RuleBroken(
            f"“{new}” is not always earlier than “{old}”, the deadline of this step now. A setting "
            "can only make a deadline earlier. Nothing was changed."
        )


def is_earlier(new: Value, old: Value) -> bool:
    """Whether it is never due later, whatever the calendar says, and at some moments earlier."""
    return new.is_within(old) and any(due(new, start) < due(old, start) for start in MOMENTS)


def length(step: Step, rules: Rules) -> Value | None:
    """How long a step may take: by itself, or by its rule as it stands in this setting."""
    if isinstance(step.within, Rule):
        rule = rules.get(step.within.rule)
        return rule.value if rule else None
    span = step.within.time if isinstance(step.within, Time) else step.within
    return None if span is None else Value.parse(span)


def refuse_unknown_agencies(step: Mapping[str, Any], agencies: Collection[str]) -> None:
    """Stop if a step names somebody who is not in the directory."""
    if unknown := set(step.get("to", ())) - set(agencies):
        names = ", ".join(sorted(unknown))
        raise RuleBroken(f"The directory knows no {names}. Add it to “Who to call” first.")


def version_words(version: int, kinds: Collection[str]) -> str:
    """A version with what a setting changed in it."""
    said = [
        _counted(list(kinds).count(ADDS), "addition"),
        _counted(list(kinds).count(SOONER), "earlier deadline"),
    ]
    own = " and ".join(filter(None, said))
    return f"{version}, with {own} of this setting" if own else str(version)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}" if number else ""


def _with_step(definition: Definition, given: Mapping[str, Any], place: str) -> Definition:
    """The definition with one more step, right after another."""
    _refuse_what_no_setting_adds(definition, given, place)
    steps = definition.model_dump(mode="json")["steps"]
    at = [step["id"] for step in steps].index(place) + 1
    return _read(definition, [*steps[:at], dict(given), *steps[at:]])


def _refuse_what_no_setting_adds(
    definition: Definition, given: Mapping[str, Any], place: str
) -> None:
    taken = definition.by_id.get(str(given.get("id")))
    if taken is not None:
        raise RuleBroken(
            A_MUST_STAYS.format(taken.do)
            if taken.need == "must"
            else f"A step “{taken.id}” is already there. Nothing was changed."
        )
    if place not in definition.by_id:
        raise RuleBroken(NO_SUCH_STEP.format(place))
    if place == definition.steps[-1].id:
        raise RuleBroken("The review comes last: nothing is added after it. Nothing was changed.")
    _refuse_kind(given)
    _refuse_waiting_for_ever(definition, given)


def _refuse_waiting_for_ever(definition: Definition, given: Mapping[str, Any]) -> None:
    """Stop if it hangs on a question that a case may never ask: such a case could not be closed."""
    need = given.get("need")
    when = need.get("when", ()) if isinstance(need, Mapping) else ()
    known = {question.id for question in definition.questions}
    if set(when) & known - definition.surely_asked:
        raise RuleBroken(
            "That question is not asked in every case, and a case where nobody asks it could never be "
            "closed. Choose another question. Nothing was changed."
        )


def _refuse_kind(given: Mapping[str, Any]) -> None:
    if not str(given.get("id")).startswith(OWN):
        raise RuleBroken(f"The name of a step of your own begins with “{OWN}”.")
    if unknown := set(given) - SAID:
        raise RuleBroken(f"A step of your own has no {', '.join(sorted(unknown))}.")
    if given.get("records") not in RECORDS:
        raise RuleBroken("A step of your own cannot record that. Choose another kind of record.")
    if given.get("by") not in DOERS:
        raise RuleBroken(
            f"“{given.get('by')}” is nobody who can be asked to do a step of your own. Choose "
            "whoever was there, the lead, the manager or the leadership team."
        )
    if given.get("to") and given.get("records") not in TO_AGENCIES:
        raise RuleBroken("Only a referral or advice names an agency.")


def _with_deadline(definition: Definition, step: str, within: str, rules: Rules) -> Definition:
    """The definition with an earlier deadline for one step."""
    if step not in definition.by_id:
        raise RuleBroken(NO_SUCH_STEP.format(step))
    steps = definition.model_dump(mode="json")["steps"]
    before = definition.by_id[step]
    # It counts from the same moment as before: only the time becomes shorter.
    since = next(iter(before.counts_from), None)
    new = {"time": within, "since": since} if since and within else within
    proposed = _read(
        definition, [{**one, "within": new} if one["id"] == step else one for one in steps]
    )
    refuse_later(proposed.by_id[step], before, rules)
    return proposed


def _read(definition: Definition, steps: list[dict[str, Any]]) -> Definition:
    """Through the same strict schema as a file."""
    try:
        return Definition.model_validate({**definition.model_dump(mode="json"), "steps": steps})
    except ValidationError as error:
        said = error.errors()[0]
        named = [part for part in said["loc"] if part in Step.model_fields]
        where = f" at “{named[-1]}”" if named else ""
        what = said["msg"].removeprefix("Value error, ")
        raise RuleBroken(f"That does not fit{where}: {what}. Nothing was changed.") from error


def _without(definition: Definition, names: set[str]) -> dict[str, Any]:
    return definition.model_dump(mode="json", exclude=names)


def refuse_leaving_out(definition: Definition, step_id: str, rules: Rules) -> None:
    """Say why a step of the procedure cannot be left out by a setting, for all its cases at once."""
    left = [one for one in definition.steps if one.id != step_id]
    refuse_looser(definition, definition.model_copy(update={"steps": tuple(left)}), rules)
    raise RuleBroken(NO_SUCH_STEP.format(step_id))
