"""Our own texts and the questions, from their files. Files in, plain objects out; no database here."""

from functools import cache
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from pydantic import TypeAdapter

from foundation import strict_yaml
from safeguarding.law.library import guidance, rule_ids

from .schema import (
    Choice,
    Clause,
    Cover,
    Extra,
    Fact,
    Option,
    Page,
    Questions,
    Section,
    Text,
)

HERE = Path(__file__).parent
FACTS_PAGE = Page(id="facts", title="What only you know")
EXTRAS_PAGE = Page(id="extras", title="What the old policies left open")
# Filled in from what Hedgerow knows of the setting: see words.py.
KNOWN = frozenset(
    {
        *("setting", "opening_hours", "people", "lead", "deputy", "manager", "deputy_manager"),
        *("committee_lead", "technical", "contacts"),
    }
)


@cache
def texts() -> dict[str, Text]:
    """Every policy we wrote, by id, in the order in which they are shown."""
    found = [_read(folder) for folder in sorted((HERE / "texts").iterdir()) if folder.is_dir()]
    for one in found:
        _refuse_the_unknown(one)
    return {one.id: one for one in sorted(found, key=lambda one: one.order)}


@cache
def questions() -> Questions:
    """The pages, choices, extras and facts."""
    folder = HERE / "questions"
    pages = strict_yaml.read(folder / "pages.yaml", TypeAdapter(tuple[Page, ...]))
    read = TypeAdapter(tuple[Choice, ...])
    files = [folder / f"{page.id}.yaml" for page in pages]
    return Questions(
        pages=pages,
        choices=tuple(one for path in files for one in strict_yaml.read(path, read)),
        extras=strict_yaml.read(folder / "extras.yaml", TypeAdapter(tuple[Extra, ...])),
        facts=strict_yaml.read(folder / "facts.yaml", TypeAdapter(tuple[Fact, ...])),
    )


@cache
def choices() -> dict[str, Choice]:
    """Every choice by id: the questions, and each extra as a question with yes and no."""
    asked = questions()
    return {one.id: one for one in (*asked.choices, *map(_yes_or_no, asked.extras))}


@cache
def facts() -> dict[str, Fact]:
    return {one.id: one for one in questions().facts}


def pages_of(text: Text) -> list[Page]:
    """The pages on which this text has something to ask."""
    asked = {choices()[one].page for one in text.choices}
    pages = [page for page in questions().pages if page.id in asked]
    extras = [EXTRAS_PAGE] if EXTRAS_PAGE.id in asked else []
    return [*pages, *extras, FACTS_PAGE]


def choices_of(text: Text, page: Page) -> list[Choice]:
    """What this text asks on a page, in the order of the file."""
    return [one for one in choices().values() if one.page == page.id and one.id in text.choices]


def facts_of(text: Text) -> list[Fact]:
    return [one for one in facts().values() if one.id in text.fillings]


def _yes_or_no(extra: Extra) -> Choice:
    yes = Option(id="in", label="Yes, say so", changes="The policy says it in a clause of its own.")
    no = Option(
        id="out", label="No, leave it out", changes="The policy is silent on it, as before."
    )
    return Choice(
        id=extra.id,
        page=EXTRAS_PAGE.id,
        question=extra.question,
        options=(yes, no),
        suggested="in",
        why=extra.why,
    )


def _read(folder: Path) -> Text:
    cover = strict_yaml.read(folder / "policy.yaml", TypeAdapter(Cover))
    files = sorted(path for path in folder.glob("*.yaml") if path.name != "policy.yaml")
    read = TypeAdapter(list[Section])
    sections = [section for path in files for section in strict_yaml.read(path, read)]
    return Text(**cover.model_dump(), sections=tuple(sections))


def _refuse_the_unknown(text: Text) -> None:
    """Stop where a text hangs on a choice, a fact or a guidance that there is not."""
    for clause in text.clauses:
        for problem in _unknown(clause):
            raise ImproperlyConfigured(f"{text.id}: {problem}, in “{clause.text[:60]}”")


def _unknown(clause: Clause) -> list[str]:
    wrong = [
        f"there is no choice {choice}: {' '.join(options)}"
        for choice, options in clause.when.items()
        if choice not in choices() or not set(options) <= _ids(choices()[choice].options)
    ]
    return wrong + [f"nothing fills in {name}" for name in clause.fillings if not _is_known(name)]


def _ids(options: tuple[Option, ...]) -> set[str]:
    return {one.id for one in options}


def _is_known(name: str) -> bool:
    kind, _, what = name.partition(":")
    if kind == "guidance":
        return what in guidance()
    if kind == "rule":
        return what in rule_ids()
    if kind == "choice":
        return what in choices() and all(one.words for one in choices()[what].options)
    return kind in {"contact", "reach"} or name in KNOWN or name in facts()
