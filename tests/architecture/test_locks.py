"""Who waits for whom on PostgreSQL."""

import ast

from .source import calls, modules, short, tree

# Whoever closes or reopens a case waits for rows that refer to it, too, so that it sees them all.
WAITS_FOR_WHAT_REFERS = {"safeguarding/concerns/actions/closing.py": 2}


def test_nobody_who_only_refers_to_a_row_waits_for_whoever_holds_it() -> None:
    """Else they wait for each other for ever: one holds the trail, and the other the row it refers to."""
    found = dict[str, int]()
    for path in modules():
        for name, call in calls(tree(path)):
            said = {one.arg: ast.unparse(one.value) for one in call.keywords}
            if name == "select_for_update" and said.get("no_key") != "True":
                found[short(path)] = found.get(short(path), 0) + 1
    assert found == WAITS_FOR_WHAT_REFERS, "hold it with select_for_update(no_key=True)"
