"""What must not be there, and what must be there under its name (ADR 0005, style of the house)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template.loader import get_template, render_to_string

from .source import APPS, ROOT, calls, modules, short, tree

FORBIDDEN_MODULES = {"services", "selectors", "utils", "helpers", "managers", "signals"}
HIDDEN = re.compile(r"^django\.(dispatch|(\w+\.)+signals)")
HIDDEN_IN_LIBRARIES = {"allauth.account.signals"}
HOOKS = {"save", "delete", "full_clean", "save_base"}
REFUSING = {
    "safeguarding/audit/models.py": "an entry of the trail is only ever added",
}
OF_THE_LIBRARIES = {"account", "allauth", "mfa", "usersessions", "django"}
# Django looks for these itself when a table of addresses names no handlers.
FOR_DJANGO = {f"{status}.html" for status in (400, 403, 404, 500)}
MAIL = "mail"  # the one letter that carries every kind
SAID_IN = re.compile(r"^\| `(?P<kind>\w+)` \|(?P<rest>.+)\|$", re.MULTILINE)


def test_no_module_is_a_drawer_for_anything() -> None:
    """Name it by what it is about."""
    drawers = [
        short(path)
        for path in modules(tests=True)
        if FORBIDDEN_MODULES & {path.stem, *path.relative_to(ROOT).parts[:-1]}
    ]
    assert drawers == []


def test_nothing_happens_behind_your_back() -> None:
    """No signals and no receivers: whoever wants to know calls the action by name."""
    assert [short(path) for path in modules() if _hides_something(tree(path))] == []


def _hides_something(module: ast.AST) -> bool:
    imported = {name for node in ast.walk(module) for name in _imports(node)}
    hidden = {name for name in imported if HIDDEN.match(name)} | (imported & HIDDEN_IN_LIBRARIES)
    return bool(hidden) or "receiver" in {name for name, _ in calls(module)}


def _imports(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}", *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def test_saving_saves_and_does_nothing_else() -> None:
    """Only where a record refuses to be changed may saving be more than saving."""
    overriding = [path for path in modules("foundation", "safeguarding") if _overridden(tree(path))]
    assert [short(path) for path in overriding] == [*REFUSING]
    for path in overriding:
        done = {name for name, _ in calls(tree(path))}
        assert not done & {"create", "record", "notify", "update", "enqueue"}, path


def _overridden(module: ast.AST) -> set[str]:
    return {
        f"{one.name}.{method.name}"
        for one in ast.walk(module)
        if isinstance(one, ast.ClassDef) and any("Form" not in ast.unparse(b) for b in one.bases)
        for method in one.body
        if isinstance(method, ast.FunctionDef) and method.name in HOOKS
    }


def kinds() -> dict[str, Path]:
    """Every kind of notification, with its template."""
    found = sorted(APPS.glob("*/templates/notifications/*.txt"))
    return {path.stem: path for path in found if path.stem != MAIL}


def told() -> Iterator[str]:
    """Every kind that some action tells of: the first argument of notify, or a rung of a ladder."""
    for path in modules("safeguarding"):
        if "notify" not in {name for name, _ in calls(tree(path))}:
            continue
        texts = [
            node.value
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        yield from (text for text in texts if text in kinds())
        for name, call in calls(tree(path)):
            if name == "notify" and isinstance(call.args[0], ast.Constant):
                yield str(call.args[0].value)


def test_every_kind_of_notification_has_its_sentence_and_every_sentence_is_used() -> None:
    assert set(told()) == set(kinds())


@pytest.mark.parametrize("kind", kinds())
def test_a_notification_is_one_short_sentence_for_anyone_to_see(kind: str) -> None:
    """It may stand on a locked screen: it is the same for everybody, and names nobody."""
    text = kinds()[kind].read_text(encoding="utf-8")

    assert "{" not in text, "no content in a notification"
    assert render_to_string(f"notifications/{kind}.txt").strip() == text.strip()
    assert len(text.strip().splitlines()) == 1
    assert len(text) < 120


def test_every_notification_has_its_line_in_the_documentation() -> None:
    page = (ROOT / "docs" / "notifications.md").read_text(encoding="utf-8")
    lines = {found["kind"]: found["rest"] for found in SAID_IN.finditer(page)}

    assert set(lines) == set(kinds())
    for kind, path in kinds().items():
        assert path.read_text(encoding="utf-8").strip() in lines[kind]


def templates() -> list[str]:
    """Every template of ours, as Django names it."""
    places = [*ROOT.glob("*/templates"), *APPS.glob("*/templates"), *APPS.glob("*/*/templates")]
    return sorted(
        path.relative_to(place).as_posix()
        for place in places
        for path in place.rglob("*")
        if path.is_file()
    )


@pytest.mark.parametrize("name", templates())
def test_a_template_can_be_read(name: str) -> None:
    get_template(name)


def test_no_template_lies_about_unused() -> None:
    """Each is named by a page, by another template, or by the code that chooses among several."""
    sources = [*modules(), *(path for place in _template_places() for path in place.rglob("*.*"))]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    chosen = {f"notifications/{kind}.txt" for kind in kinds()}
    chosen |= {f"people/letters/{letter}.txt" for letter in _letters()}
    unused = [
        name
        for name in templates()
        if name not in chosen | FOR_DJANGO
        and name.partition("/")[0] not in OF_THE_LIBRARIES
        and f'"{name}"' not in text
    ]
    assert unused == []


def _template_places() -> list[Path]:
    return [*ROOT.glob("*/templates"), *APPS.glob("*/templates")]


def _letters() -> set[str]:
    from safeguarding.people.tasks import SUBJECTS

    return set(SUBJECTS)
