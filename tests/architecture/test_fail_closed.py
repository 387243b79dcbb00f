"""If its line in the trail cannot be written, an act does not happen (F19); none is written without (F21)."""

import ast

import pytest

from tests.fail_closed import Watch

from .examples import lived_in
from .source import modules, short, tree

PASSED_ON = {
    "safeguarding/backups/archive.py": "a thread hands it to whoever reads at the other end",
    "safeguarding/lock/taking_in.py": "each report alone, by an action that was undone; the file stays",
}
TOO_WIDE = {"Exception", "BaseException", "DatabaseError", "OperationalError"}


@pytest.mark.once
@pytest.mark.django_db
def test_what_cannot_be_written_down_does_not_happen() -> None:
    """Every action of a lived-in nursery; the rest is tried by the plug-in."""
    with Watch().standing() as watch:
        lived_in("Sunflowers")

    assert watch.wrong == set()
    assert len(watch.tried) > 30, "it was an empty try"


def test_nobody_swallows_what_the_database_refuses() -> None:
    """So that what holds for the actions that were tried holds for those that were not."""
    found = {
        f"{short(path)}:{handler.lineno}"
        for path in modules("safeguarding")
        for handler in ast.walk(tree(path))
        if isinstance(handler, ast.ExceptHandler) and _is_too_wide(handler)
        if not isinstance(handler.body[-1], ast.Raise)
    }
    assert {one.partition(":")[0] for one in found} == set(PASSED_ON)


def _is_too_wide(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    return bool(
        {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)} & TOO_WIDE
    )
