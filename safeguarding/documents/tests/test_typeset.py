"""Papers: tagged, the same for the same data, and never broken by what somebody typed."""

import json
from pathlib import Path

import pytest
import typst

from safeguarding.documents import typeset
from safeguarding.documents.typeset import legible, pdf

LETTER = Path(__file__).parent / "letter.typ"


def a_letter(words: str = "Kit was sad.", title: str = "A letter") -> bytes:
    return pdf(LETTER, {"title": title, "words": words})


def test_a_paper_is_tagged_titled_and_in_our_language() -> None:
    paper = a_letter()

    assert paper.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in paper
    assert b"/Lang(en-GB)" in paper
    assert b"pdfuaid:part" in paper
    assert b"A letter" in paper


def test_the_same_data_give_the_same_bytes_and_other_data_others() -> None:
    assert a_letter() == a_letter()
    assert a_letter() != a_letter("Kit was glad.")


@pytest.mark.parametrize(
    "typed",
    [
        '#read("/people/access.yaml")',
        "#panic(1) $ x $ `raw` *bold* _it_ <label> @ref \\ // /* ]] #[",
        '") #import "/documents/papers/house.typ": *',
        "\x00 \x07 \ufeff \ufffe \u202e \U0010ffff",
        "one\r\ntwo\rthree\tfour",
        "",
    ],
)
def test_what_was_typed_is_never_taken_for_source(typed: str) -> None:
    """It stands on the paper as it was typed, sign by sign."""
    title = f"Title {typed}"
    assert a_letter(typed, title=title).startswith(b"%PDF-")

    inputs = {"data": json.dumps({"title": legible(title), "words": ""}), "undrawn": ""}
    headings = json.loads(typst.query(LETTER, "heading", root=typeset.ROOT, sys_inputs=inputs))
    assert [one["body"] for one in headings] == [{"func": "text", "text": legible(title)}]


@pytest.mark.parametrize(
    "name", ["Łukasz Żółć-Wiśniewski", "محمد الشيخ", "Жанна Ψυχή", "רחל", "Ștefan Đặng", "राम"]
)
def test_names_of_many_peoples_are_drawn(name: str) -> None:
    assert legible(name) == name
    assert a_letter(name).startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("張偉", "[U+5F35][U+5049]"),
        ("Kit 😀", "Kit [U+1F600]"),
        ("ad\u202emin", "ad[U+202E]min"),
        ("e\u0301", "é"),
    ],
)
def test_signs_that_cannot_be_drawn_stay_in_sight_as_their_number(name: str, seen: str) -> None:
    assert legible(name) == seen
    assert a_letter(name) != a_letter("")


def test_all_that_is_said_to_be_drawn_is_drawn() -> None:
    starts, ends = typeset._drawn()
    signs = [
        chr(one) for first, last in zip(starts, ends, strict=True) for one in range(first, last + 1)
    ]

    assert len(signs) > 4000
    assert a_letter(" ".join(f"a{sign}a" for sign in signs)).startswith(b"%PDF-")


def test_only_templates_of_ours_are_set(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.typ"
    foreign.write_text("hello", encoding="utf-8")

    for path in (foreign, "../../../tests/hedgerow.key", "/etc/passwd"):
        with pytest.raises(ValueError, match="not a template of ours"):
            pdf(path, {})


def test_no_letter_comes_from_the_machine_it_is_made_on() -> None:
    families = typeset._fonts().families()

    assert "Atkinson Hyperlegible Next" in families
    assert set(families) <= {
        "Atkinson Hyperlegible Next",
        "DejaVu Sans Mono",
        "Libertinus Serif",
        "New Computer Modern",
        "New Computer Modern Math",
    }
