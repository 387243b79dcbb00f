"""What many tests begin with: built once, a copy for each, and nothing left of what one did."""

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from safeguarding.people.models import User
from tests.standing import Ground, Place

made: list[str] = []


def woods() -> list[User]:
    made.append("woods")
    return [User.objects.create(email="owl@woods.example")]


def tree(woods: list[User]) -> str:
    made.append("tree")
    return f"the tree of {woods[0].email}"


WOODS = Place(woods)
TREE = Place(tree, (WOODS,))


@pytest.fixture
def ground(db: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Ground]:
    made.clear()
    ground = Ground(django_db_blocker)
    yield ground
    ground.keep([])
    connection.execute_wrappers.remove(ground._listen)


def test_what_stands_on_another_place_is_built_after_it_and_both_once(ground: Ground) -> None:
    ground.keep([WOODS, TREE])
    ground.keep([WOODS, TREE])

    assert made == ["woods", "tree"]
    assert ground.copy_of(tree) == "the tree of owl@woods.example"
    assert ground.copy_of(woods) == ground.copy_of(woods)
    assert ground.copy_of(woods)[0] is not ground.copy_of(woods)[0]


def test_the_next_finds_only_what_it_wants(ground: Ground) -> None:
    ground.keep([WOODS, TREE])
    ground.keep([WOODS])
    assert ground.holds(woods)
    assert not ground.holds(tree)

    ground.keep([])
    assert not User.objects.filter(email="owl@woods.example").exists()


def test_where_a_test_changed_tables_everything_is_built_anew(ground: Ground) -> None:
    """Or SQLite would read all its tables again after each test that follows."""
    ground.keep([WOODS])
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE glade (id integer)")
    ground.keep([WOODS])

    assert made == ["woods", "woods"]
