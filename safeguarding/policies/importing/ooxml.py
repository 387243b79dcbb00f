"""Names in the XML of a Word document."""

from typing import Any

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def named(name: str) -> str:
    """A tag with its namespace."""
    return f"{{{WORD}}}{name}"


def attribute(element: Any, name: str) -> str:
    """An attribute of an element; empty where it has none."""
    return str(element.get(named(name), ""))


def number(element: Any, name: str = "val") -> int | None:
    """An attribute that is a number; None where there is none, or something else."""
    said = "" if element is None else attribute(element, name)
    return int(said) if said.lstrip("-").isdigit() and len(said) < 10 else None
