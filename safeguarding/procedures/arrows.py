"""The ways of the arrows on a drawing: in the strips between rows and beside the boxes, never across one.

Arrows that leave one box, or enter one, share their way as a bundle, so that however many there are,
they take little room. Different bundles never run along the same line.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

SHEET = 760  # the width of the sheet, in its own units
LANE = 10  # two arrows beside each other
STRIP = 30  # the least height between two rows
MARGIN = 7

Rows = Mapping[str, int]  # in which row each box stands
Span = tuple[float, float]  # from where to where a box reaches


@dataclass(frozen=True)
class Arrow:
    """From one box to a later one, along these points."""

    source: str
    target: str
    points: tuple[tuple[float, float], ...]

    @property
    def path(self) -> str:
        """The line, as SVG writes it."""
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in self.points)

    @property
    def tip(self) -> str:
        """The head of the arrow, as SVG writes it."""
        x, y = self.points[-1]
        return f"M{x:.1f} {y:.1f}l-5 -9h10z"


@dataclass
class Bundle:
    """Arrows that share a way: all from one box, or all into one. Straight ones go alone."""

    edges: tuple[tuple[str, str], ...]
    leaves: Rows  # the row of each source
    enters: Rows  # the row of each target
    side: int = 0  # -1 left of the boxes, 1 right of them, 0 straight into the next row
    beside: int = 0  # which lane it has there, counted from the boxes
    ports: dict[str, float] = field(default_factory=dict)  # where it leaves or enters each box
    lanes: dict[int, int] = field(default_factory=dict)  # which lane it has in a strip

    @property
    def reach(self) -> tuple[int, int]:
        """From which row to which it runs."""
        return min(self.leaves.values()), max(self.enters.values())

    def boxes_at(self, strip: int) -> list[str]:
        """The boxes it leaves into a strip, and those it enters from it."""
        leaving = [box for box, row in self.leaves.items() if row == strip]
        return leaving + [box for box, row in self.enters.items() if row == strip + 1]


def bundled(edges: Sequence[tuple[str, str]], rows: Sequence[Sequence[str]]) -> list[Bundle]:
    """Every arrow, in as few bundles as will do, each with its side and its lane there."""
    at = {box: number for number, row in enumerate(rows) for box in row}
    far = [edge for edge in edges if at[edge[1]] > at[edge[0]] + 1]
    near = [(edge,) for edge in edges if edge not in far]
    found = [_bundle(group, at) for group in [*near, *_stars(far)]]
    for number, bundle in enumerate(found[len(near) :], len(near)):
        bundle.side = _side(bundle, rows)
        taken = {
            other.beside
            for other in found[len(near) : number]
            if other.side == bundle.side and _overlap(other.reach, bundle.reach)
        }
        bundle.beside = next(lane for lane in count(1) if lane not in taken)
    return found


def _stars(edges: Sequence[tuple[str, str]]) -> Iterator[tuple[tuple[str, str], ...]]:
    """The arrows in groups, each around one box: the largest group first."""
    left = list(edges)
    while left:
        (box, end), _ = Counter((edge[end], end) for edge in left for end in (0, 1)).most_common()[
            0
        ]
        yield tuple(edge for edge in left if edge[end] == box)
        left = [edge for edge in left if edge[end] != box]


def _bundle(edges: tuple[tuple[str, str], ...], at: Rows) -> Bundle:
    sources, targets = ({edge[end]: at[edge[end]] for edge in edges} for end in (0, 1))
    return Bundle(edges, sources, targets)


def _side(bundle: Bundle, rows: Sequence[Sequence[str]]) -> int:
    """Right if most of its boxes stand there, else left. A box alone in its row counts for neither."""
    places = [
        place
        for row in rows
        for place, box in enumerate(row)
        if len(row) == 2 and box in {*bundle.leaves, *bundle.enters}
    ]
    return 1 if sum(places) * 2 > len(places) else -1


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def room_beside(bundles: list[Bundle], side: int) -> float:
    """How much of the sheet the bundles beside the boxes take on one side."""
    return 4 + LANE * max((one.beside for one in bundles if one.side == side), default=0) + MARGIN


def lanes_in(
    strip: int,
    bundles: list[Bundle],
    spans: dict[str, Span],
    beside: dict[int, float],
) -> int:
    """Give each bundle its way through the strip below a row; answer how many lanes that takes."""
    ports: list[float] = []
    taken: list[list[Span]] = []
    for bundle in bundles:
        if boxes := bundle.boxes_at(strip):
            _take_ports(bundle, boxes, spans, ports)
            places = [bundle.ports[box] for box in boxes]
            places += [away(bundle, beside)] if bundle.side else []
            across = min(places), max(places)
            if across[0] != across[1]:
                bundle.lanes[strip] = _take_lane(across, taken)
    return len(taken)


def _take_ports(
    bundle: Bundle, boxes: list[str], spans: dict[str, Span], ports: list[float]
) -> None:
    """Where a bundle leaves or enters its boxes, apart from the others in this strip."""
    low, high = max(spans[box][0] for box in boxes), min(spans[box][1] for box in boxes)
    if bundle.side == 0 and low < high:  # straight down
        bundle.ports |= dict.fromkeys(boxes, _free((low, high), ports))
    else:
        bundle.ports |= {box: _free(spans[box], ports) for box in boxes}


def _free(span: Span, ports: list[float]) -> float:
    """The place nearest to the middle of a box that no other arrow of the strip is near."""
    middle = (span[0] + span[1]) / 2
    steps = (sign * number * 1.6 * LANE for number in count() for sign in (1, -1))
    found = next(
        middle + step for step in steps if all(abs(middle + step - port) >= LANE for port in ports)
    )
    ports.append(found)
    return found


def away(bundle: Bundle, beside: dict[int, float]) -> float:
    """How far left or right a bundle runs down."""
    place = beside[bundle.side] - MARGIN - (bundle.beside - 1) * LANE - 2
    return place if bundle.side < 0 else SHEET - place


def _take_lane(across: Span, taken: list[list[Span]]) -> int:
    for number, lane in enumerate(taken):
        if all(across[1] + LANE < one[0] or one[1] + LANE < across[0] for one in lane):
            lane.append(across)
            return number
    taken.append([across])
    return len(taken) - 1


def height(lanes: int) -> float:
    """How high a strip with so many lanes is."""
    return max(STRIP, LANE * (lanes + 1) + 2 * MARGIN)


def arrow(
    bundle: Bundle,
    edge: tuple[str, str],
    between: Span,
    strips: list[int],
    beside: dict[int, float],
) -> Arrow:
    """One arrow of a bundle, from the foot of its source to the head of its target."""
    bottom, top = between
    start, end = (bundle.ports[one] for one in edge)
    first, last = bundle.leaves[edge[0]], bundle.enters[edge[1]] - 1
    down = bottom + LANE * (bundle.lanes.get(first, 0) + 1)
    points = [(start, bottom)]
    if bundle.side:
        aside = away(bundle, beside)
        above = top - height(strips[last]) + LANE * (bundle.lanes[last] + 1)
        points += [(start, down), (aside, down), (aside, above), (end, above)]
    elif start != end:
        points += [(start, down), (end, down)]
    return Arrow(*edge, points=(*points, (end, top)))
