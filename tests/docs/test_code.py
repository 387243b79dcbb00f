"""Code in a page is code: it parses, its imports are there, its commands exist, its tests pass."""

import ast
import re
import shlex
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from _pytest.mark.structures import ParameterSet
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand
from django.urls import NoReverseMatch, get_resolver

from demo.cast import Nursery

from .pages import ROOT, Block, blocks, pages, quoted, short

SHELL = ("sh", "bash", "shell")
ADDRESS = re.compile(r"(?P<app>[a-z]+):(?P<name>[a-z_]+)")


def test_there_is_code_to_look_at() -> None:
    assert len(blocks("python")) > 4
    assert len(blocks(*SHELL)) > 4


@pytest.mark.parametrize("block", blocks("python"), ids=str)
def test_python_in_a_page_parses_and_finds_what_it_imports(block: Block) -> None:
    for node in ast.walk(ast.parse(block.text)):
        if isinstance(node, ast.ImportFrom) and node.module:
            module = import_module(node.module)
            assert [one.name for one in node.names if not hasattr(module, one.name)] == []


def shown_tests() -> list[ParameterSet]:
    """Every test that a page shows as an example."""
    return [
        pytest.param(block, node.name, id=f"{block} {node.name}")
        for block in blocks("python")
        for node in ast.parse(block.text).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]


@pytest.mark.parametrize(("block", "name"), shown_tests())
def test_a_test_in_a_page_passes(block: Block, name: str, sunflowers: Nursery) -> None:
    defined: dict[str, object] = {}
    exec(compile(block.text, str(block), "exec"), defined)  # noqa: S102  our own page
    test = defined[name]

    assert callable(test)
    test(sunflowers)


@pytest.mark.parametrize("block", blocks("yaml"), ids=str)
def test_yaml_in_a_page_can_be_read(block: Block) -> None:
    assert yaml.safe_load(block.text)


def commands() -> list[ParameterSet]:
    """Every command of ours that a page names, in a block or in the running text."""
    in_blocks = [(str(one), line) for one in blocks(*SHELL) for line in one.text.splitlines()]
    in_text = [(short(page), words) for page in pages() for words in quoted(page)]
    return [
        pytest.param(line, id=f"{where} {line}")
        for where, line in dict.fromkeys([*in_blocks, *in_text])
        if line.startswith(("bin/", ".venv/", "manage.py")) and not line.endswith("/")
    ]


@pytest.mark.parametrize("line", commands())
def test_a_command_exists_and_knows_its_options(line: str) -> None:
    words = shlex.split(line, comments=True)
    if words[0] == "manage.py":
        words.insert(0, "bin/manage")
        del words[1]
    if words[0].startswith("bin/"):
        assert (ROOT / words[0]).is_file()
    if words[:2] == ["bin/manage", "--data"]:
        del words[1:3]  # of bin/manage itself
    if words[0] == "bin/manage" and len(words) > 1:
        _knows(words[1], words[2:])
    elif words[0] in {"bin/run", "bin/test", "bin/lock"}:
        known = (ROOT / words[0]).read_text(encoding="utf-8")
        assert [one for one in words[1:] if one.startswith("--") and one not in known] == []


def _knows(name: str, options: list[str]) -> None:
    app = get_commands()[name]
    command = app if isinstance(app, BaseCommand) else load_command_class(app, name)
    known = command.create_parser("manage.py", name)._option_string_actions
    assert [one for one in options if one.startswith("-") and one not in known] == []


@pytest.mark.parametrize("page", pages(), ids=short)
def test_an_address_that_is_named_is_there(page: Path) -> None:
    """`concerns:receipt`, and `/at/<setting>/…` wherever it is written out."""
    resolver = get_resolver("config.setting_urls")
    for words in quoted(page):
        named = ADDRESS.fullmatch(words)
        if named and named["app"] in resolver.namespace_dict:
            inner = resolver.namespace_dict[named["app"]][1]
            if not inner.reverse_dict.getlist(named["name"]):
                raise NoReverseMatch(words)
