"""What an inspection pack holds: each clause with its duties and how they stood. No child, no free words.

It is a plain dictionary: the PDF, the table and the JSON are made from the same one, and so is its digest.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from foundation.evidence import sources
from safeguarding.documents.typeset import pdf
from safeguarding.people.models import Setting
from safeguarding.policies.duties import POLICIES

from .board import STATES, Line, counts, lines
from .figures import coarse

TEMPLATE = Path(__file__).with_name("papers") / "pack.typ"
HEADINGS = (
    "Policy",
    "Clause",
    "Duty",
    "In words",
    "How often (days)",
    "State",
    "What shows it",
    "Until",
)
Content = dict[str, Any]


def content(setting: Setting, at: datetime) -> Content:
    """Everything that goes into a pack of a setting as of a moment."""
    found = lines(setting.pk, at)
    return {
        "title": f"How duties stand: {setting.name}",
        "setting": setting.name,
        "as_of": f"{timezone.localtime(at):%-d %B %Y, %H:%M}",
        "summary": [
            {"state": STATES[state][0], "means": STATES[state][1], "number": number}
            for state, number in counts(found).items()
        ],
        "clauses": list(_by_clause(found)),
    }


def digest_of(collected: Content) -> str:
    """SHA-256 of the content in one canonical form. The same content gives the same digest."""
    text = json.dumps(collected, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def as_pdf(collected: Content) -> bytes:
    """The pack as a tagged PDF."""
    return pdf(TEMPLATE, collected)


def as_json(collected: Content, digest: str) -> str:
    """The pack for another program."""
    return json.dumps({**collected, "digest": digest}, ensure_ascii=False, indent=2)


def as_rows(collected: Content) -> Iterator[Sequence[str]]:
    """The pack as rows of a table, the headings first."""
    yield HEADINGS
    for clause in collected["clauses"]:
        for one in clause["duties"]:
            place = (clause["policy"], f"{clause['number']} {clause['heading']}".strip())
            told = (one["id"], one["duty"], one["every"], one["state"], one["shown"], one["until"])
            yield (*place, *told)


def _by_clause(found: Iterable[Line]) -> Iterator[Content]:
    """Each clause once, in the order of the policies, with its duties."""
    clauses: dict[tuple[str, str, str], list[Line]] = {}
    for one in found:
        key = (POLICIES[one.duty.policy], one.clause, one.duty.place.heading)
        clauses.setdefault(key, []).append(one)
    for (policy, number, heading), several in clauses.items():
        duties = [_told(one) for one in several]
        yield {"policy": policy, "number": number, "heading": heading, "duties": duties}


def _told(line: Line) -> Content:
    """One duty with its state and what shows it: figures too coarse to tell a single event from."""
    chosen = line.adoption.interval_days or (line.duty.every and line.duty.every.days)
    return {
        "id": line.duty.id,
        "duty": line.duty.duty,
        "when": line.duty.when,
        "every": str(chosen or ""),
        "state": line.says,
        "shown": _shown(line),
        "until": f"{line.word.said.until:%-d %B %Y}" if line.word and line.word.said else "",
    }


def _shown(line: Line) -> str:
    if line.state == "opted out":
        return "Not taken on. Why stands on record."  # somebody may have named a child there
    if line.word is not None:
        if line.word.said is None:
            return "Nobody has given their word yet."
        what = "confirmed" if line.word.said.holds else "said that it is not so"
        return f"{line.word.said.by} {what} on {line.word.said.at:%-d %B %Y}."
    if line.finding is None:
        return "No record shows it yet."
    how = " ".join(one.how for one in sources(line.duty.id))
    figures = (coarse(line.finding.kept), coarse(line.finding.owed), coarse(line.finding.late))
    return "{} Kept: {}. Owed: {}. Late: {}.".format(how, *figures)
