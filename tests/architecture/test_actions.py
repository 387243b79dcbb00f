"""Every change goes through an action, and every action is built the same way (ADR 0003)."""

import ast
import re
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from .source import APPS, Function, calls, modules, short, tree, views_modules

WRITES = {"create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "save"}
ACTIONS = ("actions.py", "actions/[!_]*.py")
EVENT = re.compile(r"[a-z][a-z_]*\.[a-z][a-z_]*")


def action_files() -> list[Path]:
    places = [APPS.glob(f"{app}/{one}") for app in ("*", "*/*") for one in ACTIONS]
    return sorted(path for found in places for path in found if "tests" not in path.parts)


def actions() -> list[ParameterSet]:
    """Every public function of every file of actions, under its place and name."""
    return [
        pytest.param(node, id=f"{path.relative_to(APPS).as_posix()}:{node.name}")
        for path in action_files()
        for node in tree(path).body
        if isinstance(node, Function) and not node.name.startswith("_")
    ]


def is_timed_work(action: Function) -> bool:
    """Whether only the system itself does this: nobody's permission is asked then."""
    kinds = [one.annotation for one in action.args.kwonlyargs[:1]]
    return any(isinstance(kind, ast.Name) and kind.id == "System" for kind in kinds)


def test_there_are_actions() -> None:
    assert len(actions()) > 30


@pytest.mark.parametrize("action", actions())
def test_an_action_is_one_transaction_and_says_what_it_does(action: Function) -> None:
    decorators = [ast.unparse(one) for one in action.decorator_list]

    assert decorators == ["transaction.atomic"], "whole or not at all"
    assert ast.get_docstring(action), "say in a sentence what it does"


@pytest.mark.parametrize("action", actions())
def test_an_action_is_told_who_does_it_by_name(action: Function) -> None:
    arguments = action.args
    by_name = [one.arg for one in arguments.kwonlyargs]

    assert by_name[:1] == ["by"], "the first argument is always who does it"
    assert not [*arguments.posonlyargs, *arguments.args], "everything is given by name"
    assert arguments.vararg is arguments.kwarg is None, "every argument has a name"


@pytest.mark.parametrize("action", actions())
def test_an_action_asks_before_it_changes_anything(action: Function) -> None:
    if is_timed_work(action):
        return
    made = [name for name, _ in calls(action)]
    changes = [place for place, name in enumerate(made) if name in {*WRITES, "notify"}]

    assert "require" in made, "ask with require(may_…, by, …)"
    assert made.index("require") < min(changes, default=len(made)), "ask first, then change"


@pytest.mark.parametrize("action", actions())
def test_an_action_leaves_a_line_in_the_trail(action: Function) -> None:
    lines = [call for name, call in calls(action) if name in {"record", "record_for"}]

    assert lines, "record what was done: record('noun.past_tense', subject, by=by)"
    for call in lines:
        event = call.args[0]
        assert isinstance(event, ast.Constant), "an event is written out, so that it can be found"
        assert isinstance(event.value, str)
        assert EVENT.fullmatch(event.value), f"{event.value} is not noun.past_tense"
        given = {one.arg: ast.unparse(one.value) for one in call.keywords}
        assert given.get("by") == "by", "the trail names whoever did it"


def test_only_actions_tell_people() -> None:
    tellers = {
        short(path)
        for path in modules("safeguarding")
        for name, _ in calls(tree(path))
        if name == "notify"
    }
    assert {name for name in tellers if "/actions" not in name} == set()


@pytest.mark.parametrize(
    "path", [*views_modules(), *APPS.glob("*/forms*"), *APPS.glob("*/*/forms.py")], ids=short
)
def test_pages_and_forms_change_nothing_themselves(path: Path) -> None:
    files = sorted(path.glob("*.py")) if path.is_dir() else [path]
    changes = {
        f"{short(file)}:{call.lineno}": name
        for file in files
        for name, call in calls(tree(file))
        if name in {*WRITES, "delete"} or (name == "update" and _is_of_rows(call))
    }
    assert changes == {}, "call an action"


def _is_of_rows(call: ast.Call) -> bool:
    return ".objects" in ast.unparse(call.func)
