"""The procedures as lists: all of them in groups, and the steps of one."""

from collections.abc import Iterable
from dataclasses import dataclass

from safeguarding.directory.models import Contact

from .adapting import ADDS, SOONER, Adapted
from .drawing import shape_of
from .library import definitions
from .models import Adaptation
from .schema import Definition, Step
from .wording import WHO, Wording, sentence

GROUPS = {
    "child": "A child and the internet",
    "picture": "Sexual pictures of children",
    "screen": "Something on a screen of ours",
    "message": "Messages and posts",
    "device": "A phone or another device",
    "us": "Our own information and contacts",
    "adult": "An adult who works or helps here",
}


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
    outcomes: tuple[str, ...]
    begins: tuple[str, ...]
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
    groups: dict[str, list[Adapted]] = {title: [] for title in GROUPS.values()}
    for one in procedures:
        groups[GROUPS[_group(one.base)]].append(one)
    return [Group(title, tuple(found)) for title, found in groups.items() if found]


def _group(definition: Definition) -> str:
    """Its own group, where it names one; otherwise by how closely its cases are guarded."""
    if named := getattr(definition, "group", ""):
        return str(named)
    if definition.record_class == "C3":
        return "adult"
    return "picture" if definition.imagery else "child"


def listed(ours: Adapted, contacts: Iterable[Contact]) -> list[Line]:
    """Every step of a procedure, in order."""
    wording = Wording(ours.definition, ours.rules)
    names = {one.slug: one.name for one in contacts}
    titles = {name: one.title for name, one in definitions().items()}
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
            outcomes=tuple(one.says for one in getattr(step, "options", ())),
            begins=tuple(titles[one] for one in getattr(step, "starts", ()) if one in titles),
            is_own=(ADDS, step.id) in changed,
            is_sooner=(SOONER, step.id) in changed,
        )
        for number, step in enumerate(ours.definition.steps, 1)
    ]
