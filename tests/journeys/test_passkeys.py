"""A passkey from end to end under the policy of the pages: added, used to sign in, taken away."""

import pytest
from playwright.sync_api import Page, expect

from .screens import DESKTOP, Screens, axe_clean, home_of, second_check, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.once]

WHO = "devi@bluebells"  # whom no other journey shares a session with
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


def test_a_passkey_is_added_used_and_taken_away(screens: Screens) -> None:
    page = _with_a_device(screens)
    page.goto(home_of(WHO))
    sign_in(page, WHO)
    page.goto(f"{home_of(WHO)}concerns/cases/")
    second_check(page)
    page.goto("/accounts/passkeys/add/")
    axe_clean(page, "Add a passkey", picture="add a passkey")
    page.get_by_label("What shall we call it?").fill("This computer")
    page.get_by_label("Let it sign me in by itself").check()
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_text("The passkey is added.")).to_be_visible()
    page.get_by_role("link", name="See my passkeys").click()
    axe_clean(page, "Your passkeys", picture="a passkey")
    expect(page.get_by_role("heading", name="This computer")).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    axe_clean(page)

    page.goto("/accounts/passkeys/")
    page.get_by_role("link", name="Take away").click()
    axe_clean(page, "Show that it is you")
    page.get_by_role("link", name="Use my passkey or security key").click()
    axe_clean(page, "Show that it is you", picture="check with a passkey")
    page.get_by_role("button", name="Use my passkey").click()
    axe_clean(page, "Take “This computer” away?")
    page.get_by_role("button", name="Take it away").click()
    expect(page.get_by_role("button", name="Take it away")).to_have_count(0)
    page.goto("/accounts/passkeys/")
    axe_clean(page, "Your passkeys")
    expect(page.get_by_role("heading", name="This computer")).to_have_count(0)


def _with_a_device(screens: Screens) -> Page:
    """A browser whose computer makes passkeys and knows its owner."""
    page = screens.open(DESKTOP, permissions=[])  # nobody else's afterwards: it keeps the device
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return page
