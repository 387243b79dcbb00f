"""Filling in the report form as people do: tapping and typing on the page."""

import re

from playwright.sync_api import Page

ANYTHING = "Something else that worries me"


def write_report(
    page: Page,
    saw: str,
    *,
    kind: str = ANYTHING,
    who: str = "Kit Lindqvist",
    part: str = "May have been harmed",
) -> None:
    """Open the form by the button on Today and answer what most people answer. Not sent yet."""
    page.locator("main").get_by_role("link", name="Report a concern").tap()
    page.get_by_role("group", name="Is a child in danger right now?").get_by_label("No").check()
    page.get_by_label(kind).check()
    page.get_by_label("Person (optional)").first.select_option(who)
    page.get_by_label("Their part in it").first.select_option(part)
    page.get_by_label("What did you see?").fill(saw)
    page.get_by_label("Not yet, I will now").check()


def send(page: Page) -> str:
    """Send the form. Answers the id of the report, which its receipt has in the address."""
    page.get_by_role("button", name="Send", exact=True).tap()
    page.wait_for_url(re.compile(r"/concerns/mine/[0-9a-f-]{36}/(#.*)?$"))
    return page.url.partition("#")[0].rstrip("/").rpartition("/")[2]
