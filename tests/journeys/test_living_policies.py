"""One path through it all: the policy comes in, people sign or do not, and the board shows each change."""

import re
from datetime import date, timedelta
from io import BytesIO

import docx
import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from .product import Product, eventually
from .screens import DESKTOP, TABLET, Screens, axe_clean, checked_anew

pytestmark = [pytest.mark.journey, pytest.mark.once]

HERE = "/at/sunflowers/"
BOARD, AGREEMENTS = f"{HERE}governance/", f"{HERE}agreements/"
POLICY, NAMES_POLICIES = "Online Safety Policy", "It belongs together with our other policies"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NAMED, SIGNED, LEARNT = "OSP-2-05", "OSP-5-STAFF-04a", "OSP-4-DSL-04"
LOSSES = 1  # the clause holds no other duty
DUTIES = (NAMED, SIGNED, LEARNT)

# The others of the staff sign too, and the hour comes round at which what no longer stands is ended.
THE_OTHERS_AND_THE_HOUR = """
from django.utils import timezone
from safeguarding.agreements import actions, tasks
from safeguarding.agreements.models import Agreement
from safeguarding.people.models import Member
agreement = Agreement.objects.filter(setting__slug="sunflowers").to_sign().get(audience="staff")
people = Member.objects.with_roles(timezone.localdate())
for name in ("dana", "devi", "morgan", "wren", "sam"):
    who = people.get(user__email=f"{name}@sunflowers.example")
    actions.accept(by=who, agreement=agreement, seen=agreement.digest)
tasks.keep_access.enqueue()
"""
ENDED = """
from safeguarding.agreements.models import GrantEnded
ended = GrantEnded.objects.filter(grant__kind="learning_journal", grant__setting__slug="sunflowers")
print(*ended.values_list("why", flat=True))
"""


def test_the_board_shows_what_the_policy_the_people_and_their_training_do(
    screens: Screens, product: Product
) -> None:
    lead, manager = screens.reader("dana", TABLET), screens.reader("morgan", DESKTOP)
    last_month = _board(lead, _a_month_ago())
    assert _stands(lead) == {NAMED: "Due", SIGNED: "Met", LEARNT: "Met"}
    _a_new_version_of_the_policy(lead)
    _the_committee_adopts_it(screens, lead.url)
    assert _stands(lead)[NAMED] == "Met"

    _give(manager, "Tariq Mansour", "The Wi-Fi code")
    _give(manager, "Devi Sharma", "The children's learning journal")
    _a_new_agreement(lead, manager)
    assert _stands(lead)[SIGNED] == "Due"
    _answers(screens.of("priya", TABLET), "Yes, I have read it and I agree")
    technician = screens.of("tariq", TABLET)
    _answers(technician, "No, I do not agree")
    _has_no_access(technician)
    assert _stands(lead)[SIGNED] == "Overdue"

    deputy = screens.of("devi", TABLET)
    _may_use(deputy, "The children's learning journal", at_the_moment=True)
    _asked_more_often(lead)
    _may_use(deputy, "The children's learning journal", at_the_moment=False)
    assert _stands(lead)[LEARNT] == "Overdue"
    product.shell(THE_OTHERS_AND_THE_HOUR)
    assert eventually(lambda: product.shell(ENDED)) == "training"
    _answers(technician, "Yes, I have read it and I agree")
    assert _stands(lead) == {NAMED: "Met", SIGNED: "Met", LEARNT: "Overdue"}
    assert _board(lead, _a_month_ago()) == last_month


def _stands(lead: Page, day: str = "") -> dict[str, str]:
    """How each of the duties stands, as its own page says."""
    return {duty: _state(lead, f"{BOARD}duties/{duty}/{day}") for duty in DUTIES}


def _state(lead: Page, address: str) -> str:
    lead.goto(address)
    return lead.locator("main .govuk-body-l .hr-tag").inner_text()


def _board(lead: Page, day: str) -> tuple[dict[str, str], str]:
    """The three duties and every count of the board, as they were on a day."""
    lead.goto(f"{BOARD}{day}")
    counts = lead.locator("table").first.inner_text()
    return _stands(lead, day), counts


def _a_month_ago() -> str:
    day = timezone.localdate() - timedelta(days=28)
    return f"?on_day={day.day}&on_month={day.month}&on_year={day.year}"


def _a_new_version_of_the_policy(lead: Page) -> None:
    """The version in force leaves as a Word file, is shortened there, and comes back."""
    lead.goto(f"{HERE}policies/")
    lead.get_by_role("link", name=re.compile(POLICY)).first.click()
    with lead.expect_download() as taken:
        lead.get_by_role("link", name=f"{POLICY} as Word").click()
    shortened = _shortened(taken.value.path().read_bytes())
    lead.get_by_role("link", name="All versions").click()
    lead.get_by_role("link", name="Bring in a new version from a file").click()
    axe_clean(lead, "Bring in a new version", picture="a policy comes back from word")
    lead.get_by_label("The file").set_input_files(
        {"name": "osp.docx", "mimeType": WORD, "buffer": shortened}
    )
    lead.get_by_role("button", name="Read it").click()
    expect(lead.locator("h1")).to_contain_text("Is every clause right?")
    lead.get_by_role("link", name="It is right: go on").first.click()
    lead.get_by_role("button", name="Save the version").click()
    lead.get_by_role("link", name="Ask the committee to adopt it").click()
    lead.get_by_role("link", name="What it would lose").click()
    _says_what_becomes_of_each(lead)


