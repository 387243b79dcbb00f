"""Where everything stands on the drawing of a procedure: boxes in rows, arrows around them.

Pure geometry. Cards come in the order of their steps. Two that follow each other stand side by side
unless the second waits for the first; any other stands alone across the sheet. Arrows leave a box
below, run in the free strips between rows and beside them, and enter a box from above: so they never
cross one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .arrows import SHEET, Arrow, arrow, bundled, height, lanes_in, room_beside
from .typeface import wrap

BETWEEN = 20  # two boxes side by side
MARK = 50  # room for the number, left of the words
PAD = 14
LINE_HEIGHT = 1.28


@dataclass(frozen=True)
class Paragraph:
    """Words of a card in one size and tone."""

    text: str
    size: float = 15
    tone: str = "ink"
    bold: bool = False


@dataclass(frozen=True)
class Card:
    """One box to be placed. `follows` draws arrows; `waits` keeps it from standing beside another."""

    id: str
    paragraphs: tuple[Paragraph, ...]
    follows: tuple[str, ...] = ()
    waits: frozenset[str] = frozenset()


@dataclass(frozen=True)
class TextLine:
    """One line of text: where its base line begins, counted from the corner of its box."""

    x: float
    y: float
    text: str
    of: Paragraph


@dataclass(frozen=True)
class Box:
    """A card in its place."""

    id: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[TextLine, ...]

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


@dataclass(frozen=True)
class Sheet:
    """The whole drawing. `bands` are the heights at which it may be parted between two pages."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    bands: tuple[tuple[float, float], ...]


def place(cards: Sequence[Card]) -> Sheet:
    """Place every card and every arrow."""
    rows = rows_of(cards)
    edges = [(before, card.id) for card in cards for before in card.follows]
    bundles = bundled(edges, [[card.id for card in row] for row in rows])
    beside = {side: room_beside(bundles, side) for side in (-1, 1)}
    spans = _spans(rows, beside[-1], SHEET - beside[1])
    strips = [lanes_in(strip, bundles, spans, beside) for strip in range(len(rows) - 1)]
    boxes = _boxes(rows, spans, strips)
    arrows = [
        arrow(one, edge, (boxes[edge[0]].bottom, boxes[edge[1]].y), strips, beside)
        for one in bundles
        for edge in one.edges
    ]
    bands = _bands(rows, boxes)
    return Sheet(SHEET, bands[-1][1], tuple(boxes.values()), tuple(arrows), bands)


def rows_of(cards: Sequence[Card]) -> list[list[Card]]:
    """The cards in rows of one or two, in order. The last one stands alone."""
    rows: list[list[Card]] = []
    for card in cards[:-1]:
        if rows and len(rows[-1]) == 1 and rows[-1][0].id not in card.waits:
            rows[-1].append(card)
        else:
            rows.append([card])
    return [*rows, [cards[-1]]]


def _spans(rows: list[list[Card]], left: float, right: float) -> dict[str, tuple[float, float]]:
    """From where to where each box reaches."""
    half = (right - left - BETWEEN) / 2
    spans = {}
    for row in rows:
        if len(row) == 1:
            spans[row[0].id] = (left, right)
        else:
            spans[row[0].id] = (left, left + half)
            spans[row[1].id] = (right - half, right)
    return spans


def _boxes(
    rows: list[list[Card]], spans: dict[str, tuple[float, float]], strips: list[int]
) -> dict[str, Box]:
    """Each card where it stands; the boxes of a row are of one height."""
    boxes, top = {}, 4.0
    for number, row in enumerate(rows):
        texts = {card.id: _text(card, spans[card.id]) for card in row}
        high = max(lines[-1].y for lines in texts.values()) + PAD
        for card in row:
            left, right = spans[card.id]
            boxes[card.id] = Box(card.id, left, top, right - left, high, texts[card.id])
        if number < len(strips):
            top += high + height(strips[number])
    return boxes


def _text(card: Card, span: tuple[float, float]) -> tuple[TextLine, ...]:
    """The lines of a card, one below the other."""
    room = span[1] - span[0] - MARK - PAD
    lines, y = [], PAD / 2
    for paragraph in card.paragraphs:
        for text in wrap(paragraph.text, paragraph.size, room):
            y += paragraph.size * LINE_HEIGHT
            lines.append(TextLine(MARK, y, text, paragraph))
        y += 4
    return tuple(lines)


def _bands(rows: list[list[Card]], boxes: dict[str, Box]) -> tuple[tuple[float, float], ...]:
    """The sheet cut between its rows: each band begins above a row and ends above the next."""
    tops = [0.0, *(boxes[row[0].id].y - 6 for row in rows[1:])]
    end = boxes[rows[-1][0].id].bottom + 4
    return tuple(zip(tops, [*tops[1:], end], strict=True))
