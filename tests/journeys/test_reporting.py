"""Somebody is worried and writes it down: on a tablet, without scripts, twice, too late, by keyboard."""

from email.message import EmailMessage

import pytest
from playwright.sync_api import Page, expect

from .product import Product, eventually
from .report import send, write_report
from .screens import DESKTOP, TABLET, Screens, axe_clean, second_check, sign_in

pytestmark = pytest.mark.journey

# Words that no mail may carry, and nobody would write by chance.
SAW = "Kit hid a quokka drawing under the tablet in Acorns."
SECOND_CHECK = "Show that it is you"
NEVER_MAILED = ("quokka", "Kit", "Lindqvist", "Acorns", "Priya", "worries", "danger now")

THE_FORM = """[...document.querySelectorAll("main form [name]")]
  .filter(one => !["csrfmiddlewaretoken", "written_by"].includes(one.name) && one.type != "submit")
  .map(one => [one.name, ["radio", "checkbox"].includes(one.type) ? one.checked : one.value])"""

SIGN_OUT_FOR_IDLENESS = """
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from safeguarding.people.models import User
user = User.objects.get(email="sam@sunflowers.example")
for row in Session.objects.all():
    session = SessionStore(row.session_key)
    if session.get("_auth_user_id") == str(user.pk):
        session["seen"] -= 3600
        session.save()
        print("idle")
"""

SEND_TWICE_AT_ONCE = """async () => {
  const form = document.querySelector("main form");
  const words = new URLSearchParams(new FormData(form));
  const post = () => fetch(form.action, {method: "POST", body: words}).then(one => one.url);
  return Promise.all([post(), post()]);
}"""

FOCUS_SHOWS = """() => {
  const one = document.activeElement;
  const parts = [[one, null], [one.labels?.[0], "::before"], [one, "::before"]];
  const look = () => JSON.stringify(parts.filter(([part]) => part).map(([part, inside]) => {
    const style = getComputedStyle(part, inside);
    return [style.outlineStyle, style.boxShadow, style.backgroundColor];
  }));
  const focused = look();
  one.blur();
  const blurred = look();
  one.focus({preventScroll: true});
  return focused !== blurred;
}"""
MESSAGES = """
from safeguarding.notifications.models import Notification
told = Notification.objects.filter(subject_id="{report}", kind="concern_reported")
print(*told.values_list("pk", flat=True))
"""


@pytest.mark.every_time
def test_a_practitioner_reports_on_a_tablet_and_sees_that_the_lead_has_read_it(
    screens: Screens, product: Product
) -> None:
    tablet = screens.of("priya", TABLET)
    axe_clean(tablet, "Today", picture="today practitioner")
    write_report(tablet, SAW)
    axe_clean(tablet, "Report a concern")
    report = send(tablet)
    axe_clean(tablet, "Your report was received")
    expect(tablet.locator(".hr-progress__step--done")).to_have_text(["Received"])

    desk = screens.open(DESKTOP)
    desk.goto("/at/sunflowers/")
    axe_clean(desk, "Sign in")
    sign_in(desk, "dana")
    axe_clean(desk, "Today", picture="today lead")
    desk.locator(f"main a[href$='/concerns/{report}/']").click()
    axe_clean(desk, SECOND_CHECK)
    second_check(desk)
    screens.keep("dana", desk)
    expect(desk.get_by_text(SAW)).to_be_visible()
    axe_clean(desk, "Report ", picture="report read by the lead")

    tablet.reload()
    expect(tablet.locator(".hr-progress__step--done")).to_have_text(["Received", "Read"])
    messages = product.shell(MESSAGES.format(report=report)).split()
    new = eventually(lambda: _mails_with(product, messages), within=60)
    assert {mail["To"] for mail in new} == {"dana@sunflowers.example"}
    for mail in new:
        words = f"{mail['Subject']} {mail.get_content()}"
        assert [word for word in NEVER_MAILED if word in words] == []


def _mails_with(product: Product, messages: list[str]) -> list[EmailMessage]:
    """The mails that lead to one of these messages."""
    mails = product.mails()
    return [mail for mail in mails if any(one in mail.get_content() for one in messages)]


