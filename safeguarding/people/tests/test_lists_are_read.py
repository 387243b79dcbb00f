"""Whatever program a list comes from, its rows are read; whatever is no list is refused with a word why."""

import io
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.errors import RuleBroken
from foundation.moments import Unreadable
from safeguarding.people.importing import columns, dates
from safeguarding.people.importing.lists import ChildLine, read
from safeguarding.people.importing.reading import LONGEST_CELL, MOST_COLUMNS, decode, rows_of

NAMES = "Name;Room\r\nZoë Ångström;Acorns\r\n"
WORDS = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters='",;='), min_size=1, max_size=20
)


def cells(text: str) -> list[list[str]]:
    return [row.cells for row in rows_of(text)]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_a_list_is_read_in_whatever_alphabet_it_was_saved(encoding: str) -> None:
    assert cells(decode(NAMES.encode(encoding)))[1] == ["Zoë Ångström", "Acorns"]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_cells_and_lines_may_end_in_any_usual_way(sign: str, end: str) -> None:
    text = end.join([sign.join(["Name", "Room"]), sign.join(["Kit Vale", "Oaks"])]) + end

    assert cells(text) == [["Name", "Room"], ["Kit Vale", "Oaks"]]


def test_a_quoted_cell_may_hold_line_ends_and_the_lines_are_counted_as_in_the_file() -> None:
    rows = rows_of('Name,Room\n"Kit\nVale, ""K""",Oaks\n\nAsh,Elms')

    assert rows[1].cells == ['Kit\nVale, "K"', "Oaks"]
    assert [row.line for row in rows] == [1, 2, 5]


def test_the_line_with_which_excel_names_the_sign_is_no_row() -> None:
    assert cells("sep=;\nName;Room, upstairs\nKit;Oaks")[0] == ["Name", "Room, upstairs"]


@pytest.mark.once
@given(st.lists(st.lists(WORDS, min_size=2, max_size=2), min_size=1, max_size=5))
def test_what_was_written_as_a_list_is_read_as_it_was(rows: list[list[str]]) -> None:
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)

    assert cells(decode(text.encode())) == rows


@pytest.mark.once
@given(st.binary(max_size=300))
def test_no_bytes_at_all_break_the_reading(data: bytes) -> None:
    """They are read, or refused with a sentence."""
    try:
        columns.sheet_of(rows_of(decode(data)), "children")
    except RuleBroken as refused:
        assert str(refused).endswith(".")


def a_workbook() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        a_workbook(),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(300),
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        b"Name,Room\nKit,\x00Oaks\n" + b"Ash,Elms\n" * 50,
    ],
    ids=["xlsx", "xls", "png", "nul"],
)
def test_a_file_that_is_no_text_is_refused_and_says_how_to_save_one(data: bytes) -> None:
    with pytest.raises(RuleBroken, match="choose CSV"):
        decode(data)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing in it"),
        (" \n,,\n", "nothing in it"),
        ("Name,Room\n", "no names below"),
        ('Name,Room\n"Kit,Oaks\nAsh,Elms\n', "begins on line 2 cannot be read"),
        ("Name,Room\nKit," + "x" * (LONGEST_CELL + 1), "line 2 holds more than"),
        ("Name,Room\nKit," + "x" * 1_000_000, "cannot be read"),
        (",".join(["Name"] * (MOST_COLUMNS + 100)), "200 columns"),
        ("Kit Vale,01/02/2022\nAsh Vale,02/02/2022", "did not find a row of headings"),
    ],
    ids=["empty", "blank", "bare", "open quote", "long", "huge", "wide", "no headings"],
)
def test_what_cannot_be_a_list_is_refused_with_the_place(text: str, why: str) -> None:
    with pytest.raises(RuleBroken, match=why):
        columns.sheet_of(rows_of(text), "children")


def test_too_many_rows_are_refused_before_they_are_all_read() -> None:
    with pytest.raises(RuleBroken, match="10,000 rows"):
        rows_of("Name,Room\n" + "Kit,Oaks\n" * 10_001)


