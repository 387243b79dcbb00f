"""The parts of the documentation that the code knows better: the map, the actions, the decisions.

Each is read from where it is decided, so that a page cannot say what is no longer so. A part of a
page stands between `<!-- map -->` and `<!-- end map -->`; `manage.py docs` writes it anew.
"""

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

Part = Callable[[Path], Iterator[str]]
MARKED = re.compile(r"(<!-- (?P<name>[a-z-]+) -->\n).*?(<!-- end (?P=name) -->)", re.DOTALL)
HEADING = re.compile(r"^# (?P<title>.+)$", re.MULTILINE)


def renewed(page: str, root: Path) -> str:
    """A page with every marked part as the code says it now. KeyError names an unknown part."""
    return MARKED.sub(
        lambda found: found[1] + "\n".join(PARTS[found["name"]](root)) + "\n" + found[3], page
    )


def names(page: str) -> list[str]:
    """The parts a page holds."""
    return [found["name"] for found in MARKED.finditer(page)]


def the_map(root: Path) -> Iterator[str]:
    """The layers of safeguarding/ from the import contract; apps that are not there yet in brackets."""
    yield "```"
    for layer in layers(root):
        yield " | ".join(name if is_there(root, name) else f"({name})" for name in layer)
    yield "```"


def the_apps(root: Path) -> Iterator[str]:
    """One row for each app, from the top of the map, in its own words."""
    yield "| app | what it is |"
    yield "|---|---|"
    for layer in layers(root):
        for name in layer:
            if is_there(root, name):
                yield f"| `{name}` | {sentence(app(root, name) / '__init__.py')} |"


def the_actions(root: Path) -> Iterator[str]:
    """Everything that can be done, by app, with the sentence of each action."""
    for layer in layers(root):
        for name in layer:
            done = list(actions(app(root, name)))
            if done:
                yield f"### {name}"
                yield ""
                yield from (f"- `{action}`: {said}" for action, said in done)
                yield ""


def the_timetable(root: Path) -> Iterator[str]:
    """What runs by the clock."""
    yield "| what | when | task |"
    yield "|---|---|---|"
    text = (root / "config" / "schedule.yaml").read_text(encoding="utf-8")
    for entry in yaml.safe_load(text):
        when = f"every {entry['every']}" if "every" in entry else f"daily at {entry['daily']}"
        yield f"| {entry['name']} | {when} | `{entry['task']}` |"


def the_decisions(root: Path) -> Iterator[str]:
    """The decisions by number, each linked."""
    for path in sorted((root / "docs" / "adr").glob("[0-9]*.md")):
        title = HEADING.search(path.read_text(encoding="utf-8"))
        yield f"- [{title['title'] if title else path.stem}]({path.name})"


PARTS: dict[str, Part] = {
    "map": the_map,
    "apps": the_apps,
    "actions": the_actions,
    "timetable": the_timetable,
    "decisions": the_decisions,
}


def layers(root: Path) -> list[list[str]]:
    """The map from the top, as [tool.importlinter] in pyproject.toml keeps it."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    lines: list[str] = next(one["layers"] for one in contracts if one["id"] == "map")
    return [[name.strip(" ()") for name in line.split("|")] for line in lines]


def app(root: Path, name: str) -> Path:
    return root / "safeguarding" / name


def is_there(root: Path, name: str) -> bool:
    return (app(root, name) / "__init__.py").is_file()


def sentence(path: Path) -> str:
    """The first line of what a file says about itself."""
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return said.partition("\n")[0]


def actions(folder: Path) -> Iterator[tuple[str, str]]:
    """The actions of an app in the order of their files: whatever runs as one transaction."""
    for part in [folder, *sorted(one for one in folder.glob("[a-z]*/") if one.name != "tests")]:
        for path in [part / "actions.py", *sorted(part.glob("actions/[!_]*.py"))]:
            if path.is_file():
                yield from _atomic(ast.parse(path.read_text(encoding="utf-8")))


def _atomic(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            decorators = {ast.unparse(one) for one in node.decorator_list}
            if "transaction.atomic" in decorators:
                yield node.name, (ast.get_docstring(node) or "").partition("\n")[0]
