"""The procedures as lists: all of them in groups, and the steps of one."""

from collections.abc import Iterable
from dataclasses import dataclass

from safeguarding.directory.models import Contact

from .adapting import ADDS, SOONER, Adapted
from .drawing import shape_of
from .models import Adaptation
from .schema import Definition, Step
from .wording import WHO, Wording, sentence


@dataclass(frozen=True)
class Group:
    """Some procedures that belong together."""

    title: str
    procedures: tuple[Adapted, ...]


@dataclass(frozen=True)
class Line:
    """One step in words: everything its box on the drawing says, and a little more."""

    number: int
    step: Step
    shape: str
    who: str
    within: str
    need_said: str
    after: str
    recorded: str
    asks: tuple[str, ...]
    agencies: tuple[str, ...]
    is_own: bool
    is_sooner: bool


@dataclass(frozen=True)
class ChangeLine:
    """One change of the setting's own, and whether it still fits."""

    of: Adaptation
    step_text: str
    within: str
    problem: str  # why it is left out of new cases; empty where it fits

    @property
    def is_added(self) -> bool:
        return self.of.kind == ADDS


def changes_listed(ours: Adapted, rows: Iterable[Adaptation]) -> list[ChangeLine]:
    """Every change a setting made to a procedure, ended ones too."""
    problems = {one.change: one.why for one in ours.skipped}
    steps = {step.id: step.do for step in ours.definition.steps}
    return [
        ChangeLine(
            of=row,
            step_text=row.change.get("step", {}).get("do") or steps.get(row.step, row.step),
            within=row.change.get("within") or row.change.get("step", {}).get("within", ""),
            problem=problems.get(row, ""),
        )
        for row in rows
        if row.kind != Adaptation.Kind.ENDS
    ]


def grouped(procedures: Iterable[Adapted]) -> list[Group]:
    """The procedures by what they are about. A group without any is left out."""
    groups: dict[str, list[Adapted]] = {"About a child": [], "Pictures of children": []}
    for one in procedures:
        groups.setdefault(_group(one.base), []).append(one)
    return [Group(title, tuple(found)) for title, found in groups.items() if found]


def _group(definition: Definition) -> str:
    if definition.record_class == "C3":
        return "About an adult who works or helps here"
    return "Pictures of children" if definition.imagery else "About a child"


def listed(ours: Adapted, contacts: Iterable[Contact]) -> list[Line]:
    """Every step of a procedure, in order."""
    wording = Wording(ours.definition, ours.rules)
    names = {one.slug: one.name for one in contacts}
    changed = {(one.kind, one.step) for one in ours.applied}
    return [
        Line(
            number=number,
            step=step,
            shape=shape_of(step),
            who=WHO[step.by],
            within=wording.within(step),
            need_said=sentence(wording.need(step)),
            after=wording.after(step),
            recorded=wording.recorded(step),
            asks=tuple(wording.asked(step)),
            agencies=tuple(names.get(one, one.replace("-", " ").capitalize()) for one in step.to),
            is_own=(ADDS, step.id) in changed,
            is_sooner=(SOONER, step.id) in changed,
        )
        for number, step in enumerate(ours.definition.steps, 1)
    ]
