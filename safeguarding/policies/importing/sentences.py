"""A long clause shown in sentences, so that one can say where another begins. Without script, too."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

END = re.compile(r"(?<=[.;!?])\s+(?=[A-Z“\"'])")


@dataclass(frozen=True)
class Sentence:
    """One sentence or item of a list, and whether it begins a line of the clause."""

    words: str
    begins_line: bool


def sentences_of(text: str) -> list[Sentence]:
    """A clause in sentences, which `together` puts back as they were."""
    return [
        Sentence(words, place == 0)
        for line in text.split("\n")
        for place, words in enumerate(END.split(line))
    ]


def together(sentences: Sequence[Sentence]) -> str:
    """The words again, each line where it was."""
    text = ""
    for one in sentences:
        between = "\n" if one.begins_line else " "
        text += between * bool(text) + one.words
    return text
