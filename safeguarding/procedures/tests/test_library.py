"""A mistake in a definition is named with its file and its line."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from safeguarding.procedures.library import DEFINITIONS, definitions, digest, read

SOUND = """\
id: sound
title: A sound procedure
version: 1
report_as: Something happened
starts_when: Something happens.
record_class: C1
rests_on: [Online safety policy]
guidance: [eyfs]
summary: Tell the lead.
never:
  - id: change-record
    says: What is written stays.
questions:
  - id: danger-now
    ask: Is a child in danger right now?
steps:
  - id: tell-lead
    do: Tell the lead.
    by: anyone
    need: must
    within: {rule: report.read}
    records: note
  - id: first-facts
    do: Answer the question.
    by: lead
    need: must
    records: answers
    asks: [danger-now]
  - id: tell-police
    do: Ring the police.
    by: lead
    need: {when: [danger-now], otherwise: if_appropriate}
    records: referral
    after: [tell-lead]
  - id: review
    do: Look back.
    by: leadership
    need: must
    records: review
"""


def told(folder: Path, text: str) -> str:
    """What is said about a definition with a mistake in it."""
    path = folder / "sound.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ImproperlyConfigured) as raised:
        read(path)
    return str(raised.value)


def test_a_sound_definition_is_read(tmp_path: Path) -> None:
    (tmp_path / "sound.yaml").write_text(SOUND, encoding="utf-8")

    found = read(tmp_path / "sound.yaml")

    assert [step.id for step in found.steps] == [
        "tell-lead",
        "first-facts",
        "tell-police",
        "review",
    ]


# What stands there, what a person writes by mistake (! marks the line that is wrong), what is said.
MISTAKES = {
    "an unknown key of the procedure": ("version: 1", "version: 1\ncolour: red!", "colour"),
    "an unknown key of a step": ("    do: Look back.", "    do: Look back.\n    how: soon!", "how"),
    "a key that is missing": ("  - id: review\n    do: Look back.", "  - id: review!", "do"),
    "a key that stands twice": (
        "    do: Ring the police.",
        "    do: Ring the police.\n    do: Wait.!",
        "do stands twice",
    ),
    "an unknown role": ("    by: leadership", "    by: committee!", "by"),
    "an unknown need": (
        "    need: must\n    records: review",
        "    need: maybe!\n    records: review",
        "need",
    ),
    "an unknown kind of record": ("    records: referral", "    records: photo!", "records"),
    "a time that is no time": (
        "    records: referral",
        "    records: referral\n    within: soon!",
        "within",
    ),
    "an unknown rule": ("{rule: report.read}", "{rule: report.dream}!", "no rule report.dream"),
    "a deadline since no step": (
        "  - id: tell-lead\n    do: Tell the lead.",
        "  - id: tell-lead!\n    do: Tell the lead.",
        "tell-lead waits for nobody",
    ),
    "unknown guidance": (
        "guidance: [eyfs]",
        "guidance: [no-such-paper]!",
        "no guidance no-such-paper",
    ),
    "a step that waits for no step": (
        "  - id: tell-police\n    do: Ring the police.",
        "  - id: tell-police!\n    do: Ring the police.",
        "tell-police waits for nobody",
    ),
    "a step that waits for a later one": (
        "  - id: tell-lead\n    do: Tell the lead.",
        "  - id: tell-lead!\n    do: Tell the lead.\n    after: [review]",
        "tell-lead waits for review",
    ),
    "a step that stands twice": (
        "  - id: first-facts",
        "  - id: tell-lead!",
        "tell-lead stands twice",
    ),
    "a condition on no question": (
        "  - id: tell-police",
        "  - id: tell-police!",
        "tell-police: no question rain",
    ),
    "an id that is not the file's": ("id: sound", "id: silent!", "not sound"),
    "YAML that is not YAML": (
        "title: A sound procedure",
        "title: A sound: procedure!",
        "not allowed",
    ),
    "a bracket that is never closed": (
        "    asks: [danger-now]\n  - id: tell-police",
        "    asks: [danger-now\n  - id: tell-police!",
        "expected",
    ),
}
ALSO = {
    "a deadline since no step": ("{rule: report.read}", "{rule: report.read, since: nobody}"),
    "a step that waits for no step": ("after: [tell-lead]", "after: [nobody]"),
    "a condition on no question": ("when: [danger-now]", "when: [rain]"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_with_its_file_and_line(mistake: str, tmp_path: Path) -> None:
    old, new, says = MISTAKES[mistake]
    assert SOUND.count(old) == 1
    text = SOUND.replace(old, new).replace(*ALSO.get(mistake, ("", "")))
    line = next(n for n, one in enumerate(text.splitlines(), 1) if one.endswith("!"))

    message = told(tmp_path, re.sub(r"!$", "", text, flags=re.MULTILINE))

    assert f"sound.yaml, line {line}: " in message
    assert says in message


def test_every_mistake_of_a_file_is_named_at_once(tmp_path: Path) -> None:
    message = told(
        tmp_path, SOUND.replace("by: leadership", "by: cat").replace("records: note", "records: x")
    )

    assert "steps.0.records" in message
    assert "steps.3.by" in message


def test_every_definition_here_is_sound() -> None:
    assert set(definitions()) == {path.stem for path in DEFINITIONS.glob("*.yaml")}


def test_the_digest_changes_with_one_word(tmp_path: Path) -> None:
    path = tmp_path / "sound.yaml"
    path.write_text(SOUND, encoding="utf-8")
    before = digest(read(path))
    assert digest(read(path)) == before

    path.write_text(SOUND.replace("Look back.", "Look back kindly."), encoding="utf-8")

    assert digest(read(path)) != before
