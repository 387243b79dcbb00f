"""One running demo, one empty installation and one browser for all journeys of a run."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from .product import Product, begin_with_what_is_prepared, running
from .screens import Screens
from .shown import CHROMIUM
from .windows import Windows


@pytest.fixture(scope="package")
def starting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Product, Product]]:
    """The demo and an empty installation, both under way."""
    folder = tmp_path_factory.mktemp("demo")
    with running(tmp_path_factory.mktemp("empty"), "--empty") as empty:
        begin_with_what_is_prepared(empty, folder / "data")
        with running(folder) as demo:
            yield demo, empty


@pytest.fixture(scope="package")
def product(starting: tuple[Product, Product]) -> Product:
    """Hedgerow with its demo."""
    starting[0].wait_until_ready()
    return starting[0]


@pytest.fixture(scope="package")
def empty_product(starting: tuple[Product, Product]) -> Product:
    """Hedgerow as it is before anybody has set it up."""
    starting[1].wait_until_ready()
    return starting[1]


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
