"""Word's automatic numbers are those that Word shows, wherever the document keeps them."""

import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from safeguarding.policies.importing.clauses import found
from safeguarding.policies.importing.numbering import said
from safeguarding.policies.importing.word import read_word

from .word import Word, labels

pytestmark = pytest.mark.once


def test_levels_count_within_each_other_and_start_again() -> None:
    word = Word()
    one = word.list(
        word.pattern([("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)")])
    )
    for level in (0, 1, 1, 2, 2, 0, 1, 2):
        word.add("Words.", one, level)

    read = read_word(word.content)

    assert labels(read.lines) == ["1.", "1.1", "1.2", "(a)", "(b)", "2.", "2.1", "(a)"]


def test_two_lists_of_one_pattern_go_on_counting_unless_one_starts_anew() -> None:
    word = Word()
    pattern = word.pattern()
    first, second, anew = word.list(pattern), word.list(pattern), word.list(pattern, {0: 7})
    for number in (first, first, second, anew, anew, first):
        word.add("Words.", number)

    assert labels(read_word(word.content).lines) == ["1.", "2.", "3.", "7.", "8.", "9."]


def test_a_level_starts_where_its_pattern_says() -> None:
    word = Word()
    one = word.list(word.pattern(starts=(2, 2)))
    for level in (0, 1, 1):
        word.add("Words.", one, level)

    assert labels(read_word(word.content).lines) == ["2.", "2.2", "2.3"]


def test_a_deeper_number_without_one_above_it_shows_where_that_would_start() -> None:
    word = Word()
    one = word.list(word.pattern())
    word.add("Words.", one, 1)
    word.add("Words.", one, 0)

    assert labels(read_word(word.content).lines) == ["1.1", "2."]


def test_a_style_brings_its_number_and_the_pattern_says_on_which_level_it_stands() -> None:
    word = Word()
    names = ("Policy One", "Policy Two")
    number = word.list(word.pattern(styles=("PolicyOne", "PolicyTwo")))
    for name in names:
        word.style(name, number)
    based = word.document.styles.add_style("Policy Two Wide", 1)
    based.base_style = word.document.styles["Policy Two"]
    for style in ("Policy One", "Policy Two", "Policy Two Wide", "Policy One", "Policy Two"):
        word.add("Words.", style=style)

    assert labels(read_word(word.content).lines) == ["1.", "1.1", "1.2", "2.", "2.1"]


def test_a_paragraph_takes_the_number_of_its_style_away() -> None:
    word = Word()
    word.style("Numbered", word.list(word.pattern()), 0)
    word.add("One.", style="Numbered")
    word.add("None.", number=0, style="Numbered")
    word.add("Two.", style="Numbered")

    assert labels(read_word(word.content).lines) == ["1.", "", "2."]


def test_a_pattern_may_only_name_a_style_of_lists() -> None:
    word = Word()
    real = word.list(word.pattern())
    style = word.document.styles.add_style("House list", 4)  # a style of lists
    of_list = OxmlElement("w:numPr")
    named = OxmlElement("w:numId")
    named.set(qn("w:val"), str(real))
    of_list.append(named)
    properties = OxmlElement("w:pPr")
    properties.append(of_list)
    style.element.append(properties)
    empty = word.pattern(())
    link = OxmlElement("w:numStyleLink")
    link.set(qn("w:val"), str(style.style_id))
    word.numbering[0].append(link)
    linked = word.list(empty)
    for level in (0, 1):
        word.add("Words.", linked, level)

    assert labels(read_word(word.content).lines) == ["1.", "1.1"]


def test_words_that_were_deleted_or_hidden_are_not_read() -> None:
    word = Word()
    paragraph = word.add("Kept. ")
    hidden = paragraph.add_run("Hidden.")
    hidden.font.hidden = True
    gone = OxmlElement("w:del")
    run = paragraph.add_run("Deleted.")._r
    gone.append(run)
    paragraph._p.append(gone)

    assert [one.text for one in read_word(word.content).lines] == ["Kept."]


def test_a_table_is_read_row_by_row_in_its_place() -> None:
    word = Word()
    word.add("Before.")
    table = word.document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "The lead", "Each term"
    word.add("After.")

    read = read_word(word.content)

    assert [one.text for one in read.lines] == ["Before.", "The lead | Each term", "After."]


def test_numbers_of_word_become_clauses_and_letters_stay_in_them() -> None:
    word = Word()
    word.document.add_heading("Tablets policy", 0)
    one = word.list(
        word.pattern([("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)")])
    )
    word.add("Charging", one, 0, "Heading 1")
    word.add("Staff look after tablets:", one, 1)
    word.add("in the office;", one, 2)
    word.add("at night.", one, 2)
    word.add("A lost one is reported.", one, 1)

    title, pieces = found(read_word(word.content).lines)

    assert title == "Tablets policy"
    assert [one.number for one in pieces] == ["1", "1.1", "1.2"]
    assert pieces[1].text == "Staff look after tablets:\n(a) in the office;\n(b) at night."


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [
        (1, "lowerLetter", "a"),
        (27, "lowerLetter", "aa"),
        (3, "upperLetter", "C"),
        (14, "lowerRoman", "xiv"),
        (1990, "upperRoman", "MCMXC"),
        (4, "decimalZero", "04"),
        (4, "none", ""),
        (4, "cardinalText", "4"),
    ],
)
def test_a_number_is_written_as_word_writes_it(value: int, form: str, expected: str) -> None:
    assert said(value, form) == expected