@pytest.mark.once
def test_a_report_about_two_people_is_sent_without_javascript(screens: Screens) -> None:
    page = screens.of("sam", TABLET, java_script_enabled=False)
    write_report(page, "Two children watched it together.")
    page.get_by_role("button", name="Add another person").tap()
    expect(page.locator("[name=people-1-who]")).to_be_focused()
    expect(page.get_by_label("What did you see?")).to_have_value(
        "Two children watched it together."
    )
    second = page.get_by_role("group", name="Person 2")
    second.get_by_label("Person (optional)").select_option("Noor Rahman")
    second.get_by_label("Their part in it").select_option("Saw or heard it")
    axe_clean(screens.copy_of(page))
    report = send(page)
    axe_clean(screens.copy_of(page))

    desk = screens.reader("dana", java_script_enabled=False)
    desk.goto(f"/at/sunflowers/concerns/{report}/")
    people = desk.locator(".govuk-summary-list__row").filter(has_text="People")
    expect(people).to_contain_text("Kit Lindqvist")
    expect(people).to_contain_text("Noor Rahman")
    axe_clean(screens.copy_of(desk))


@pytest.mark.every_time
@pytest.mark.once
def test_a_double_click_on_send_stores_one_report(screens: Screens) -> None:
    page = screens.of("sam", TABLET)
    before = _sent(page)
    page.goto("/at/sunflowers/")
    write_report(page, "Pressed twice.")
    page.get_by_role("button", name="Send", exact=True).dblclick()
    expect(page.get_by_role("heading", name="Your report was received")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert _sent(page) == before + 1


@pytest.mark.every_time
def test_the_same_form_arriving_twice_at_once_is_one_report(screens: Screens) -> None:
    page = screens.of("sam", TABLET)
    before = _sent(page)
    page.goto("/at/sunflowers/")
    write_report(page, "Sent twice at the same moment.")
    first, second = page.evaluate(SEND_TWICE_AT_ONCE)
    assert first == second
    assert "/concerns/mine/" in first
    assert _sent(page) == before + 1


def _sent(page: Page) -> int:
    page.goto("/at/sunflowers/concerns/mine/")
    axe_clean(page, "My reports")
    return page.locator("main tbody tr").count()


@pytest.mark.every_time
@pytest.mark.once
def test_nothing_is_lost_when_the_session_runs_out_while_typing(
    screens: Screens, product: Product
) -> None:
    page = screens.of("sam", TABLET)
    write_report(page, "First line.\nSecond line: “we’ll see”, she said.")
    page.get_by_label("What was said, word for word?").fill("Not telling 🤫")
    page.get_by_label("Web address").fill("https://example.org/?a=1&b=2")
    typed = page.evaluate(THE_FORM)
    assert "idle" in product.shell(SIGN_OUT_FOR_IDLENESS)

    page.get_by_role("button", name="Send", exact=True).tap()
    expect(page.get_by_text("What you typed is kept.")).to_be_visible()
    axe_clean(page, "Sign in", picture="sign in, typing kept")
    sign_in(page, "sam")
    screens.forget("sam")
    expect(page.get_by_role("heading", name="What you typed is back")).to_be_visible()
    axe_clean(page, "Report a concern", picture="report, typing kept")
    assert page.evaluate(THE_FORM) == typed

    report = send(page)
    desk = screens.reader("dana")
    desk.goto(f"/at/sunflowers/concerns/{report}/")
    expect(desk.get_by_text("Second line: “we’ll see”, she said.")).to_be_visible()
    expect(desk.get_by_text("Not telling 🤫")).to_be_visible()


@pytest.mark.once
def test_a_report_is_filed_by_keyboard_alone(screens: Screens) -> None:
    page = screens.of("wren", DESKTOP)
    _tab_to(page, "Skip to the main part of the page")
    page.keyboard.press("Enter")
    # Chromium moves the focus with its next frame: a Tab before that would reach the header.
    expect(page.locator("#main")).to_be_focused()
    _tab_to(page, "Report a concern")
    page.keyboard.press("Enter")
    axe_clean(page, "Report a concern")
    _tab_to(page, "Send")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    axe_clean(page, "Report a concern", picture="report refused")

    _tab_to(page, "Say whether a child is in danger right now.")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Yes", exact=True)).to_be_focused()
    for press in ("ArrowDown", "Tab", "Space"):  # No; then the first kind of worry
        page.keyboard.press(press)
    _tab_to(page, "What did you see?")
    page.keyboard.type("Typed without a mouse.")
    _tab_to(page, "Yes, I have told them myself")
    page.keyboard.press("Space")
    _tab_to(page, "Send")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your report was received")).to_be_visible()


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until the control of this name has the focus, which must show at every stop."""
    for _ in range(60):
        page.keyboard.press("Tab")
        reached = page.evaluate(
            "() => { const one = document.activeElement;"
            " if (one === document.body) return '';"
            " return one.labels?.[0]?.innerText ?? one.innerText ?? ''; }"
        )
        if reached.strip():
            assert page.evaluate(FOCUS_SHOWS), f"the focus does not show on {reached!r}"
        if reached.strip().startswith(name):
            return
    raise AssertionError(f"Tab never came to {name!r}")
