"""What every test has: no internet, and the cast of two nurseries."""

import gc
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import pytest
from django.conf import settings
from django.db import connection
from pytest_django import DjangoDbBlocker

from demo.cast import open_nursery
from safeguarding.audit.tests.owner import emptying
from tests import asked, behind, references, standing, turns
from tests.clock import WEDNESDAY, Clock
from tests.no_internet import no_internet

__all__ = ["bluebells", "emptying", "no_internet", "sunflowers"]

STORIES = "tests/journeys/"
LEFT_OUT = pytest.StashKey[list[pytest.Item]]()
OTHER_TURNS = pytest.StashKey[list[pytest.Item]]()
TURN = pytest.StashKey[int | None]()
sunflowers = standing.built_once(lambda: open_nursery("Sunflowers"))
bluebells = standing.built_once(lambda: open_nursery("Bluebells"))


def pytest_addoption(parser: pytest.Parser) -> None:
    ours = parser.getgroup("hedgerow")
    ours.addoption("--note-asked", type=Path, help="keep in this file what each test asks")
    ours.addoption("--asked", type=Path, help="leave out what this file shows to be asked enough")
    ours.addoption("--turn", default=turns.ALL, help="which turn of the dear tests: 0, auto, all")
    ours.addoption("--at", default=WEDNESDAY, help="when tests begin, in London: 2026-12-25T23:58")


def pytest_configure(config: pytest.Config) -> None:
    gc.disable()  # while everything is loaded, which all stays
    config.pluginmanager.register(Clock(config.option.at))
    try:
        config.stash[TURN] = turns.of(config.option.turn)
    except ValueError as wrong:
        raise pytest.UsageError(str(wrong)) from wrong
    if file := config.option.note_asked:
        config.pluginmanager.register(asked.Noting(file))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even load what has no test for this database."""
    known = config.option.asked
    if known is None or not collection_path.name.startswith("test_"):
        return None
    return None if asked.has_tests_in(collection_path, config.rootpath, known) else True


@pytest.hookimpl(tryfirst=True)  # before what is marked is chosen
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    refuse_journeys_elsewhere(items)
    for item in items:
        if says_nothing_about_the_database(item):
            item.add_marker("once")
    if "long" not in (config.option.markexpr or ""):
        items[:] = [item for item in items if not item.get_closest_marker("long")]
    if connection.vendor != "postgresql":  # what only PostgreSQL has is not asked of another
        items[:] = [item for item in items if not item.get_closest_marker("postgresql")]
    leave_out(config, items)
    standing.together(items)


def leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Whose turn it is not, and of the rest what need not be asked again."""
    if (turn := config.stash[TURN]) is not None:
        config.stash[OTHER_TURNS] = waiting = turns.choose(items, turn)
        config.hook.pytest_deselected(items=waiting)
    if file := config.option.asked:
        config.stash[LEFT_OUT] = left_out = asked.choose(items, file)
        config.hook.pytest_deselected(items=left_out)


def refuse_journeys_elsewhere(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("journey") and not item.nodeid.startswith(STORIES):
            raise pytest.UsageError(f"bin/test looks for journeys in {STORIES} only: {item.nodeid}")


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if number := len(config.stash.get(LEFT_OUT, [])):
        terminalreporter.write_line(
            f"LEFT OUT {number} tests that ask this database what others ask it as well"
        )
    if waiting := config.stash.get(OTHER_TURNS, []):
        terminalreporter.write_line(
            f"LEFT OUT {len(waiting)} dear tests: it is turn {config.stash[TURN]}, they have another"
        )


def says_nothing_about_the_database(item: pytest.Item) -> bool:
    """Whether a test never asks for one, so that it would be the same test twice."""
    other = item.get_closest_marker("journey") or item.get_closest_marker("postgresql")
    return other is None and not standing.touches_the_database(item)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking through it again and again took a sixth of the time."""
    if connection.vendor == "postgresql":
        behind.begin()
    gc.enable()
    gc.freeze()
    gc.set_threshold(200_000, 20, 50)


@pytest.fixture(scope="session")
def grounds(
    checked_where_written: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[standing.Ground]:
    """One for the whole run. Nothing stands any more when the database goes."""
    ground = standing.Ground(django_db_blocker)
    yield ground
    ground.keep([])


@pytest.fixture(autouse=True, scope="class")
def ground(request: pytest.FixtureRequest) -> standing.Ground | None:
    """What this test finds. Its scope is wider than a test's own transaction, so that it comes before it."""
    item = request._pyfuncitem
    if not standing.touches_the_database(item):
        return None
    ground: standing.Ground = request.getfixturevalue("grounds")
    ground.keep(wanted := standing.places_of(item))
    return ground if wanted else None


@pytest.fixture(scope="session")
def checked_where_written(django_db_setup: None) -> Iterator[None]:
    """PostgreSQL only looks at what was put off; SQLite would look through every table."""
    if connection.vendor == "postgresql":
        yield
    else:
        with references.looked_at_where_written():
            yield


@pytest.fixture(scope="session", autouse=True)
def no_files_left_behind() -> Iterator[None]:
    """What tests add to cases lies in a folder of this run, and goes with it."""
    yield
    rmtree(settings.FILES, ignore_errors=True)
