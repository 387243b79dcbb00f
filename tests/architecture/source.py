"""Reads our own source, for the tests of its shape."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
APPS = ROOT / "safeguarding"
HOUSE = ("config", "demo", "foundation", "safeguarding")
NOT_OURS = {"migrations", "node_modules", "__pycache__"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(*folders: str, tests: bool = False) -> list[Path]:
    """Every Python file of ours in these folders of the house (all of it), in order."""
    places = [ROOT / folder for folder in folders or HOUSE]
    found = (path for place in places for path in sorted(place.rglob("*.py")))
    return [
        path
        for path in found
        if not NOT_OURS & set(path.parts) and (tests or "tests" not in path.parts)
    ]


def short(path: Path) -> str:
    """The path as a person names it, from the top of the checkout."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[Function]:
    """Every function of a file, those inside classes and other functions too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, Function):
            yield node


def statements(function: Function) -> list[ast.stmt]:
    """The body without its docstring."""
    body = function.body
    has_docstring = ast.get_docstring(function, clean=False) is not None
    return body[1:] if has_docstring else body


def body_lines(function: Function, path: Path) -> int:
    """The lines of a function that do something: without signature, docstring, blanks, comments."""
    body = statements(function)
    if not body:
        return 0
    lines = path.read_text(encoding="utf-8").splitlines()[body[0].lineno - 1 : function.end_lineno]
    return sum(bool(line.strip()) and not line.strip().startswith("#") for line in lines)


def calls(node: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call inside a node, by the last part of what is called, in the order of the text."""
    found = [one for one in ast.walk(node) if isinstance(one, ast.Call)]
    for call in sorted(found, key=lambda one: (one.lineno, one.col_offset)):
        if isinstance(call.func, ast.Name):
            yield call.func.id, call
        elif isinstance(call.func, ast.Attribute):
            yield call.func.attr, call


def views_modules() -> list[Path]:
    """Every file that answers requests: views.py, *_views.py and what is in views/."""
    return [
        path
        for path in modules("safeguarding", "demo")
        if path.name.endswith("views.py") or path.parent.name == "views"
    ]


@cache
def contract() -> tuple[tuple[tuple[str, bool], ...], ...]:
    """The lines of the map, from the top: each app with whether it must be there already."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers: list[str] = next(one["layers"] for one in contracts if one["id"] == "map")
    return tuple(
        tuple((name.strip(" ()"), "(" not in name) for name in line.split("|")) for line in layers
    )
