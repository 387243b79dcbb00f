"""How wide words are in the typeface of our pages, so that text drawn on a picture stays in its box."""

from collections.abc import Iterator

# Advance widths of Atkinson Hyperlegible Next in thousandths of its size, the wider of its regular
# and its bold, rounded up. An installation without the font shows one that is hardly wider.
_GROUPS = {
    220: "'", 260: "j|", 280: ",.:;’", 300: "`i·", 320: " !l", 340: "()[", 360: "]", 380: "-frt",
    400: '"_{}', 440: "/1I\\", 480: "“”", 500: "*", 520: "csz–", 540: "7vxy", 560: "?Lak~",
    580: "2<>FJehnoué", 600: "39E^bdgpq", 620: "$+5STZ", 640: "468=P£", 660: "0BCRVY", 680: "AK",
    700: "DUX", 720: "GHN", 740: "&w", 760: "OQ", 780: "#…", 800: "@", 860: "M", 900: "Wm", 980: "%",
}  # fmt: skip
_WIDTHS = {character: width for width, characters in _GROUPS.items() for character in characters}
_UNKNOWN = 1000
SPARE = 1.08  # for the typefaces that stand in for ours


def width(text: str, size: float) -> float:
    """How much room a text takes at most on one line."""
    return sum(_WIDTHS.get(one, _UNKNOWN) for one in text) * size * SPARE / 1000


def wrap(text: str, size: float, room: float) -> list[str]:
    """The text in lines that fit into the room. A word longer than a line is broken."""
    lines = [""]
    for word in _pieces(text, size, room):
        longer = f"{lines[-1]} {word}".strip()
        if width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return [line for line in lines if line]


def _pieces(text: str, size: float, room: float) -> Iterator[str]:
    """The words, the longest in pieces that fit on a line."""
    for word in text.split():
        piece = ""
        for character in word:
            if width(piece + character, size) > room and piece:
                yield piece
                piece = ""
            piece += character
        yield piece
