"""Every clause is found in its place, and every slip of the original is named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from safeguarding.policies.importing import reading
from safeguarding.policies.importing.clauses import Piece, found
from safeguarding.policies.importing.lines import Read
from safeguarding.policies.importing.marked import read_markdown, read_text
from safeguarding.policies.importing.portable import read_pdf
from safeguarding.policies.importing.slips import Slip, slips
from safeguarding.policies.importing.web import read_html
from safeguarding.policies.importing.word import read_word

from .texts import HTML, MARKED, PLAIN, pdf_of, word_of

pytestmark = pytest.mark.once
PLACES = [one / "shared" / "reference" / "source-policies" for one in Path(__file__).parents]
SHARED = next((one for one in PLACES if one.is_dir()), None)


def pieces_of(read: Read) -> list[Piece]:
    return found(read.lines)[1]


def source_policy(name: str) -> list[Piece]:
    assert SHARED is not None
    return reading.from_words((SHARED / name).read_text()).pieces


def numbers(pieces: list[Piece], *, ours: bool = False) -> list[str]:
    return [one.number for one in pieces if one.number and one.is_ours == ours]


def kinds(pieces: list[Piece]) -> set[tuple[str, str]]:
    return {(one.kind, pieces[one.place].number) for one in slips(pieces) if one.kind != "ours"}


PRINTED = ["1", "1.1", "1.2", "2", "2.2", "3", "3.1", "3.1.1", "3.1.2", "3.1.3",
    "5.2", "5.2.1", "5.2.1", "6"]  # fmt: skip
TRAPS = {
    ("first", "2.2"),
    ("fragment", "3.1.2"),
    ("jump", "5.2"),
    ("double", "5.2.1"),
    ("unnumbered", ""),
}


@pytest.mark.parametrize(
    "read",
    [
        pytest.param(lambda: read_markdown(MARKED), id="Markdown"),
        pytest.param(lambda: read_text(PLAIN), id="plain text"),
        pytest.param(lambda: read_html(HTML.encode()), id="a web page"),
        pytest.param(lambda: read_word(word_of()), id="Word with automatic numbers"),
        pytest.param(lambda: read_pdf(pdf_of()), id="PDF"),
    ],
)
def test_one_policy_in_five_kinds_of_file_gives_the_same_numbers_and_slips(
    read: Callable[[], Read],
) -> None:
    pieces = pieces_of(read())

    assert numbers(pieces) == PRINTED
    assert kinds(pieces) - {("tight", "3")} == TRAPS
    assert numbers(pieces, ours=True) == ["6.1", "6.1.1", "6.1.2"]
    assert "who came;" in pieces[-1].text
    assert [one.heading for one in pieces if one.number == "3.1"] == ["Charging"]


def test_a_clean_policy_has_nothing_to_look_at() -> None:
    clean = "# Snack policy\n\n## 1. Aims\n\n1.1 We eat well.\n\n1.2 We eat together.\n"

    assert slips(pieces_of(read_markdown(clean))) == []


def test_every_line_of_the_source_stands_in_some_clause() -> None:
    said = " ".join(f"{one.number} {one.heading} {one.text}" for one in pieces_of(read_text(PLAIN)))

    for line in PLAIN.split("\n")[1:]:
        for word in line.replace(".", " ").split():
            assert word.strip("•") in said.replace(".", " ") + "•"


def test_lists_that_count_anew_in_each_section_get_numbers_of_ours() -> None:
    text = "# Trips\n\n## 1. Before\n\n1. Ask.\n2. Plan.\n\n## 2. After\n\n1. Count.\n2. Thank.\n"

    pieces = pieces_of(read_markdown(text))

    assert numbers(pieces) == ["1", "2"]
    assert numbers(pieces, ours=True) == ["1.1", "1.2", "2.1", "2.2"]


def test_a_policy_without_any_number_gets_all_of_them_from_us() -> None:
    pieces = pieces_of(
        read_markdown("# Pets\n\n## Why\n\nWe like them.\n\n## How\n\n- Clean.\n- Kind.\n")
    )

    assert numbers(pieces, ours=True) == ["1", "1.1", "2", "2.1", "2.2"]
    assert slips(pieces)[0].what.startswith("The 2 clauses of section 1")


def test_a_number_that_goes_back_is_named() -> None:
    pieces = [Piece("1", "Aims"), Piece("1.2", text="Late."), Piece("1.1", text="Early.")]

    assert [one.kind for one in slips(pieces)] == ["first", "back"]


def test_a_sentence_that_begins_with_a_number_of_days_is_no_clause() -> None:
    pieces = pieces_of(read_text("1. Aims\n\n1.1 We answer within\n5 days of any report.\n"))

    assert numbers(pieces) == ["1", "1.1"]
    assert pieces[1].text.endswith("within 5 days of any report.")


@pytest.mark.skipif(SHARED is None, reason="the source policies lie beside the checkout")
class TestTheSourcePolicies:
    def test_every_clause_of_the_mobile_policy_is_in_its_place_and_its_slips_are_named(
        self,
    ) -> None:
        pieces = source_policy("mobile-technology-and-social-media-policy.txt")

        printed = numbers(pieces)
        assert printed[:3] == ["1", "1.1", "1.2"]
        assert len(printed) == len(set(printed)) == 110
        assert [one for one in printed if one.startswith("6.2.")][-1] == "6.2.19"
        assert [one for one in printed if one.startswith("8.4.")][-1] == "8.4.16"
        assert "7" not in printed
        named = kinds(pieces) - {("unnumbered", "")}
        assert named == {("first", "2.2"), ("fragment", "6.2.9"), ("jump", "8.3")}
        said = next(one.what for one in slips(pieces) if one.kind == "jump")
        assert "7, 8, 8.1 and 8.2" in said

    def test_every_clause_of_the_online_safety_policy_is_in_its_place(self) -> None:
        pieces = source_policy("online-safety-policy.txt")

        assert numbers(pieces) == [str(n) for n in range(1, 12)]
        tight = {number for kind, number in kinds(pieces) if kind == "tight"}
        assert tight == {"4", "5", "6", "7", "8"}
        by_number = {one.number: one for one in pieces if one.number}
        assert by_number["7.3"].heading == "Filtering and Monitoring"
        assert by_number["7.3.1"].heading == "Decision Making"
        assert len([one for one in by_number if one.startswith("7.3.1.")]) == 6
        assert by_number["4.5"].heading.startswith("It is the responsibility of all")
        assert ("fragment", "7.7.2") in kinds(pieces)


def test_slips_stand_at_their_clause_in_order() -> None:
    every: list[Slip] = slips(pieces_of(read_markdown(MARKED)))

    assert [one.place for one in every] == sorted(one.place for one in every)
