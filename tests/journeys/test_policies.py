"""A lead brings in a policy, puts a slip right, and the committee adopts it."""

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from .screens import DESKTOP, TABLET, Screens, axe_clean

pytestmark = pytest.mark.journey

TEXT = """# Bikes policy

## 1. Aims

- 1.1 Children ride with joy and with a helmet.
- 1.2 We follow Keeping children safe in education 2018 and the Behaviour policy.

## 2. Riding

- 2.2 Staff get bikes ready by:
  - checking the brakes.
  - pumping up the tyres.
- 2.3 Counting the helmets.
"""


@pytest.mark.once
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_policy_comes_in_and_the_committee_adopts_it(screens: Screens, *, scripts: bool) -> None:
    title = "Bikes policy" if scripts else "Scooters policy"
    lead = screens.reader("dana", TABLET, java_script_enabled=scripts)
    lead.goto("/at/sunflowers/policies/bring-in/")
    _bring_in(lead, _file("bikes.pdf", TEXT))
    expect(lead.locator(".govuk-error-summary")).to_contain_text("not what its name says")
    _bring_in(lead, _file("bikes.md", TEXT.replace("Bikes", title.split()[0])))
    _seen(screens, lead, "Is every clause right?", scripts=scripts)
    expect(lead.locator("main")).to_contain_text("Section 2 begins with 2.2")
    lead.get_by_role("button", name=re.compile(r"Join with the one above.*clause 2\.3")).click()
    expect(lead.locator("main")).not_to_contain_text("2.3 is not a whole sentence")
    lead.get_by_role("link", name=re.compile(r"Change.*clause 2\.2")).click()
    _seen(screens, lead, "Put clause 2.2 right", scripts=scripts)
    lead.get_by_label("Number").fill("2.1")
    lead.get_by_role("button", name="Keep it like this").click()
    lead.get_by_role("link", name="It is right: go on").first.click()
    _seen(screens, lead, "Save it as a version", scripts=scripts)
    lead.get_by_role("button", name="Save the version").click()
    expect(lead.locator("h1")).to_have_text(title)
    expect(lead.locator("main")).to_contain_text("There is a newer edition")
    lead.get_by_role("link", name="Ask the committee to adopt it").click()
    _seen(screens, lead, "Ask the committee to adopt it", scripts=scripts)
    lead.get_by_label("Omar Haddad").check()
    lead.get_by_role("button", name="Ask them").click()
    _adopt(screens, lead.url, title)


def _adopt(screens: Screens, address: str, title: str) -> None:
    committee = screens.of("omar", DESKTOP)
    committee.goto(address)
    committee.get_by_role("link", name="Read it and answer").click()
    axe_clean(committee, f"Does the committee adopt {title}?")
    committee.get_by_role("button", name="Send my answer").click()
    expect(committee.locator(".govuk-error-summary")).to_contain_text("Say yes or not yet")
    committee.get_by_label("Yes, we adopt it").check()
    for box, value in (("Day", "1"), ("Month", "9"), ("Year", "2025")):
        committee.get_by_label(box, exact=True).fill(value)
    committee.get_by_label("Where the minutes say so").fill("Item 6 of 1 September")
    committee.get_by_role("button", name="Send my answer").click()
    axe_clean(committee, title, picture="policy in force")
    expect(committee.locator("main")).to_contain_text("Adopted on 1 September 2025")


@pytest.mark.once
def test_anybody_here_reads_a_policy_and_what_changed_in_it(screens: Screens) -> None:
    page = screens.of("priya", TABLET)
    page.get_by_role("link", name="Policies and duties").click()
    axe_clean(page, "Policies")
    page.get_by_role("link", name=re.compile("Version 2.*Mobile Technology")).click()
    axe_clean(page, "Mobile Technology and Social Media Policy")
    page.get_by_role("link", name="What changed since version 1").click()
    axe_clean(page, "From version 1 to version 2")
    expect(page.locator("ins").last).to_contain_text("Smart watches")
    page.go_back()
    page.get_by_role("link", name="What it would lose").click()
    axe_clean(page, "What it would lose")


def _bring_in(page: Page, file: FilePayload) -> None:
    page.get_by_label("The file").set_input_files(file)
    page.get_by_role("button", name="Read it").click()


def _seen(screens: Screens, page: Page, heading: str, *, scripts: bool) -> None:
    expect(page.locator("h1")).to_contain_text(heading)
    if scripts:
        axe_clean(page, heading)


def _file(name: str, text: str) -> FilePayload:
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
