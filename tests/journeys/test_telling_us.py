"""A parent tells us something without an account, and comes back for the answer."""

import re

import pytest
from playwright.sync_api import Page, expect

from .product import Product
from .screens import PHONE, Screens, axe_clean

pytestmark = [pytest.mark.journey, pytest.mark.once]

FORM = "/at/sunflowers/tell-us/"
WORRY = "My child says that the helper with the quokka badge pinches."
ASKED = "Thank you. On which day was it?"
SAID = "On Monday, before lunch."
CODE = re.compile(r"(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}")


@pytest.mark.parametrize("scripts", [True, False])
def test_an_anonymous_report_is_answered_and_answered_back(
    screens: Screens, product: Product, *, scripts: bool
) -> None:
    phone = screens.open(PHONE, java_script_enabled=scripts)
    code = _tell(screens, phone, scripts=scripts)
    assert phone.context.cookies() == []
    assert code not in phone.url

    desk = screens.reader("morgan", java_script_enabled=scripts)
    desk.goto("/at/sunflowers/concerns/")
    desk.locator("main .hr-row a").last.click()
    expect(desk.get_by_text(WORRY)).to_be_visible()
    desk.get_by_role("link", name="Write to whoever told us").click()
    _clean(screens, desk, "Whoever sent report", scripts=scripts)
    desk.get_by_label("Your message").fill(ASKED)
    desk.get_by_role("button", name="Send").click()
    expect(desk.get_by_text("It is there for them")).to_be_visible()

    phone.goto(f"{FORM}replies/")
    phone.get_by_label("The code on your receipt").fill(code.lower())
    phone.get_by_role("button", name="Go on").click()
    expect(phone.get_by_text(ASKED)).to_be_visible()
    phone.get_by_label("Write to us again").fill(SAID)
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("heading", name="We have it")).to_be_visible()
    _clean(screens, phone, "What you told us", scripts=scripts)
    assert phone.context.cookies() == []

    desk.reload()
    expect(desk.get_by_text(SAID)).to_be_visible()
    assert code not in product.said


def _tell(screens: Screens, phone: Page, *, scripts: bool) -> str:
    """Fill in the form, first leaving something out; the code on the receipt."""
    phone.goto(FORM)
    _clean(screens, phone, "Are you worried about a child?", scripts=scripts)
    phone.get_by_label("What happened, or what worries you?").fill(WORRY)
    phone.get_by_role("button", name="Send").click()
    _clean(screens, phone, "Are you worried about a child?", scripts=scripts)
    expect(phone.get_by_label("What happened, or what worries you?")).to_have_value(WORRY)
    phone.get_by_label("No", exact=True).first.check()
    phone.get_by_label("Yes, somebody else who works or helps here").check()
    phone.get_by_label("A parent or carer").check()
    phone.get_by_role("button", name="Send").click()
    _clean(screens, phone, "We have what you told us", scripts=scripts)
    found = CODE.search(phone.content())
    assert found, "no code on the receipt"
    return found[0]


def _clean(screens: Screens, page: Page, heading: str, *, scripts: bool) -> None:
    axe_clean(page if scripts else screens.copy_of(page), heading)
