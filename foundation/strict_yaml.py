"""Reads our YAML strictly: an unknown key or wrong value stops the start, by file and line."""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from django.core.exceptions import ImproperlyConfigured
from pydantic import TypeAdapter, ValidationError

Shape = TypeVar("Shape")
FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where PyYAML has it


def read(path: Path, shape: TypeAdapter[Shape]) -> Shape:
    """The file as the given shape. Errors say the file, the line and the key."""
    text = path.read_text(encoding="utf-8")
    try:
        root, data = load(text)
        return shape.validate_python(data)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", "cannot be read")
        raise ImproperlyConfigured(f"{path.name}{where}: {problem}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        line = line_of(root, first["loc"])
        where = ".".join(str(part) for part in first["loc"])
        raise ImproperlyConfigured(f"{path.name} line {line}, {where}: {first['msg']}.") from error


def load(text: str) -> tuple[yaml.Node | None, Any]:
    """The text as nodes, which know their lines, and as plain data; read once, by the fast reader."""
    loader = FAST(text)
    try:
        node = loader.get_single_node()
        return node, None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()


def line_of(node: yaml.Node | None, location: tuple[int | str, ...]) -> int:
    """The line, from 1, of the deepest part of the location that the file has."""
    line = 1
    for part in location:
        found = inside(node, part)
        if found is None:
            break
        line, node = found
    return line


def inside(node: yaml.Node | None, part: int | str) -> tuple[int, yaml.Node] | None:
    """The line and the node of one key or one list item."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark.line + 1, node.value[part]
    return None
