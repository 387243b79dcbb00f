"""A mistake in a definition is named with its file and its line."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from safeguarding.procedures.library import DEFINITIONS, definitions, digest, read, read_all

SOUND = """\
id: sound
title: A sound procedure
version: 1
group: child
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
    "an unknown group": ("group: child", "group: cats!", "group"),
    "an outcome without options": (
        "  - id: review\n    do: Look back.",
        "  - id: ending!\n    do: Say how it ended.\n    by: lead\n    need: must\n"
        "    records: outcome\n  - id: review\n    do: Look back.",
        "two or more different `options`",
    ),
    "options where no outcome is recorded": (
        "  - id: tell-lead\n    do: Tell the lead.",
        "  - id: tell-lead!\n    do: Tell the lead.\n    options: [{id: a, says: One.}, {id: b, says: Two.}]",
        "two or more different `options`",
    ),
    "the same option twice": (
        "  - id: review\n    do: Look back.",
        "  - id: ending!\n    do: Say how it ended.\n    by: lead\n    need: must\n"
        "    records: outcome\n    options: [{id: a, says: One.}, {id: a, says: Two.}]\n"
        "  - id: review\n    do: Look back.",
        "two or more different `options`",
    ),
    "a step that is done apart from a later one": (
        "  - id: tell-lead\n    do: Tell the lead.",
        "  - id: tell-lead!\n    do: Tell the lead.\n    apart_from: [review]",
        "tell-lead waits for review",
    ),
    "a procedure that starts itself": (
        "  - id: tell-lead\n    do: Tell the lead.",
        "  - id: tell-lead!\n    do: Tell the lead.\n    starts: [sound]",
        "starts the procedure it is part of",
    ),
    "questions whose answer starts a procedure, also a no": (
        "  - id: first-facts\n    do: Answer the question.",
        "  - id: first-facts!\n    do: Answer the question.\n    starts: [other]",
        "first-facts: `starts` needs",
    ),
    "technical staff who start a procedure on a case they do not see": (
        "  - id: tell-lead\n    do: Tell the lead.\n    by: anyone",
        "  - id: tell-lead!\n    do: Tell the lead.\n    starts: [other]\n    by: technical",
        "tell-lead: `starts` needs",
    ),
    "pictures in a class that takes files": (
        "id: sound\ntitle: A sound procedure",
        "id: sound!\ntitle: A sound procedure\nimagery: true",
        "goes with record_class C4 always",
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


@pytest.mark.parametrize(("klass", "imagery"), [("C4", "true"), ("C3", "true"), ("C3", "false")])
def test_pictures_belong_to_class_c4_or_to_an_allegation(
    tmp_path: Path, klass: str, imagery: str
) -> None:
    text = SOUND.replace("record_class: C1", f"record_class: {klass}\nimagery: {imagery}")
    (tmp_path / "sound.yaml").write_text(text, encoding="utf-8")

    assert read(tmp_path / "sound.yaml").record_class == klass


def test_class_c4_without_pictures_is_a_mistake(tmp_path: Path) -> None:
    assert "C4 always" in told(tmp_path, SOUND.replace("record_class: C1", "record_class: C4"))


@pytest.mark.parametrize(
    ("klass", "other", "says"),
    [
        ("C1", "nobody", "no procedure nobody"),
        ("C1", "sound", "sound is about an adult here, which is a record of its own"),
        ("C4", "sound", "sound is about an adult here, which is a record of its own"),
        ("C3", "sound", ""),
    ],
)
def test_a_step_starts_only_what_exists_and_may_follow(
    tmp_path: Path, klass: str, other: str, says: str
) -> None:
    allegation = SOUND.replace("record_class: C1", "record_class: C3")
    (tmp_path / "sound.yaml").write_text(allegation, encoding="utf-8")
    pictures = "true" if klass == "C4" else "false"
    first = SOUND.replace("id: sound", "id: first").replace(
        "record_class: C1", f"record_class: {klass}\nimagery: {pictures}"
    )
    text = first.replace("    do: Tell the lead.", f"    do: Tell the lead.\n    starts: [{other}]")
    (tmp_path / "first.yaml").write_text(text, encoding="utf-8")

    if not says:
        assert set(read_all(tmp_path)) == {"first", "sound"}
        return
    line = text.splitlines().index(f"    starts: [{other}]") + 1
    with pytest.raises(ImproperlyConfigured, match=f"first.yaml, line {line}: {says}"):
        read_all(tmp_path)


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