def _shortened(word: bytes) -> bytes:
    """The same policy, whose list of others names one only. Nothing else in it is touched."""
    paper, in_list = docx.Document(BytesIO(word)), False
    for line in paper.paragraphs:
        is_item = line.style is not None and str(line.style.name).startswith("List Bullet")
        in_list = line.text.startswith(NAMES_POLICIES) or (in_list and is_item)
        if in_list and "mobile technology" not in line.text and NAMES_POLICIES not in line.text:
            line._p.getparent().remove(line._p)
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def _says_what_becomes_of_each(lead: Page) -> None:
    """Only the duties under the clause that was changed are asked about."""
    losses, asked = lead.url, lead.get_by_role("link", name="Say what becomes of it")
    expect(asked).to_have_count(LOSSES)
    axe_clean(lead, "What it would lose", picture="a clause that holds a duty has changed")
    for left in range(LOSSES, 0, -1):
        expect(asked).to_have_count(left)
        asked.first.click()
        lead.get_by_label("Or say why the change is right").fill("The others have ended.")
        lead.get_by_role("button", name="Keep this answer").click()
    lead.goto(losses.replace("losses/", "propose/"))
    lead.get_by_label("Omar Haddad").check()
    lead.get_by_role("button", name="Ask them").click()


def _the_committee_adopts_it(screens: Screens, version: str) -> None:
    committee, today = screens.of("omar", DESKTOP), timezone.localdate()
    committee.goto(f"{version}answer/")
    axe_clean(committee, f"Does the committee adopt {POLICY}?")
    committee.get_by_label("Yes, we adopt it").check()
    _fill(committee, today)
    committee.get_by_label("Where the minutes say so").fill("Item 3 of today")
    committee.get_by_role("button", name="Send my answer").click()
    expect(committee.locator("main")).to_contain_text("Adopted on")


def _fill(page: Page, day: date) -> None:
    for box, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        page.get_by_label(box, exact=True).first.fill(str(value))


def _give(manager: Page, to: str, what: str) -> None:
    manager.goto(f"{AGREEMENTS}access/new/")
    manager.get_by_label("To whom?").select_option(label=to)
    manager.get_by_label(what, exact=True).check()
    manager.get_by_role("button", name="Give it").click()
    row = manager.get_by_role("row").filter(has_text=to).filter(has_text=what)
    expect(row.get_by_text("Stands")).to_be_visible()


def _a_new_agreement(lead: Page, manager: Page) -> None:
    """One word more in it; in force from today, while the yes to the one before counts for a time."""
    lead.goto(f"{AGREEMENTS}versions/staff/")
    lead.get_by_label("What is different").fill("Watches with a camera.")
    lead.get_by_role("button", name="Keep it as the next version").click()
    lead.get_by_role("button", name="Ask a second person").click()
    manager.goto(f"{HERE}approvals/")
    manager.get_by_role("link", name="Put an agreement into force").first.click()
    manager.get_by_role("button", name="Yes").first.click()
    if checked_anew(manager):
        manager.get_by_role("button", name="Yes").first.click()
    expect(manager.get_by_text("It is done")).to_be_visible()


def _answers(page: Page, says: str) -> None:
    page.goto(AGREEMENTS)
    page.get_by_role("link", name="Read and sign").first.click()
    page.get_by_label("Turn the screen away").check()
    page.get_by_label("The setting; use can be looked at").check()
    page.get_by_label(says).check()
    page.get_by_role("button", name="Send my answer").click()
    expect(page.locator("h1")).not_to_have_text("How we use technology here")


def _has_no_access(technician: Page) -> None:
    """Every page but those for reporting and signing is shut, and what was given does not stand."""
    technician.goto(f"{HERE}procedures/")
    expect(technician.locator("h1")).to_have_text("Something to sign first")
    _may_use(technician, "The Wi-Fi code", at_the_moment=False)
    technician.goto(f"{HERE}concerns/new/")
    expect(technician.locator("h1")).to_have_text("Report a concern")


def _may_use(page: Page, what: str, *, at_the_moment: bool) -> None:
    page.goto(AGREEMENTS)
    given: Locator = page.get_by_role("listitem").filter(has_text=what)
    expect(given).to_have_count(1)
    expect(given.get_by_text("Not at the moment")).to_have_count(0 if at_the_moment else 1)
    axe_clean(page, "Agreements", picture="what one may use" if not at_the_moment else "")


def _asked_more_often(lead: Page) -> None:
    """From today a deputy's course counts for six months here. Devi's is older than that."""
    lead.goto(f"{HERE}training/topics/safeguarding-lead/")
    lead.get_by_label("Which role?").select_option(label="Deputy safeguarding lead")
    lead.get_by_label("Yes", exact=True).check()
    lead.get_by_label("How long does it count for this role?").fill("6 months")
    lead.get_by_role("button", name="Save").click()
    expect(lead.get_by_text("It is on record")).to_be_visible()
