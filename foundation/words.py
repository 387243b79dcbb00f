"""What people type, made safe to keep: nothing unseen, nothing that turns text round, no pictures.

Nobody's words are thrown away. A character that cannot be seen is written out, so that whoever
reads the record sees that it was there. A picture pasted as text is the one thing taken out.
"""

import re
import unicodedata

PICTURE_MARK = "[a picture was here and was not kept]"
# Begins every sentence of ours that stands where words cannot be read (`keyrings.Unreadable`).
OURS = "\u2063"

_NEW_LINES = re.compile("\r\n|[\r\x85\u2028\u2029]")
# Marks that change the direction of text: they can make a sentence read as its opposite.
_DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_UNSEEN = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_DIRECTION}\ud800-\udfff]")

_BASE64 = "[A-Za-z0-9+/_=-]"
# First characters of PNG, JPEG, GIF, WebP, SVG, PDF, TIFF and HEIC or MP4 files, written in base64.
_KNOWN = (
    r"(?:iVBORw0KG|/9j/|R0lGOD|UklGR|PHN2Zy|PD94bWwg|JVBERi0|SUkqA|TU0AK|AAAA[A-Za-z0-9+/]{2}Z0eX)"
)
_PICTURES = re.compile(
    r"data:[^\s,]{0,200},[^\s\"'<>)]*"  # an address that holds the file itself
    r"|<svg[\s>].*?(?:</svg\s*>|\Z)"  # a drawing as markup
    rf"|(?<![A-Za-z0-9+/]){_KNOWN}{_BASE64}{{20,}}(?:\s{{1,2}}{_BASE64}{{8,}})*"
    r"|(?:\x89PNG|\ufffdPNG|\xff\xd8\xff|JFIF\x00|GIF8[79]a).*",  # the bytes of a file
    re.IGNORECASE | re.DOTALL,
)
_LONG_RUN = re.compile(rf"{_BASE64}{{40,}}(?:\s{{1,2}}{_BASE64}{{20,}})*")
FILLERS = "\u034f\u115f\u1160\u2800\u3164\uffa0"  # letters by their kind, and nothing to be seen


def visible(text: str) -> str:
    """The same words in one form (NFC, one kind of line end), each unseen character written out.

    Whoever copies a sentence of ours from a page keeps its words; it is theirs from then on.
    """
    text = _NEW_LINES.sub("\n", unicodedata.normalize("NFC", text))
    return _UNSEEN.sub(_written_out, text.replace(OURS, ""))


def one_line(text: str) -> str:
    """The same, for a box of one line: line ends and tabs become spaces."""
    return re.sub(r"\s*[\n\t]+\s*", " ", visible(text))


def _written_out(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)  # control pictures: ␀ ␁ …
    return "␡" if code == 0x7F else f"[U+{code:04X}]"


def without_pictures(text: str) -> str:
    """The text with every picture pasted as text taken out and a mark left in its place.

    Equal to `text` when there was none. Use it on anything typed that is kept before it has been
    through a form, such as a draft held while a person signs in again.
    """
    text = _PICTURES.sub(_mark, text)
    return _LONG_RUN.sub(_mark_if_data, text)


def _mark(match: re.Match[str]) -> str:
    # "data:" followed by ordinary words and a comma is a sentence, not a file.
    found = match[0].lower()
    if found.startswith("data:") and not re.match(
        r"data:(?:[\w.+-]+/[\w.+-]+|[^,]*;base64)", found
    ):
        return match[0]
    return PICTURE_MARK


def _mark_if_data(match: re.Match[str]) -> str:
    """A long run with many different letters and digits in it is a file; a long address is not."""
    run = re.sub(r"\s", "", match[0])
    before = match.string[max(0, match.start() - 2_000) : match.start()]
    inside_address = "://" in re.split(r"\s", before)[-1]
    long_enough = len(run) >= (1_500 if inside_address else 200)
    varied = len(set(run)) >= 12 and any(character.isdigit() for character in run)
    return PICTURE_MARK if long_enough and varied else match[0]


def says_something(text: str) -> bool:
    """Whether anything of it can be seen: not only spaces, joiners and fillers."""
    drawn = (one for one in text if not one.isspace() and one not in FILLERS)
    return any(unicodedata.category(one) not in {"Cf", "Mn"} for one in drawn)
