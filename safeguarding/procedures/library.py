"""Reads, strictly, the procedures that people who know safeguarding write in YAML."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import yaml
from django.core.exceptions import ImproperlyConfigured
from pydantic import ValidationError

from foundation import strict_yaml
from foundation.strict_yaml import FAST
from safeguarding.law.library import guidance, rule_ids

from .schema import Definition, Rule

DEFINITIONS = Path(__file__).parent / "definitions"
# Rules about a whole definition have no place of their own, but they name a step or a question.
NAMED = re.compile(r"(?:step|steps:|questions:|never:) ([a-z][a-z0-9-]*)")


@cache
def definitions() -> dict[str, Definition]:
    """Every procedure by its id. A mistake in a file stops the start, with its file and line."""
    return read_all(DEFINITIONS)


def read_all(folder: Path) -> dict[str, Definition]:
    """Every definition of a folder, each sound by itself and starting only what may follow it."""
    paths = {path.stem: path for path in sorted(folder.glob("*.yaml"))}
    found = {name: read(path) for name, path in paths.items()}
    for name, definition in found.items():
        _check_starts(paths[name], definition, found)
    return found


def read(path: Path) -> Definition:
    """One definition. Raises ImproperlyConfigured saying the file, the line and what is wrong."""
    text = path.read_text(encoding="utf-8")
    try:
        tree, data = strict_yaml.load(text)
        _refuse_keys_twice(path, tree)
        definition = Definition.model_validate(data)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ImproperlyConfigured(f"{path.name}, line {line}: {error.problem}") from error
    except ValidationError as error:
        raise ImproperlyConfigured(_explained(path, text, error)) from error
    _check_names(path, text, definition)
    return definition


def digest(definition: Definition) -> str:
    """The SHA-256 of a definition's content, the same on every machine."""
    content = json.dumps(definition.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def _check_names(path: Path, text: str, definition: Definition) -> None:
    if definition.id != path.stem:
        raise ImproperlyConfigured(
            f"{path.name}, line 1: the id is {definition.id}, not {path.stem}"
        )
    for number, name in enumerate(definition.guidance):
        if name not in guidance():
            line = _line(text, ("guidance", number))
            raise ImproperlyConfigured(f"{path.name}, line {line}: no guidance {name}")
    known = rule_ids()
    for number, step in enumerate(definition.steps):
        if isinstance(step.within, Rule) and step.within.rule not in known:
            line = _line(text, ("steps", number, "within", "rule"))
            raise ImproperlyConfigured(f"{path.name}, line {line}: no rule {step.within.rule}")


def _check_starts(path: Path, definition: Definition, known: Mapping[str, Definition]) -> None:
    """What a step starts exists; and an allegation has a record of its own (rule R12)."""
    for number, step in enumerate(definition.steps):
        for other in step.starts:
            if other in known and may_follow(known[other], definition.record_class):
                continue
            line = _line(path.read_text(encoding="utf-8"), ("steps", number, "starts"))
            wrong = (
                f"{other} is about an adult here, which is a record of its own. Let the step tell "
                "the manager to begin one"
                if other in known
                else f"no procedure {other}"
            )
            raise ImproperlyConfigured(f"{path.name}, line {line}: {wrong}")


def may_follow(definition: Definition, record_class: str) -> bool:
    """Whether a procedure may be followed on a case of this class: an allegation has a record of its own."""
    return definition.record_class != "C3" or record_class == "C3"


def _explained(path: Path, text: str, error: ValidationError) -> str:
    found = []
    for problem in error.errors():
        place = ".".join(str(part) for part in problem["loc"])
        line = _line(text, problem["loc"]) if problem["loc"] else _line_named(text, problem["msg"])
        found.append(f"{path.name}, line {line}: {place}: {problem['msg']}")
    return "\n".join(found)


def _line_named(text: str, message: str) -> int:
    """The line of the step or question that a message names; of the last, if there are two."""
    named = NAMED.search(message)
    lines = [
        key.start_mark.line + 1
        for key, value in _pairs(yaml.compose(text, Loader=FAST))
        if named and (key.value, value.value) == ("id", named[1])
    ]
    return max(lines, default=1)


def _refuse_keys_twice(path: Path, tree: yaml.Node | None) -> None:
    """YAML would keep the later of two equal keys without a word, and a rule would be lost."""
    for node in _mappings(tree):
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                line = key.start_mark.line + 1
                raise ImproperlyConfigured(f"{path.name}, line {line}: {key.value} stands twice")
            seen.add(key.value)


def _mappings(tree: yaml.Node | None) -> Iterator[yaml.MappingNode]:
    """Every mapping anywhere in a YAML tree, from the top. Every start does this: it is quick."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            yield node
            waiting.extend(value for _, value in reversed(node.value))
        elif isinstance(node, yaml.SequenceNode):
            waiting.extend(reversed(node.value))


def _pairs(tree: yaml.Node | None) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    """Every key with its value, anywhere in a YAML tree."""
    for node in _mappings(tree):
        yield from node.value


def _line(text: str, place: tuple[int | str, ...]) -> int:
    """The line a value stands on: walks the YAML as far along `place` as it goes."""
    node = yaml.compose(text, Loader=FAST)
    line = 1
    for part in place:
        if isinstance(node, yaml.MappingNode):
            pairs = {key.value: (key, value) for key, value in node.value}
            if part not in pairs:
                continue  # pydantic also names the kind of value it tried
            key, node = pairs[str(part)]
            line = key.start_mark.line + 1
        elif (
            isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value)
        ):
            node = node.value[part]
            line = node.start_mark.line + 1
    return line
