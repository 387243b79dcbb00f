"""What stands on the paper of a version, as plain data."""

from typing import Any

from foundation.moments import say_date
from safeguarding.policies.models import Clause, PolicyVersion

Content = dict[str, Any]
BULLETS = ("- ", "• ", "* ")


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
    """Paragraphs and lists, in order: lines that begin with a dash follow each other as one list."""
    blocks: list[Content] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if not line.startswith(BULLETS):
            blocks.append({"words": line, "points": []})
        elif blocks and blocks[-1]["points"]:
            blocks[-1]["points"].append(line[2:].strip())
        else:
            blocks.append({"words": "", "points": [line[2:].strip()]})
    return blocks
