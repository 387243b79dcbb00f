"""A setting begins: an empty installation is set up, and its first person protects their sign-in."""

import base64
import hashlib
import hmac
import struct
import time

import pytest
from playwright.sync_api import Page, expect

from .screens import TABLET, Screens, axe_clean

pytestmark = pytest.mark.journey
PASSWORD = "eleven patient otters swim"  # noqa: S105  for an installation that lives a minute
PEOPLE = {"Safeguarding lead": "Asha", "Manager": "Bryn", "Committee lead for safeguarding": "Cai"}


def test_a_new_setting_is_set_up_by_its_lead_with_a_second_check(first_screen: Screens) -> None:
    page = first_screen.open(TABLET)
    page.goto("/")
    axe_clean(page, "welcome")
    page.get_by_role("link", name="Begin").tap()
    page.get_by_label("What is your setting called?").fill("Harebells")
    page.get_by_label("Pre-school").check()
    _go_on(page, "welcome-people")
    for post, name in PEOPLE.items():
        page.get_by_label(f"{post}: name", exact=True).fill(f"{name} Morris")
        page.get_by_label(f"{post}: e-mail address").fill(f"{name.lower()}@harebells.example")
    page.get_by_role("group", name="Which of them are you?").get_by_label("Safeguarding lead").check()
    _go_on(page, "welcome-hours")
    page.get_by_label("Monday opens").fill("8:30")
    page.get_by_label("Monday closes").fill("15:30")
    _go_on(page, "welcome-terms")
    _go_on(page, "welcome-password")
    page.get_by_label("Choose your password").fill(PASSWORD)
    page.get_by_label("The same once more").fill(PASSWORD)
    page.get_by_role("button", name="Open my setting").tap()
    expect(page.get_by_role("heading", name="Harebells is ready")).to_be_visible()
    axe_clean(page, "welcome-done")

    page.get_by_role("link", name="Set up my second check").tap()
    axe_clean(page, "second-check-choice")
    page.get_by_role("link", name="Set up a code app").tap()
    _give_password_if_asked(page)
    page.get_by_text("I cannot point the camera at it").tap()
    axe_clean(page, "code-app")
    secret = page.locator("details .hr-mono").inner_text()
    page.get_by_label("Type the six digits").fill(code_of(secret.strip()))
    page.get_by_role("button", name="Turn it on").tap()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    axe_clean(page, "recovery-codes")
    page.get_by_role("link", name="Go on").tap()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    expect(page.get_by_text("Signed in as Asha Morris")).to_be_visible()
    axe_clean(page, "today-empty")

    page.goto("/at/harebells/concerns/cases/")
    expect(page.get_by_role("heading", name="Open cases")).to_be_visible()
    axe_clean(page, "cases-empty")
    assert page.request.get("/welcome/").status == 404


def _go_on(page: Page, picture: str) -> None:
    page.get_by_role("button", name="Go on").tap()
    axe_clean(page, picture)
    expect(page.locator(".govuk-error-summary")).to_have_count(0)


def _give_password_if_asked(page: Page) -> None:
    if "reauthenticate" in page.url:
        axe_clean(page, "password-again")
        page.get_by_label("password").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button").tap()


def code_of(secret: str) -> str:
    """What an authenticator app shows for this secret now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1)
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
