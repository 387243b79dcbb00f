"""If its line in the trail cannot be written, an act does not happen (F19); none is written without (F21)."""

import ast

import pytest

from tests.fail_closed import TrailFails, Watch

from .acts import acts
from .examples import Examples, lived_in
from .source import Function, calls, modules, short, tree
from .test_actions import actions

PASSED_ON = {
    "safeguarding/audit/quick.py": "a stretch that cannot be read is then read entry by entry",
    "safeguarding/backups/archive.py": "a thread hands it to whoever reads at the other end",
    "safeguarding/lock/taking_in.py": "each report alone, by an action that was undone; the file stays",
    "safeguarding/notifications/tasks.py": "each clock alone, by an action that was undone; the job fails",
    "safeguarding/people/each.py": "each setting alone, by actions that were undone; the job fails",
}
# What no transaction takes back. It may stop half way, or be for nothing, but never go unrecorded.
NOT_TAKEN_BACK = {
    *("ways.save", "standing.set_read_only", "standing.put_key_file_away", "transaction.on_commit"),
    "standing.ask",
}
BY_HAND = {"unlink", "write_bytes", "write_text", "rename", "urlopen", "Popen", "send_mail", "send"}
TOO_WIDE = {"Exception", "BaseException", "DatabaseError", "OperationalError"}


@pytest.mark.once
@pytest.mark.django_db
def test_what_cannot_be_written_down_does_not_happen() -> None:
    """Two in three of all actions are really tried, the others held to the same shape below."""
    with Watch().standing() as watch:
        at = lived_in("Sunflowers")
        refused = try_all(watch, at)

    assert refused == {}, "each of them comes as far as the trail"
    assert watch.wrong == set()
    assert len(watch.tried) > 150, "it was an empty try"


def try_all(watch: Watch, at: Examples) -> dict[str, str]:
    """Try every act that could come next; whatever was refused before it came to the trail, and why."""
    watch.only_tries, refused = True, {}
    for name, act in acts(at):
        try:
            act()
        except TrailFails:
            continue
        except Exception as why:
            refused[name] = f"{type(why).__name__}: {why}"[:200]
        else:
            refused[name] = "came to no line"
    return refused


@pytest.mark.parametrize("action", actions())
def test_what_cannot_be_undone_is_done_after_the_line_is_written(action: Function) -> None:
    """A transaction takes back rows, messages and mails; not a file, nor what another process was told."""
    made = [_said(call) for _, call in calls(action)]
    lines = [place for place, name in enumerate(made) if name in {"record", "record_for"}]
    early = [name for name in made[: lines[-1]] if name in NOT_TAKEN_BACK]

    assert early == []
    assert not {name.rpartition(".")[2] for name in made} & BY_HAND, "only what has a name above"


def _said(call: ast.Call) -> str:
    return ast.unparse(call.func)


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
