"""From the bytes of a file, or from pasted text, to rows with the number of their line."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from foundation.errors import RuleBroken

MOST_ROWS = 10_000
MOST_COLUMNS = 100
LONGEST_CELL = 5_000
DELIMITERS = ",;\t"
HOW_TO_SAVE = (
    "Open it in the program it comes from, choose “Save as” or “Download”, and choose CSV (in Excel: "
    "“CSV UTF-8”). Then come back with that file. Nothing was kept."
)
_SPREADSHEETS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


@dataclass(frozen=True)
class Row:
    """The cells of one row, and the line of the file it begins on."""

    line: int
    cells: list[str]


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or the Windows alphabet. Anything else is refused."""
    if data.startswith(_SPREADSHEETS):
        raise RuleBroken(f"This is a spreadsheet or a zip file, and not plain text. {HOW_TO_SAVE}")
    text = _text(data)
    if text is None or "\x00" in text:
        raise RuleBroken(f"This file is not plain text. {HOW_TO_SAVE}")
    return text


def _text(data: bytes) -> str | None:
    for encoding in _encodings(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _encodings(data: bytes) -> list[str]:
    """What the bytes may be, likeliest first. A mark at the beginning leaves no choice."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return [encoding]
    evens, odds = data[:400:2].count(0), data[1:400:2].count(0)
    if max(evens, odds) > 3 * min(len(data), 400) // 10:  # every other byte is empty
        return ["utf-16-be" if evens > odds else "utf-16-le"]
    return ["utf-8", "cp1252"]


def rows_of(text: str) -> list[Row]:
    """The rows that hold anything, whichever of , ; and tab stands between their cells."""
    text = text.removeprefix("\ufeff")
    if "\x00" in text:
        raise RuleBroken(f"This is not plain text. {HOW_TO_SAVE}")
    named = text[:6].lower()
    delimiter = named[4] if named.startswith("sep=") and named[4:5] in set(DELIMITERS) else ""
    rows = [row for row in _parse(text, delimiter or _delimiter(text)) if _says_something(row)]
    if delimiter:
        rows = rows[1:]
    if not rows:
        raise RuleBroken("There is nothing in it. Choose the file again, or paste the text.")
    return rows


def _delimiter(text: str) -> str:
    """The sign that cuts the beginning of the text into the most cells, evenly."""
    start = text[:20_000].splitlines()[:30]

    def evenness(sign: str) -> tuple[int, int]:
        cut = [line.count(sign) for line in start if line.strip()]
        usual = max(set(cut), key=lambda one: (cut.count(one) * bool(one), one)) if cut else 0
        return cut.count(usual) * bool(usual), usual

    return max(DELIMITERS, key=evenness)


def _parse(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for number, cells in enumerate(reader):
            _check(line, number, cells)
            yield Row(line, cells)
            line = reader.line_num + 1
    except csv.Error:
        raise RuleBroken(
            f"The row that begins on line {line} cannot be read. Look for a quotation mark that is "
            "opened and not closed, or stands in the middle of a cell. Nothing was kept."
        ) from None


def _check(line: int, number: int, cells: list[str]) -> None:
    if number >= MOST_ROWS:
        raise RuleBroken(f"There are more than {MOST_ROWS:,} rows. Bring it in in parts.")
    if len(cells) > MOST_COLUMNS:
        raise RuleBroken(
            f"Line {line} has {len(cells)} columns, and {MOST_COLUMNS} is the most we take. Keep the "
            "columns with names, dates, rooms and carers, and leave out the others."
        )
    if any(len(cell) > LONGEST_CELL for cell in cells):
        raise RuleBroken(
            f"A cell in the row that begins on line {line} holds more than {LONGEST_CELL:,} "
            "characters. Look for a quotation mark that is never closed. Nothing was kept."
        )


def _says_something(row: Row) -> bool:
    return any(cell.strip() for cell in row.cells)
