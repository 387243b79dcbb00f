"""The settings, the folders and the import contract tell the same story, in small pieces."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

from .source import (
    APPS,
    HOUSE,
    ROOT,
    body_lines,
    contract,
    functions,
    modules,
    short,
    statements,
    views_modules,
)

pytestmark = pytest.mark.once

LONGEST_FILE = 300
LONGEST_FUNCTION = 25
MOST_IN_A_VIEW = 15  # statements; how they are wrapped is the formatter's business


def test_the_apps_are_installed_in_the_order_of_the_map() -> None:
    order = [f"safeguarding.{app}" for line in contract() for app, _ in line]
    installed = [app for app in settings.INSTALLED_APPS if app.startswith("safeguarding.")]

    assert installed == [app for app in order if app in installed]
    assert set(installed) <= set(order), "an app that is on no line of the map"


def test_the_house_stands_in_order_too() -> None:
    houses = [app.partition(".")[0] for app in settings.INSTALLED_APPS]
    ours = [house for house in houses if house in HOUSE]

    assert list(dict.fromkeys(ours)) == ["demo", "safeguarding", "foundation"]
    assert ours == sorted(ours, key=["demo", "safeguarding", "foundation"].index)


def test_every_folder_is_on_the_map_and_every_app_of_the_map_is_installed() -> None:
    folders = {path.parent.name for path in APPS.glob("*/__init__.py")}
    named = {app for line in contract() for app, _ in line}
    needed = {app for line in contract() for app, is_there in line if is_there}
    installed = {
        app.removeprefix("safeguarding.")
        for app in settings.INSTALLED_APPS
        if app.startswith("safeguarding.")
    }

    assert folders <= named, f"add a line to the map in pyproject.toml for {folders - named}"
    assert needed <= installed
    assert installed == folders


def test_every_app_says_in_one_line_what_it_is() -> None:
    silent = [
        short(path)
        for path in APPS.glob("*/__init__.py")
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    commands = [path for path in (ROOT / "bin").iterdir() if path.is_file()]
    files = [*modules(tests=True), *modules("tests", tests=True), *commands]
    sizes = {short(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files}

    assert len(sizes) > 100
    assert {name: size for name, size in sizes.items() if size > LONGEST_FILE} == {}


def test_no_function_is_longer_than_twenty_five_lines() -> None:
    sizes = {
        f"{short(path)}:{one.lineno} {one.name}": body_lines(one, path)
        for path in modules(tests=True)
        for one in functions(path)
    }

    assert len(sizes) > 500
    assert {name: size for name, size in sizes.items() if size > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("path", views_modules(), ids=short)
def test_no_view_does_more_than_fifteen_things(path: Path) -> None:
    long = {
        f"{one.name}, line {one.lineno}": size
        for one in functions(path)
        if (size := _things(one)) > MOST_IN_A_VIEW
    }
    assert long == {}


def _things(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return sum(isinstance(node, ast.stmt) for one in statements(function) for node in ast.walk(one))
