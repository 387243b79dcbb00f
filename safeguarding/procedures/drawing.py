"""The drawing of a procedure: what its boxes say and how they look. Where they stand: see `layout`.

Every look has a colour, a mark and a word, so that none of them is needed alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from .arrows import Arrow
from .layout import Box, Card, Paragraph, Sheet, place
from .schema import Condition, Step
from .wording import IN_SHORT, Wording, sentence

SMALL = 13


@dataclass(frozen=True)
class Stand:
    """Where a step stands on a case: a look (done, open, overdue, locked, against, not-needed) and words."""

    look: str
    words: str
    gate_open: bool = False


@dataclass(frozen=True)
class Drawn:
    """A box with what is drawn on it."""

    box: Box
    step: Step
    number: int
    look: str
    shape: str  # must, choice or condition
    gate: str  # locked, unlocked or nothing

    @property
    def padlock(self) -> float:
        """How far down the padlock stands: beside the first line about the gate."""
        return next(line.y for line in self.box.lines if line.of.tone == "gate") - 16


@dataclass(frozen=True)
class Band:
    """A part of the drawing that is not torn by the end of a page."""

    top: float
    height: float
    boxes: tuple[Drawn, ...]
    arrows: tuple[Arrow, ...]


@dataclass(frozen=True)
class Drawing:
    """A procedure to look at: as it is for everyone, or as it stands on a case."""

    wording: Wording
    stands: Mapping[str, Stand]
    own: frozenset[str] = frozenset()  # steps that the setting added

    @property
    def title(self) -> str:
        return f"{self.wording.definition.title}, drawn"

    @property
    def description(self) -> str:
        """What the drawing shows, for those who do not see it. The list says the rest."""
        steps = self.wording.definition.steps
        waiting = [one for one in steps if one.after]
        order = "; ".join(
            f"step {self.wording.number(one.id)} comes {self.wording.after(one).lower()}"
            for one in waiting
        )
        return (
            f"{len(steps)} steps from top to bottom. Steps side by side do not wait for each other. "
            f"{f'Arrows: {order}. ' if order else ''}The same is told as a list on this page."
        )

    @cached_property
    def sheet(self) -> Sheet:
        return place([self._card(step) for step in self.wording.definition.steps])

    @cached_property
    def boxes(self) -> tuple[Drawn, ...]:
        steps = self.wording.definition.by_id
        return tuple(self._drawn(box, steps[box.id]) for box in self.sheet.boxes)

    @property
    def bands(self) -> list[Band]:
        """The drawing in parts, each with whatever shows in it."""
        return [
            Band(
                top,
                bottom - top,
                tuple(one for one in self.boxes if one.box.y < bottom and one.box.bottom > top),
                tuple(one for one in self.sheet.arrows if _shows(one, top, bottom)),
            )
            for top, bottom in self.sheet.bands
        ]

    def _drawn(self, box: Box, step: Step) -> Drawn:
        stand = self.stands.get(step.id)
        gate = "" if step.gate is None else "unlocked" if stand and stand.gate_open else "locked"
        return Drawn(
            box=box,
            step=step,
            number=self.wording.number(step.id),
            look=stand.look if stand else "plain",
            shape=shape_of(step),
            gate=gate,
        )

    def _card(self, step: Step) -> Card:
        return Card(step.id, tuple(self._said(step)), step.after, self.wording.waits_for(step))

    def _said(self, step: Step) -> list[Paragraph]:
        """What stands in a box, from the top."""
        stand = self.stands.get(step.id)
        who = " · ".join(filter(None, [IN_SHORT[step.by], self.wording.within(step)]))
        under = [self.wording.need(step), self.wording.after(step)]
        said = [
            Paragraph(stand.words, SMALL, "state", bold=True) if stand else None,
            Paragraph("Added by us", SMALL, "own", bold=True) if step.id in self.own else None,
            Paragraph(who, SMALL, "who", bold=True),
            Paragraph(step.do),
            Paragraph(" ".join(sentence(one) for one in under if one), SMALL, "soft"),
            Paragraph(f"Gate: {step.gate.says}", SMALL, "gate") if step.gate else None,
        ]
        return [one for one in said if one]


def shape_of(step: Step) -> str:
    """How the number of a step is framed: by what is needed of it."""
    if isinstance(step.need, Condition):
        return "condition"
    return "must" if step.need == "must" else "choice"


def _shows(arrow: Arrow, top: float, bottom: float) -> bool:
    heights = [y for _, y in arrow.points]
    return min(heights) < bottom and max(heights) > top
