"""What the second database is asked: everything, though not by everybody."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from safeguarding.people.models import User
from tests import asked
from tests.asked import Noting, has_tests_in, needed, parts_of, shape_of

LONG = asked.CHEAP * 2


def test_a_statement_is_the_same_however_many_values_it_is_given() -> None:
    assert shape_of("x IN (%s, %s, %s)") == shape_of("x IN (%s)")
    assert shape_of("VALUES (%s, NULL), (%s, %s)") == shape_of("VALUES (%s, %s)")
    assert shape_of("x = %s AND y = %s") != shape_of("x = %s")


TREES = 'SELECT "trees"."id", "trees"."of_id" FROM "trees"'
BESIDE = (
    'FROM "trees" INNER JOIN "woods" ON ("trees"."of_id" = "woods"."id") WHERE "woods"."id" = %s'
)


def test_a_look_at_one_table_asks_what_its_parts_do() -> None:
    both = f'{TREES} WHERE ("trees"."id" = %s AND "trees"."of_id" IS NULL) LIMIT 21'
    one, other = (
        f'{TREES} WHERE "trees"."id" = %s LIMIT 1',
        f'{TREES} WHERE "trees"."of_id" IS NULL',
    )

    assert parts_of(both) == parts_of(one) | parts_of(other)
    assert parts_of(f"{TREES} LIMIT 5") == parts_of(TREES)
    in_order = f'{TREES} ORDER BY "trees"."id" DESC'
    assert parts_of(in_order) - parts_of(TREES) == {'order: "trees"."id" DESC'}


@pytest.mark.parametrize(
    "where",
    [
        '("trees"."id" = %s OR "trees"."of_id" IS NULL)',
        'UPPER("trees"."id") = %s',
        '"trees"."id" LIKE %s ESCAPE \'\\\'',
        'EXISTS(SELECT %s AS "a" FROM "woods" U0 WHERE U0."id" = "trees"."id" LIMIT 1)',
    ],
)
def test_what_looks_further_counts_as_one(where: str) -> None:
    assert f'FROM "trees" WHERE {where}' in parts_of(f"{TREES} WHERE {where}")
    assert parts_of(f"{TREES} WHERE {where}") > parts_of(TREES) - {'FROM "trees"'}


def test_what_is_joined_counts_as_one_and_what_comes_out_apart() -> None:
    whether, number = f'SELECT %s AS "a" {BESIDE} LIMIT 1', f'SELECT COUNT(*) AS "__count" {BESIDE}'

    assert BESIDE in parts_of(whether) & parts_of(number)
    assert parts_of(whether) != parts_of(number)
    assert parts_of(f"{TREES} GROUP BY 1") == {f"{TREES} GROUP BY 1"}


def test_the_dearest_of_those_that_ask_the_same_is_left_out() -> None:
    notes = {"a": (LONG, [1]), "b": (LONG * 2, [1]), "c": (LONG * 3, [1])}

    assert needed(notes) == {"a"}


def test_what_nobody_else_asks_is_never_left_out() -> None:
    notes = {name: (LONG, [1]) for name in "abc"} | {"own": (LONG * 9, [1, 2])}

    assert "own" in needed(notes)


def test_what_costs_nothing_stays() -> None:
    notes = {"cheap": (asked.CHEAP / 2, [1]), "one": (LONG, [1]), "two": (LONG * 2, [1])}

    assert needed(notes) == {"cheap"}


def noted(tmp_path: Path, item: pytest.Item, *ask: Callable[[], object]) -> list[object]:
    """What is kept of what a test that does this asks."""
    noting = Noting(tmp_path / "asked.json")
    running = noting.pytest_runtest_protocol(item)
    next(running)
    for one in ask:
        one()
    with pytest.raises(StopIteration):
        running.send(None)
    connection.execute_wrappers.remove(noting._listen)
    noting.pytest_sessionfinish()
    kept: list[object] = json.loads(noting.file.read_text())[item.nodeid][1]
    return kept


def test_what_a_test_asks_and_is_refused_is_kept(
    db: None, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    def refused() -> None:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")

    exists = User.objects.exists

    assert noted(tmp_path, request.node, exists) == [0, 1]
    assert noted(tmp_path, request.node, exists, exists, refused) == [0, 1, 2, 3]


def test_what_is_refused_for_two_reasons_counts_twice(
    db: None, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    first = User.objects.create(email="kept@sunflowers.example")

    def with_the_same(**column: object) -> None:
        with pytest.raises(DatabaseError), transaction.atomic():
            User.objects.create(**{"email": "other@sunflowers.example"} | column)

    email, pk = partial(with_the_same, email=first.email), partial(with_the_same, pk=first.pk)

    assert len(noted(tmp_path, request.node, email, email)) == 2
    assert len(noted(tmp_path, request.node, email, pk)) == 3


def test_a_file_is_loaded_where_a_test_of_it_was_noted_or_is_for_postgresql_alone(
    tmp_path: Path,
) -> None:
    root, notes = Path(__file__).parent.parent, tmp_path / "notes.json"

    def is_loaded(file: str) -> bool:
        return has_tests_in(root / file, root, notes)

    assert is_loaded("tests/test_made.py")
    notes.write_text(json.dumps({"tests/test_made.py::test_one[a]": [0.1, [1]]}))
    assert is_loaded("tests/test_made.py")
    assert is_loaded("tests/architecture/test_fence.py")
    assert not is_loaded("foundation/tests/test_keys.py")
