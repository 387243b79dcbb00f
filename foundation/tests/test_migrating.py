"""Many tables in one step come out as they would one by one, and go again."""

from django.db import connection, models
from django.db.migrations import CreateModel, RunPython
from django.db.migrations.state import ProjectState
from django.db.models import AutoField, ForeignKey

from foundation.migrating import CreateModels, at_once

TREE = CreateModel("Tree", [("id", AutoField(primary_key=True))])
LEAF = CreateModel(
    "Leaf",
    [("id", AutoField(primary_key=True)), ("of", ForeignKey("woods.Tree", models.CASCADE))],
)
TABLES = {"woods_tree", "woods_leaf"}


def tables() -> set[str]:
    return TABLES & set(connection.introspection.table_names())


def test_tables_come_in_one_step_and_go_in_one(transactional_db: None) -> None:
    before, after, step = ProjectState(), ProjectState(), CreateModels([TREE, LEAF])
    step.state_forwards("woods", after)

    with connection.schema_editor() as editor:
        step.database_forwards("woods", editor, before, after)
    there = tables()
    with connection.schema_editor() as editor:
        step.database_backwards("woods", editor, after, before)

    assert (there, tables()) == (TABLES, set())


def test_a_state_that_was_put_together_learns_of_every_new_model() -> None:
    state = ProjectState()
    assert not list(state.apps.get_models())

    CreateModels([TREE, LEAF]).state_forwards("woods", state)

    assert {one._meta.db_table for one in state.apps.get_models()} == TABLES


def test_other_steps_stay_and_come_after() -> None:
    other = RunPython(RunPython.noop)

    first, second = at_once([TREE, other, LEAF])

    assert (first.models, second) == ([TREE, LEAF], other)
