"""What stands on the paper of a version, as plain data."""

from typing import Any

from foundation.moments import say_date
from safeguarding.policies.models import Clause, PolicyVersion

Content = dict[str, Any]
BULLETS = ("• ", "- ", "* ")


def content_of(version: PolicyVersion) -> Content:
    """The version with its clauses. One query; setting and adoption come with the version."""
    adoption = getattr(version, "adoption", None)
    return {
        "title": version.title,
        "setting": version.setting.name,
        "number": version.number,
        "written": say_date(version.created_at.date()),
        "written_at": version.created_at.isoformat(),
        "state": f"Adopted on {say_date(adoption.adopted_on)}" if adoption else "DRAFT",
        "is_draft": adoption is None,
        "digest": version.digest,
        "clauses": [_clause(one) for one in version.clauses.all()],
    }


def name_of(version: PolicyVersion) -> str:
    """Such as online-safety-policy-2: no name of a person, no words of ours."""
    return f"{version.policy.slug}-{version.number}"


def _clause(clause: Clause) -> Content:
    return {
        "number": clause.number,
        "level": clause.level,
        "heading": clause.heading,
        "blocks": blocks_of(clause.text),
    }


def blocks_of(text: str) -> list[Content]:
    """Paragraphs and lists, in order: lines that begin with a bullet follow each other as one list.

    `points` are the items of a list one after the other; `items` are the same, each with those below it.
    """
    blocks: list[Content] = []
    for line in filter(str.strip, text.splitlines()):
        words = line.strip()
        if not words.startswith(BULLETS):
            blocks.append({"words": words, "points": [], "items": []})
            continue
        if not blocks or not blocks[-1]["points"]:
            blocks.append({"words": "", "points": [], "items": []})
        _add_point(blocks[-1], words[2:].strip(), is_deeper=line[:1].isspace())
    return blocks


def _add_point(block: Content, words: str, *, is_deeper: bool) -> None:
    """An item of a list; one that is set in belongs to the item before it."""
    items = block["items"]
    into = items[-1]["items"] if is_deeper and items else items
    into.append({"words": words, "items": []})
    block["points"].append(words)
