"""Every procedure can be drawn: nothing overlaps, arrows join boxes, words stay inside."""

from itertools import combinations, pairwise

import pytest

from safeguarding.procedures.arrows import SHEET, Arrow
from safeguarding.procedures.drawing import Drawing, Stand
from safeguarding.procedures.layout import Box, Card, Paragraph, Sheet, place, rows_of
from safeguarding.procedures.library import definitions
from safeguarding.procedures.schema import Definition
from safeguarding.procedures.typeface import width, wrap
from safeguarding.procedures.wording import Wording

EVERY = sorted(definitions())
DEEP = 0.5  # a line along the edge of a box is not inside it


def drawing(name: str) -> Drawing:
    """A procedure with as many words on it as a case can add."""
    definition = definitions()[name]
    stands = {
        step.id: Stand("against", "Decided against, 27 November") for step in definition.steps
    }
    return Drawing(Wording(definition), stands)


def overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.right
        and other.x < one.right
        and one.y < other.bottom
        and other.y < one.bottom
    )


def crosses(arrow: Arrow, box: Box) -> bool:
    """Whether any part of an arrow runs through the inside of a box."""
    for (x1, y1), (x2, y2) in pairwise(arrow.points):
        left, right, top, bottom = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
        if (
            left < box.right - DEEP
            and right > box.x + DEEP
            and top < box.bottom - DEEP
            and bottom > box.y + DEEP
        ):
            return True
    return False


def sound(sheet: Sheet) -> None:
    """What has to hold of any drawing."""
    boxes = {box.id: box for box in sheet.boxes}
    assert [
        (one.id, other.id) for one, other in combinations(sheet.boxes, 2) if overlap(one, other)
    ] == []
    for box in sheet.boxes:
        assert 0 <= box.x < box.right <= sheet.width
        assert 0 <= box.y < box.bottom <= sheet.height
        for line in box.lines:
            assert line.x + width(line.text, line.of.size) <= box.width, line.text
            assert line.of.size < line.y < box.height
    for arrow in sheet.arrows:
        source, target = boxes[arrow.source], boxes[arrow.target]
        (x1, y1), (x2, y2) = arrow.points[0], arrow.points[-1]
        assert y1 == source.bottom
        assert source.x < x1 < source.right
        assert y2 == target.y
        assert target.x < x2 < target.right
        assert [box.id for box in sheet.boxes if crosses(arrow, box)] == []
        assert all(0 <= x <= sheet.width for x, _ in arrow.points)
    lines_apart(sheet)


def lines_apart(sheet: Sheet) -> None:
    """No two arrows run along the same line, unless they begin or end at the same box."""
    parts = [(arrow, part) for arrow in sheet.arrows for part in pairwise(arrow.points)]
    for (one, a), (other, b) in combinations(parts, 2):
        if one.source != other.source and one.target != other.target:
            assert not along(a, b), f"{one.source}→{one.target} and {other.source}→{other.target}"


def along(
    a: tuple[tuple[float, float], tuple[float, float]],
    b: tuple[tuple[float, float], tuple[float, float]],
) -> bool:
    for axis in (0, 1):
        rest = 1 - axis
        if a[0][axis] == a[1][axis] == b[0][axis] == b[1][axis]:
            low = max(min(a[0][rest], a[1][rest]), min(b[0][rest], b[1][rest]))
            high = min(max(a[0][rest], a[1][rest]), max(b[0][rest], b[1][rest]))
            return low < high
    return False


@pytest.mark.parametrize("name", EVERY)
def test_every_procedure_can_be_drawn_and_nothing_overlaps(name: str) -> None:
    sound(drawing(name).sheet)


@pytest.mark.parametrize("name", EVERY)
def test_every_step_gate_and_arrow_is_on_the_drawing(name: str) -> None:
    drawn, steps = drawing(name), definitions()[name].steps

    assert [one.step.id for one in drawn.boxes] == [step.id for step in steps]
    assert {one.step.id for one in drawn.boxes if one.gate} == {s.id for s in steps if s.gate}
    arrows = {(one.source, one.target) for one in drawn.sheet.arrows}
    assert arrows == {(before, step.id) for step in steps for before in step.after}
    for one in drawn.boxes:
        said = " ".join(line.text for line in one.box.lines)
        assert one.step.do in said, "the whole sentence, whatever the lines"
        assert not one.step.gate or one.step.gate.says in said


@pytest.mark.parametrize("name", EVERY)
def test_only_steps_that_do_not_wait_for_each_other_stand_side_by_side(name: str) -> None:
    definition: Definition = definitions()[name]
    wording, boxes = Wording(definition), drawing(name).sheet.boxes

    for one, other in combinations(boxes, 2):
        if one.y == other.y:
            assert one.id not in wording.waits_for(definition.by_id[other.id])
    assert boxes[-1].width > SHEET / 2, "the review stands alone"


@pytest.mark.parametrize("name", EVERY)
def test_a_page_may_end_between_rows_and_nowhere_else(name: str) -> None:
    drawn = drawing(name)
    bands = drawn.bands

    assert sum(band.height for band in bands) == pytest.approx(drawn.sheet.height)
    assert [one.step.id for band in bands for one in band.boxes] == [
        one.step.id for one in drawn.boxes
    ], "each box is in one band, whole"


@pytest.mark.parametrize(
    "follows",
    [
        {30: range(29)},  # one that waits for all
        {number: [number - 1] for number in range(1, 30)},  # a chain
        {number: [0, number // 2] for number in range(2, 30)},  # a tree, and all for the first
        {29: range(0, 28, 2), 28: range(1, 27, 2), 15: range(15)},
    ],
    ids=["a fan", "a chain", "a tree", "two combs"],
)
def test_a_harder_procedure_than_any_of_ours_can_be_drawn(follows: dict[int, list[int]]) -> None:
    words = "Write down what was said, and by whom. " * 4
    cards = [
        Card(
            f"s{number}",
            (Paragraph(words[: 30 + 37 * number % 120]), Paragraph("x" * 90, 13)),
            tuple(dict.fromkeys(f"s{one}" for one in follows.get(number, ()))),
            frozenset(f"s{one}" for one in follows.get(number, ())),
        )
        for number in range(31)
    ]
    sound(place(cards))
    assert [card for row in rows_of(cards) for card in row] == cards


def test_words_longer_than_a_line_are_broken() -> None:
    lines = wrap("A " + "w" * 100 + " and so on", 15, 200)

    assert "".join(lines).replace(" ", "") == "A" + "w" * 100 + "andsoon"
    assert all(width(line, 15) <= 200 for line in lines)


def test_who_cannot_see_it_is_told_the_order() -> None:
    drawn = drawing("filtering-breach")

    assert "21 steps from top to bottom" in drawn.description
    assert "step 19 comes after step 18" in drawn.description
    assert "as a list" in drawn.description
