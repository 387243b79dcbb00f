"""One running demo, one empty installation and one browser for all journeys of a run."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from .product import Product, begin_with_what_is_prepared, running
from .screens import Screens
from .shown import CHROMIUM
from .windows import Windows


@pytest.fixture(scope="package")
def starting(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Product]]:
    """The demo and, if any journey here begins with one, an empty installation: both under way."""
    folder = tmp_path_factory.mktemp("demo")
    with ExitStack() as both:
        products = {}
        if any("empty_product" in item.fixturenames for item in _functions(request.session)):
            empty = both.enter_context(running(tmp_path_factory.mktemp("empty"), "--empty"))
            begin_with_what_is_prepared(empty, folder / "data")
            products["empty"] = empty
        yield products | {"demo": both.enter_context(running(folder))}


def _functions(session: pytest.Session) -> Iterator[pytest.Function]:
    return (item for item in session.items if isinstance(item, pytest.Function))


@pytest.fixture(scope="package")
def product(starting: dict[str, Product]) -> Product:
    """Hedgerow with its demo."""
    starting["demo"].wait_until_ready()
    return starting["demo"]


@pytest.fixture(scope="package")
def empty_product(starting: dict[str, Product]) -> Product:
    """Hedgerow as it is before anybody has set it up."""
    starting["empty"].wait_until_ready()
    return starting["empty"]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


@pytest.fixture(scope="package")
def sessions() -> dict[str, Any]:
    """Who is signed in already, and with which cookies."""
    return {}


@pytest.fixture(scope="package")
def windows(product: Product, browser: Browser) -> Iterator[Windows]:
    """The windows in which the demo is looked at."""
    windows = Windows(browser, product.address)
    yield windows
    windows.close()


@pytest.fixture
def screens(windows: Windows, sessions: dict[str, Any]) -> Iterator[Screens]:
    """Screens of people of the demo. Fails at the end if a browser complained of anything."""
    yield from _closing(Screens(windows, sessions))


@pytest.fixture
def first_screen(empty_product: Product, browser: Browser) -> Iterator[Screens]:
    """Screens at the empty installation."""
    windows = Windows(browser, empty_product.address)
    yield from _closing(Screens(windows, {}))
    windows.close()


def _closing(screens: Screens) -> Iterator[Screens]:
    yield screens
    screens.close()
