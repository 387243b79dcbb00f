"""A setting begins: an empty installation is set up, and its first person protects their sign-in."""

import base64
import hashlib
import hmac
import re
import struct
import time

import pytest
from playwright.sync_api import Page, expect

from .product import Product, eventually
from .screens import TABLET, Screens, axe_clean

pytestmark = [pytest.mark.journey, pytest.mark.once]
PASSWORD = "eleven patient otters swim"  # noqa: S105  for an installation that lives a minute
PEOPLE = {"Safeguarding lead": "Asha", "Manager": "Bryn", "Committee lead for safeguarding": "Cai"}


def test_a_new_setting_is_set_up_by_its_lead_with_a_second_check(
    first_screen: Screens, empty_product: Product
) -> None:
    page = first_screen.open(TABLET)
    page.goto("/")
    axe_clean(page, "Welcome to Hedgerow", picture="welcome, code")
    page.get_by_label("Set-up code").fill(set_up_code(empty_product))
    page.get_by_role("button", name="Go on").tap()
    expect(page.get_by_role("link", name="Begin")).to_be_visible()
    axe_clean(page, "Welcome to Hedgerow")
    page.get_by_role("link", name="Begin").tap()
    axe_clean(page, "Your setting")
    page.get_by_label("What is your setting called?").fill("Harebells")
    page.get_by_label("Pre-school").check()
    page.get_by_label("Kent").check()
    _go_on(page, "The first people")
    for post, name in PEOPLE.items():
        page.get_by_label(f"{post}: name", exact=True).fill(f"{name} Morris")
        page.get_by_label(f"{post}: e-mail address").fill(f"{name.lower()}@harebells.example")
    page.get_by_role("group", name="Which of them are you?").get_by_label(
        "Safeguarding lead"
    ).check()
    _go_on(page, "When you are open")
    page.get_by_label("Monday opens").fill("8:30")
    page.get_by_label("Monday closes").fill("15:30")
    _go_on(page, "Your terms")
    _go_on(page, "Your own password")
    page.get_by_label("Choose your password").fill(PASSWORD)
    page.get_by_label("The same once more").fill(PASSWORD)
    page.get_by_role("button", name="Open my setting").tap()
    axe_clean(page, "Harebells is ready")
    page.reload()
    axe_clean(page, "Harebells is ready", picture="ready, loaded anew")
    expect(page.get_by_text("/password/").first).to_be_visible()

    page.get_by_role("link", name="Set up my second check").tap()
    axe_clean(page, "One more step before you can go on")
    page.get_by_role("link", name="Set up a code app").tap()
    axe_clean(page, "Show that it is you", picture="password again")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").tap()
    page.get_by_text("I cannot point the camera at it").tap()
    axe_clean(page, "Set up an app that shows codes")
    secret = page.locator("details .hr-mono").inner_text()
    page.get_by_label("Type the six digits").fill(code_of(secret.strip()))
    page.get_by_role("button", name="Turn it on").tap()
    axe_clean(page, "Your recovery codes")
    page.get_by_role("link", name="Go on").tap()
    axe_clean(page, "Today", picture="today, nothing yet")
    expect(page.get_by_text("Signed in as Asha Morris")).to_be_visible()

    page.goto("/at/harebells/concerns/cases/")
    axe_clean(page, "Open cases", picture="cases, none yet")
    assert page.request.get("/welcome/").status == 404


def _go_on(page: Page, to: str) -> None:
    page.get_by_role("button", name="Go on").tap()
    axe_clean(page, to)


def code_of(secret: str) -> str:
    """What an authenticator app shows for this secret now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1)
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def set_up_code(product: Product) -> str:
    """The code that whoever starts Hedgerow reads in the window in which it runs."""
    said = eventually(lambda: re.search(r"Set-up code: (\S+)", product.said))
    return said[1]
