"""Looking over the words of a report: what could be said better, and where. It changes nothing."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .questions import leading, questions
from .reading import LONGEST, after_speech, found, pattern, without_quotations
from .schema import Advice, Rules, rules

ORDER = ("happened_time", "place", "saw", "heard", "asked", "did", "think", "note")
ACCOUNT = ("saw", "heard", "asked", "did", "think")


@dataclass(frozen=True)
class Context:
    """What the coach knows besides the words: nothing more than the form already says."""

    people: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    imagery: bool = False
    in_danger: bool = False
    whole_report: bool = True


@dataclass(frozen=True)
class Suggestion:
    """One kind sentence for one box, with the words it is about and the reason."""

    box: str
    words_found: tuple[str, ...]
    says: str
    why: str


Boxes = Mapping[str, str]


def suggestions(boxes: Boxes, context: Context) -> list[Suggestion]:
    """What could be said better, box by box as they stand on the page. Nothing while a child is in danger."""
    if context.in_danger:
        return []
    known, short = rules(), {box: text[:LONGEST] for box, text in boxes.items()}
    looks = [_secrets, _judging, _asking, _names]
    if context.whole_report:
        looks += [_missing, _length]
    all_of_them = [one for look in looks for one in look(short, context, known)]
    return sorted(_first_of_each(all_of_them)[: known.most], key=lambda one: ORDER.index(one.box))


def _first_of_each(listed: list[Suggestion]) -> list[Suggestion]:
    return list({(one.box, one.says): one for one in reversed(listed)}.values())[::-1]


def _say(box: str, advice: Advice, *words: str) -> Suggestion:
    return Suggestion(box, words, advice.says, advice.why)


def _secrets(boxes: Boxes, context: Context, known: Rules) -> Iterator[Suggestion]:
    """Passwords, links to pictures, and copies. For a picture case, only what is said of those."""
    for box, text in boxes.items():
        for rule in known.secrets:
            words = found(rule.words, text, unless=rule.unless)
            if words and (context.imagery or not rule.only_imagery):
                yield _say(box, rule, *words)
                break


def _judging(boxes: Boxes, context: Context, known: Rules) -> Iterator[Suggestion]:
    """Opinions in the boxes for facts. What somebody said is theirs, and never judged."""
    for rule in known.judging:
        for box in rule.boxes:
            own = after_speech(boxes.get(box, ""), known.speech.verbs, whole_line=box == "heard")
            words = found(rule.words, own, unless=rule.unless, names=context.people)
            if words:
                yield _say(box, rule, *words)


def _asking(boxes: Boxes, _: Context, known: Rules) -> Iterator[Suggestion]:
    """Questions that put an answer into a child's mouth."""
    for question in questions(boxes.get("asked", ""), known.speech):
        if led := leading(question, known.asked):
            advice, words = led
            yield _say("asked", advice, words)


def _names(boxes: Boxes, context: Context, known: Rules) -> Iterator[Suggestion]:
    """Initials, letters, and "the child" in place of a name that was chosen."""
    names, everything = known.names, " ".join(boxes.values())
    unnamed = not any(_is_named(child, everything) for child in context.children)
    for box, text in boxes.items():
        own = without_quotations(text)
        if words := _initials(context.people, names.never_initials, own):
            yield _say(box, names.initials, *words)
        if letters := pattern(names.letters.words).search(own):
            yield _say(box, names.letters, letters[0])
        if context.children and unnamed and (words := found(names.nameless.words, own)):
            yield _say(box, names.nameless, *words)


def _is_named(name: str, text: str) -> bool:
    return any(re.search(rf"\b{re.escape(part)}\b", text) for part in name.split() if len(part) > 1)


def _initials(people: tuple[str, ...], never: tuple[str, ...], text: str) -> tuple[str, ...]:
    """First letters of somebody chosen, written in place of their name."""
    for name in people:
        letters = [part[0] for part in re.findall(r"[^\W\d_]+", name) if part[0].isupper()]
        if len(letters) < 2 or "".join(letters) in never:
            continue
        first, last = re.escape(letters[0]), re.escape(letters[-1])
        both = rf"(?<![\w.]){first}\.?\s?{last}(?:\.|(?!\w))(?!\w)"
        alone = rf"(?<![\w.]){first}(?:\.(?=\s+[a-z])|(?=(?:[’']s)?\s+[a-z]))"
        match = re.search(both if letters[0] in "AI" else f"{both}|{alone}", text)
        if match:
            return (match[0],)
    return ()


def _missing(boxes: Boxes, context: Context, known: Rules) -> Iterator[Suggestion]:
    """When, where, what the child said, and what was done."""
    empty, everything = known.empty, "\n".join(boxes.get(box, "") for box in ACCOUNT)
    own = without_quotations(everything)
    event = found(empty.events, own, names=context.people)
    if event and not boxes.get("happened_time"):
        yield _say("happened_time", empty.time, *found(empty.times, own)[:1])
    if event and not boxes.get("place") and not found(empty.places, own):
        yield _say("place", empty.place)
    nothing_said = bool(found(empty.said_nothing, everything))
    if context.children and not boxes.get("heard", "").strip() and not nothing_said:
        yield _say("heard", empty.voice)
    if own.strip() and not boxes.get("did", "").strip():
        yield _say("did", empty.did)


def _length(boxes: Boxes, _: Context, known: Rules) -> Iterator[Suggestion]:
    """Hardly anything, or everything in one box."""
    counts = {box: len(boxes.get(box, "").split()) for box in ACCOUNT}
    filled = [box for box, count in counts.items() if count]
    most = max(ACCOUNT, key=lambda box: counts[box])
    if filled and sum(counts.values()) < known.length.few:
        yield _say(most, known.length.short)
    if len(filled) == 1 and counts[most] > known.length.many:
        yield _say(most, known.length.one_box)
