"""A template of ours and data in, a tagged PDF out. What anybody typed is data, never source."""

import json
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent
PAPERS = HERE / "papers"
ROOT = HERE.parent  # a template may lie in any app, and use /documents/papers/house.typ


def pdf(template: Path | str, data: Mapping[str, Any]) -> bytes:
    """A paper as PDF/UA-1. `template` is a name in papers/, or a path inside safeguarding/.

    It finds `data` as JSON in `sys.inputs.data`. Equal data give equal bytes.
    """
    path = (PAPERS / template).resolve()  # a whole path stays as it is
    if not path.is_relative_to(ROOT):
        raise ValueError(f"{path.name} is not a template of ours.")
    drawable = _throughout(data, legible)
    undrawn = drawable != _throughout(data, _plain)
    return typst.compile(
        path,
        root=ROOT,
        font_paths=_fonts(),
        sys_inputs={
            "data": json.dumps(drawable, sort_keys=True),
            "undrawn": "yes" if undrawn else "",
        },
        pdf_standards=["ua-1"],
        timestamp=0,
    )


def legible(text: str) -> str:
    """The text with each sign that our typefaces lack as its number in Unicode, such as [U+5F20].

    The letters of Europe, Greek, Cyrillic, Hebrew, Arabic and Devanagari are drawn. So that nothing is
    lost and nothing is drawn in another order than it was written, the others stay in sight.
    """
    plain = _plain(text)
    lacking = {ord(sign) for sign in set(plain) if not _is_drawn(sign)}
    return plain.translate({number: f"[U+{number:04X}]" for number in lacking})


def _plain(text: str) -> str:
    """Text with one kind of line end and of accent, so that how it was typed makes no difference."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    return unicodedata.normalize("NFC", lines)


def _throughout(value: Any, change: Callable[[str], str]) -> Any:
    """A value with every text in it changed, however deep it lies."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {name: _throughout(one, change) for name, one in value.items()}
    if isinstance(value, Iterable):
        return [_throughout(one, change) for one in value]
    return value


def _is_drawn(sign: str) -> bool:
    starts, ends = _drawn()
    place = bisect_right(starts, ord(sign)) - 1
    return place >= 0 and ord(sign) <= ends[place]


@cache
def _drawn() -> tuple[list[int], list[int]]:
    """First and last sign of each stretch that the typefaces hold, in order."""
    stretches = (HERE / "drawn.txt").read_text(encoding="ascii").split()
    pairs = [stretch.partition("-") for stretch in stretches]
    starts = [int(first, 16) for first, _, _ in pairs]
    return starts, [int(last or first, 16) for first, _, last in pairs]


@cache
def _fonts() -> typst.Fonts:
    """Ours, and those inside typst for what ours lack. None of the machine's: papers look the same."""
    return typst.Fonts(include_system_fonts=False, font_paths=[HERE / "fonts"])