def test_headings_are_found_below_a_title_and_known_by_many_names() -> None:
    sheet = columns.sheet_of(
        rows_of(
            "Children at Acorn House\n\nSurname,DOB,Forename,Parent 1,Notes,Group\nVale,,Kit,,,"
        ),
        "children",
    )

    assert columns.guess(sheet.headings, "children") == [
        *("last_name", "born_on", "first_name", "carer_1", "", "room")
    ]
    assert sheet.rows[0].line == 4


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        (["full_name", "full_name"], "Two columns"),
        (["first_name", "room"], "full name"),
        (["full_name", "relation_2"], "name of carer 2"),
    ],
)
def test_columns_from_which_nobody_comes_are_refused(fields: list[str], why: str) -> None:
    with pytest.raises(RuleBroken, match=why):
        columns.check(fields, "children")


@pytest.mark.parametrize(
    "written",
    ["4/3/2022", "04.03.2022", "2022-03-04", "2022-03-04T00:00:00", "4 March 2022", "04-Mar-2022"],
)
def test_a_date_is_read_as_people_here_write_it(written: str) -> None:
    assert dates.read(written) == date(2022, 3, 4)


@pytest.mark.parametrize(
    "written", ["31/02/2022", "29/02/2023", "04/03/22", "44624", "soon", "03/27/2022", "0/1/2022"]
)
def test_a_date_that_is_none_is_refused_in_words(written: str) -> None:
    with pytest.raises(Unreadable, match=r"\w+ .*\.$"):
        dates.read(written)


@pytest.mark.once
@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)))
def test_every_day_is_read_back_in_each_way_of_writing_it(day: date) -> None:
    assert dates.read(f"{day:%d/%m/%Y}") == dates.read(day.isoformat()) == day
    assert dates.read(f"{day:%m/%d/%Y}", day_first=False) == day
    assert dates.read(f"{day.day} {day:%B %Y}") == day


@pytest.mark.once
@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    dates.must_ask([text])
    try:
        dates.read(text)
    except Unreadable as refused:
        assert str(refused)


@pytest.mark.parametrize(
    ("column", "asks"),
    [
        (["04/03/2022", "27/03/2022"], False),
        (["04/03/2022", "05/03/2022"], True),
        (["03/27/2022"], True),
        (["03/03/2022", "2022-04-05", "4 March 2022", ""], False),
    ],
)
def test_day_and_month_are_asked_for_unless_one_date_can_only_be_read_day_first(
    column: list[str], *, asks: bool
) -> None:
    assert dates.must_ask(column) is asks


def line_of(**cells: str) -> tuple[list[object], list[str]]:
    """The line, or what is wrong with it, for a row of these cells."""
    sheet = columns.Sheet(
        list(cells), rows_of("x\n" + ",".join(f'"{one}"' for one in cells.values()))[1:]
    )
    lines, problems = read(sheet, list(cells), "children", day_first=True)
    return list(lines), [one.what for one in problems]


@pytest.mark.parametrize("sign", "=+-@")
def test_a_name_that_is_a_formula_is_refused(sign: str) -> None:
    lines, problems = line_of(full_name=f"{sign}cmd|calc", room="Oaks")

    assert lines == []
    assert f"begins with {sign}" in problems[0]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Kit\u202eelaV", "cannot be seen"),
        ("Kit\x07 Vale", "cannot be seen"),
        ("Kit\u200b Vale", "cannot be seen"),
        ("K" * 161, "161 characters"),
        ("data:image/png;base64,iVBORw0KGgo", "picture"),
        ("", "no name"),
    ],
)
def test_a_name_with_something_hidden_in_it_is_refused(name: str, why: str) -> None:
    lines, problems = line_of(full_name=name, room="Oaks")

    assert lines == []
    assert why in problems[0]


def test_a_refused_value_is_shown_without_what_turns_text_round() -> None:
    sheet = columns.Sheet(["full_name"], rows_of("x\nKit\u202eelaV")[1:])
    _, problems = read(sheet, ["full_name"], "children", day_first=True)

    assert problems[0].value == "Kit[U+202E]elaV"


def test_a_name_across_two_lines_with_hard_spaces_is_one_name() -> None:
    [line], _ = line_of(full_name=" Kit\u00a0 \n Vale ", born_on="-", room="n/a")

    assert isinstance(line, ChildLine)
    assert (line.full_name, line.born_on, line.room) == ("Kit Vale", None, "")


def test_a_ragged_row_is_refused_and_a_short_one_is_not() -> None:
    sheet = columns.sheet_of(rows_of("Full name,Room\nVale, Kit,Oaks\nAsh Vale"), "children")
    lines, problems = read(sheet, ["full_name", "room"], "children", day_first=True)

    assert [one.line for one in lines] == [3]
    assert [one.line for one in problems] == [2]
    assert "quotation marks" in problems[0].what
