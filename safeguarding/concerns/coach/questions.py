"""The questions an adult put to a child, found in what was written about asking."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .reading import MARKS, QUOTED, pattern, sentences
from .schema import Advice, Asked, Speech

SPEAKERS = re.compile(r"\b(?:[Ii]|[Ww]e|[Hh]e|[Ss]he|[Tt]hey|[A-Z][a-z]+)\b")
ANSWER = re.compile(r"(?:^|\s)(?!(?:Q|I|Me|Question):)[A-Z][a-z]{0,15}:.*")
LABEL = re.compile(r"^\s*(?:Q|I|Me|Question):\s*")
PUT = re.compile(
    r"^(?:(?:and|then|so)\s+)*(?:(?:I|we)(?:\s+(?:then|just|also|only))?\s+)?(?P<verb>asked|said)\b"
    r"(?:\s+(?:to\s+)?(?:him|her|them|the\s+\w+|(?-i:(?!Did|Was|Is|Has|Were|Are|Do|If|Wh)[A-Z]\w+)))?\s*[,:]?\s+",
    re.IGNORECASE,
)
FEW = 7  # words shown of a question
BEFORE_IT = re.compile(r"^(?:\w+,\s+|(?:so|and|but|then|ok|okay)\s+)*", re.IGNORECASE)


@dataclass(frozen=True)
class Question:
    """What was asked, and whether that is certain even without a question mark."""

    text: str
    is_certain: bool

    @property
    def is_one(self) -> bool:
        return self.is_certain or self.text.rstrip().endswith("?")


def questions(text: str, speech: Speech) -> Iterator[Question]:
    """What the writer asked. What the child said, in quotation marks or after a name, is left out."""
    for quoted in QUOTED.finditer(text):
        if not _is_somebody_elses(quoted, speech):
            for sentence in sentences(quoted[0].strip(MARKS)):
                yield Question(sentence, is_certain=True)
    for line in QUOTED.sub(" ", text).split("\n"):
        for sentence in sentences(ANSWER.sub("", line)):
            yield from _put(LABEL.sub("", sentence).strip(), speech)


def _put(sentence: str, speech: Speech) -> Iterator[Question]:
    said = PUT.match(sentence)
    if said:
        yield Question(sentence[said.end() :], is_certain=said["verb"].casefold() == "asked")
    elif not pattern(speech.verbs).search(sentence):
        yield Question(sentence, is_certain=False)


def _is_somebody_elses(quoted: re.Match[str], speech: Speech) -> bool:
    """Whether words in quotation marks were spoken by somebody other than the writer."""
    whole, verbs = quoted.string, pattern(speech.verbs)
    after = re.split(r"[.!?\n]", whole[quoted.end() : quoted.end() + 60])[0].strip(" ,").split()
    if any(verbs.fullmatch(word) for word in after[:2]):  # “…” Kit said, or “…” said Kit
        return any(word.casefold() not in speech.oneself for word in _but(verbs, after[:2]))
    clause = sentences(whole[max(0, quoted.start() - 200) : quoted.start()])[-1:]
    spoken = list(verbs.finditer(clause[0])) if clause else []
    speakers = SPEAKERS.findall(clause[0][: spoken[-1].start()]) if spoken else []
    return bool(speakers) and speakers[-1].casefold() not in speech.oneself


def _but(verbs: re.Pattern[str], words: list[str]) -> list[str]:
    return [word for word in words if not verbs.fullmatch(word)]


def leading(question: Question, rules: Asked) -> tuple[Advice, str] | None:
    """What is to be said of a question that leads, and its words; None for one that does not."""
    text = question.text
    for one in (rules.suggesting, rules.blaming):
        if match := pattern(one.words).search(text):
            return one, match[0]
    start = BEFORE_IT.match(text)
    begin = start.end() if start else 0
    opening = pattern(rules.yes_or_no.words).match(text, begin)
    if not opening or not question.is_one or _is_kind(text, begin, rules):
        return None
    choice = re.search(r"\bor\b", text)
    return (rules.either_or if choice else rules.yes_or_no), _beginning(text)


def _beginning(text: str) -> str:
    words = text.split()
    return " ".join(words[:FEW]) + ("…" if len(words) > FEW else "")


def _is_kind(text: str, begin: int, rules: Asked) -> bool:
    harmless = pattern(rules.harmless).match(text, begin)
    return bool(harmless or pattern(rules.yes_or_no.unless).search(text))
