"""Reading what somebody wrote: sentences without quotations, and words found in them."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

LONGEST = 10_000  # characters looked at in one box
OPEN, CLOSE = "\u2018", "\u2019"  # single quotation marks; the second is an apostrophe as well
MARKS = f"“”\"'{OPEN}{CLOSE}"
QUOTED = re.compile(
    r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|(?<!\w)'(?=\S).{1,400}?(?<=\S)'(?!\w)"
    rf"|(?<!\w){OPEN}.*?(?:{CLOSE}(?!\w)|$)",
    re.DOTALL,
)
SENTENCES = re.compile(r"(?<=[.!?…])\s+|\n+")
TRANSCRIPT = re.compile(r"^\s*[A-Z][\w .’'-]{0,30}:\s")
TAKEN_OUT = " “” "
MEANS = {"*": r"\w*", "?": r"(?-i:[A-HJ-Z]|\d+)", "#": r"\d{1,2}", " ": r"[\s\-]+", "'": "['’]"}


def sentences(text: str) -> list[str]:
    """The sentences of a text; a new line begins a new one."""
    return [one for one in SENTENCES.split(text) if one and one.strip()]


def without_quotations(text: str) -> str:
    """The text without anybody's words in quotation marks. A quotation left open runs to the end."""
    return QUOTED.sub(TAKEN_OUT, text)


@cache
def pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these phrases as whole words."""
    longest_first = sorted(phrases, key=len, reverse=True)
    either = "|".join(_one(phrase) for phrase in longest_first)
    return re.compile(rf"(?<!\w)(?:{either})", re.IGNORECASE)


def _one(phrase: str) -> str:
    anything = phrase.startswith("*")  # part of an address: anything but a space around it
    core = "".join(MEANS.get(letter, re.escape(letter)) for letter in phrase.strip("*"))
    if anything:
        return rf"(?<!\S)\S{{0,500}}{core}" + (r"\S*" if phrase.endswith("*") else r"(?!\w)")
    ending = MEANS["*"] if phrase.endswith("*") else ""
    return core + ending + (r"(?!\w)" if core[-1] != ":" else "")


def found(
    phrases: tuple[str, ...], text: str, *, unless: tuple[str, ...] = (), names: Iterable[str] = ()
) -> tuple[str, ...]:
    """The words of these that stand in the text, as they were written, each once, at most three.

    A word that is a name is none of them.
    """
    known = {part.casefold() for name in names for part in name.split()}
    seen: dict[str, str] = {}
    for sentence in sentences(text):
        if unless and pattern(unless).search(sentence):
            continue
        for match in pattern(phrases).finditer(sentence):
            if not _is_name(match, sentence, known):
                seen.setdefault(match[0].casefold(), match[0])
    return tuple(seen.values())[:3]


def _is_name(match: re.Match[str], sentence: str, known: set[str]) -> bool:
    """Whether it begins like a name: a capital that neither the sentence nor shouting explains."""
    first = re.split(r"[\s\-]", match[0])[0]
    if first.casefold() in known:
        return first[:1].isupper()
    begins = not re.search(r"\w", sentence[: match.start()])
    return first[:1].isupper() and not first.isupper() and not begins


def after_speech(text: str, verbs: tuple[str, ...], *, whole_line: bool) -> str:
    """The text without what people are said to have said, with or without quotation marks.

    With `whole_line` everything in the line after it is theirs too.
    """
    lines = without_quotations(text).split("\n")
    return "\n".join(" ".join(_own(line, verbs, whole_line=whole_line)) for line in lines)


def _own(line: str, verbs: tuple[str, ...], *, whole_line: bool) -> Iterator[str]:
    """Each sentence of a line up to where somebody else is said to speak."""
    for sentence in [] if TRANSCRIPT.match(line) else sentences(line):
        speech = pattern(verbs).search(sentence)
        yield sentence[: speech.start()] if speech else sentence
        if speech and whole_line:
            return
