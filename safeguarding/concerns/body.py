"""The places of a body map and where a mark on each is drawn. Left and right are the child's."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

ELSEWHERE = "elsewhere"
APART = 11  # how far a second mark on the same place is drawn from the first


@dataclass(frozen=True)
class Area:
    """A place on the front or the back of the figure, which is 200 wide and 290 high."""

    code: str
    name: str
    side: str
    x: int
    y: int


@dataclass(frozen=True)
class Dot:
    """A numbered mark on the figure."""

    number: int
    x: int
    y: int

    @property
    def text_y(self) -> int:
        return self.y + 4


class Marked(Protocol):
    number: int
    area: str


def _pair(code: str, name: str, side: str, out: int, y: int) -> tuple[Area, Area]:
    """The same place right and left. Seen from the front, the child's right is on our left."""
    right, left = (100 - out, 100 + out) if side == "front" else (100 + out, 100 - out)
    return (
        Area(f"{side}-right-{code}", f"Right {name}", side, right, y),
        Area(f"{side}-left-{code}", f"Left {name}", side, left, y),
    )


FRONT = (
    Area("front-forehead", "Forehead", "front", 100, 22),
    *_pair("eye", "eye", "front", 12, 36),
    *_pair("ear", "ear", "front", 31, 42),
    *_pair("cheek", "cheek", "front", 19, 50),
    Area("front-nose", "Nose", "front", 100, 46),
    Area("front-mouth", "Mouth or lips", "front", 100, 58),
    Area("front-chin", "Chin", "front", 100, 69),
    Area("front-neck", "Front of the neck", "front", 100, 82),
    *_pair("shoulder", "shoulder", "front", 34, 98),
    Area("front-chest", "Chest", "front", 100, 112),
    *_pair("upper-arm", "upper arm, front", "front", 46, 122),
    *_pair("forearm", "forearm, inside", "front", 56, 154),
    *_pair("hand", "hand or fingers, palm", "front", 62, 184),
    Area("front-tummy", "Tummy", "front", 100, 142),
    *_pair("hip", "hip", "front", 24, 166),
    Area("front-nappy", "Nappy area, front (seen in everyday care only)", "front", 100, 176),
    *_pair("thigh", "thigh, front", "front", 18, 202),
    *_pair("knee", "knee", "front", 18, 226),
    *_pair("shin", "shin", "front", 18, 248),
    *_pair("foot", "foot or toes", "front", 20, 276),
)
BACK = (
    Area("back-head", "Back of the head", "back", 100, 40),
    *_pair("ear", "ear, behind", "back", 31, 42),
    Area("back-neck", "Back of the neck", "back", 100, 82),
    *_pair("shoulder", "shoulder, back", "back", 34, 98),
    Area("back-upper", "Upper back", "back", 100, 112),
    *_pair("upper-arm", "upper arm, back", "back", 46, 122),
    *_pair("elbow", "elbow", "back", 51, 138),
    *_pair("forearm", "forearm, outside", "back", 56, 156),
    *_pair("hand", "hand, back", "back", 62, 184),
    Area("back-lower", "Lower back", "back", 100, 144),
    Area("back-bottom", "Bottom (seen in everyday care only)", "back", 100, 174),
    *_pair("thigh", "thigh, back", "back", 18, 204),
    *_pair("calf", "calf", "back", 18, 244),
    *_pair("heel", "heel or sole", "back", 20, 276),
)
AREAS = {area.code: area for area in (*FRONT, *BACK)}
NAMES = {
    **{area.code: f"{area.name} ({area.side})" for area in AREAS.values()},
    ELSEWHERE: "Somewhere else, as written",
}
CHOICES: list[tuple[str, object]] = [
    ("Front", [(area.code, area.name) for area in FRONT]),
    ("Back", [(area.code, area.name) for area in BACK]),
    (ELSEWHERE, "Somewhere else (write where)"),
]


@dataclass(frozen=True)
class Side:
    """One view of the figure with its marks."""

    name: str
    dots: Sequence[Dot]

    @property
    def label(self) -> str:
        numbers = ", ".join(str(dot.number) for dot in self.dots)
        return f"Figure from the {self.name}, marks: {numbers or 'none'}"


def figure(marks: Iterable[Marked]) -> list[Side]:
    """Front and back with a numbered dot for each mark; several on one place stand side by side."""
    drawn: dict[str, list[Dot]] = {"front": [], "back": []}
    before: Counter[str] = Counter()
    for mark in marks:
        area = AREAS.get(mark.area)
        if area is not None:
            x = area.x + APART * before[mark.area]
            drawn[area.side].append(Dot(mark.number, x, area.y))
            before[mark.area] += 1
    return [Side(name, dots) for name, dots in drawn.items()]
