"""Word counts by itself where the numbers are regular; elsewhere they stand as they were printed."""

from io import BytesIO
from typing import Any

import docx
import pytest

from safeguarding.policies.builder import library
from safeguarding.policies.builder.compose import compose
from safeguarding.policies.builder.given import Given
from safeguarding.policies.builder.papers.content import blocks_of
from safeguarding.policies.builder.papers.word import as_word, is_regular
from safeguarding.policies.builder.words import Words
from safeguarding.policies.importing import clauses
from safeguarding.policies.importing.word import read_word

pytestmark = pytest.mark.once


def clause(number: str, level: int, heading: str = "", text: str = "") -> dict[str, Any]:
    return {"number": number, "level": level, "heading": heading, "blocks": blocks_of(text)}


def paper(*numbered: dict[str, Any]) -> Any:
    return docx.Document(BytesIO(file_of(*numbered)))


def file_of(*numbered: dict[str, Any]) -> bytes:
    content = {
        "title": "A policy",
        "setting": "Sunflowers",
        "number": 1,
        "written": "21 November 2026",
        "written_at": "2026-11-21T10:00:00+00:00",
        "state": "DRAFT",
        "is_draft": True,
        "digest": "",
        "clauses": list(numbered),
    }
    return as_word(content)


@pytest.mark.parametrize(
    ("numbers", "regular"),
    [
        (["1", "1.1", "1.2", "2", "2.1"], True),
        (["1", "2.2"], False),
        (["1", "3"], False),
        (["6", "8.3"], False),
        (["", "1"], False),
        (["1", "1.1.1"], False),
    ],
)
def test_numbers_are_regular_where_counting_gives_them(numbers: list[str], regular: bool) -> None:  # noqa: FBT001
    counted = [clause(number, number.count(".") + 1) for number in numbers]

    assert is_regular(counted) is regular


def test_odd_numbers_stand_as_they_were_printed() -> None:
    made = paper(
        clause("6", 1, "Use"), clause("8.3", 2, "", "Children."), clause("", 2, "", "Loose.")
    )
    words = [row.text for row in made.paragraphs]

    assert "6 Use" in words
    assert "8.3 Children." in words
    assert "Loose." in words


def test_a_list_stays_a_list_and_no_forbidden_sign_stops_it() -> None:
    made = paper(clause("1", 1, "A\x00B", "Before:\n- one\n- two\nAfter."))
    points = [row.text for row in made.paragraphs if row.style.name == "List Bullet"]

    assert points == ["one", "two"]
    assert "AB" in [row.text for row in made.paragraphs]


def test_text_that_comes_in_lines_becomes_paragraphs_and_lists() -> None:
    items = [
        {"words": "a", "items": [{"words": "b", "items": []}]},
        {"words": "c", "items": []},
    ]
    assert blocks_of("One.\n\n• a\n  • b\n- c\nTwo.") == [
        {"words": "One.", "points": [], "items": []},
        {"words": "", "points": ["a", "b", "c"], "items": items},
        {"words": "Two.", "points": [], "items": []},
    ]


@pytest.mark.parametrize(
    ("text_id", "first"),
    [("online-safety-policy", 0), ("mobile-technology-and-social-media-policy", 1)],
    ids=["counted by Word", "as printed"],
)
def test_our_word_file_comes_back_in_as_the_same_clauses(text_id: str, first: int) -> None:
    """Without its first section's head the numbers are not regular, and stand as printed."""
    text = library.texts()[text_id]
    listed = {"people", "contacts", "channels", "filters", "wide_view"}
    known = {name: "- one\n- two" if name in listed else "Fern" for name in text.fillings}
    parts = compose(text, Given(), Words(known)).parts[first:]
    numbered = [clause(one.number, one.level, one.heading, one.text) for one in parts]

    title, found = clauses.found(read_word(file_of(*numbered)).lines)

    assert title == "A policy"
    said = [(one.number, one.level, one.heading, one.text) for one in found]
    assert said == [(one.number, one.level, one.heading, one.text) for one in parts]
