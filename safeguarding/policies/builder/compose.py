"""From our text, the choices and the words: numbered clauses, the duties they carry, and what is missing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from safeguarding.policies.actions.versions import Part

from . import library
from .given import Given
from .schema import FILLED, Clause, Section, Text
from .words import Words

LISTED = re.compile(r"^- ", re.MULTILINE)


@dataclass
class Composed:
    """A policy as it would be saved."""

    parts: list[Part] = field(default_factory=list)
    duties: dict[str, str] = field(default_factory=dict)  # a duty and the number of its clause
    set_aside: dict[str, str] = field(
        default_factory=dict
    )  # a duty and the choice that left it out
    missing: list[str] = field(default_factory=list)
    unchecked: list[str] = field(
        default_factory=list
    )  # guidance that nobody has read in the original


def compose(text: Text, given: Given, words: Words) -> Composed:
    """The policy. Sections and clauses are numbered as they stand, so a clause left out leaves no hole."""
    chosen = given.chosen()
    made = Composed()
    number = 0
    for section in text.sections:
        if any(clause.fits(chosen) for clause in section.all_clauses):
            number += 1
            for part, clause in _section(section, number, chosen, words):
                made.parts.append(part)
                made.duties |= dict.fromkeys(clause.duties, part.number) if clause else {}
    made.set_aside = _set_aside(text, set(made.duties), chosen)
    made.missing, made.unchecked = words.missing, words.unchecked
    return made


def _section(
    section: Section, number: int, chosen: dict[str, str], words: Words
) -> Iterator[tuple[Part, Clause | None]]:
    yield Part(str(number), section.heading, "", 1), None
    yield from _clauses(section.clauses, f"{number}.", 2, chosen, words)
    at = 0
    for part in section.parts:
        if any(clause.fits(chosen) for clause in part.clauses):
            at += 1
            yield Part(f"{number}.{at}", part.heading, "", 2), None
            yield from _clauses(part.clauses, f"{number}.{at}.", 3, chosen, words)


def _clauses(
    clauses: Sequence[Clause], prefix: str, level: int, chosen: dict[str, str], words: Words
) -> Iterator[tuple[Part, Clause]]:
    fitting = [clause for clause in clauses if clause.fits(chosen)]
    for at, clause in enumerate(fitting, start=1):
        yield Part(f"{prefix}{at}", "", filled(clause.text, words), level), clause


def filled(text: str, words: Words) -> str:
    """The text with everything in curly brackets filled in. An item of a list begins with •, as elsewhere."""
    said = FILLED.sub(lambda found: words.of(found[1]), text)
    return LISTED.sub("• ", said)


def _set_aside(text: Text, carried: set[str], chosen: dict[str, str]) -> dict[str, str]:
    """The duties that a choice left out, each with that choice in words."""
    return {
        duty: _reason(clause, chosen)
        for clause in text.clauses
        for duty in clause.duties
        if duty not in carried
    }


def _reason(clause: Clause, chosen: dict[str, str]) -> str:
    made = [
        library.choices()[choice]
        for choice, options in clause.when.items()
        if chosen[choice] not in options
    ]
    said = [f"{one.question} We chose: {one.option(chosen[one.id]).label}." for one in made]
    return " ".join(said)[:500]
