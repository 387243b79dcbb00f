"""What a browser keeps, runs and prints of our pages: as little as can be (F30, F32)."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from .screens import DESKTOP, Screens, home_of, second_check, sign_in

pytestmark = pytest.mark.journey

EVIL = "<img src=x onerror='window.ran=1'><script>window.ran=1</script>{{7*7}}"
# What somebody who got a word into a page would try next. Each says why it did not work.
ATTEMPTS = {
    "markup": "document.body.innerHTML = '<p>x</p>'",
    "script": "document.createElement('script').src = '/static/x.js'",
    "policy": "trustedTypes.createPolicy('theirs', {})",
}
EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@pytest.fixture
def desk(screens: Screens) -> Iterator[Page]:
    """Dana's screen. The browser may complain here: it says what it did not do."""
    yield screens.of("dana", DESKTOP)
    screens.windows.said.clear()


@pytest.mark.once
def test_after_signing_out_neither_back_nor_another_window_shows_anything(screens: Screens) -> None:
    desk = screens.open(DESKTOP)  # of its own, as it ends its session
    desk.goto(home_of("dana"))
    sign_in(desk, "dana")
    desk.goto(f"{home_of('dana')}concerns/cases/")
    second_check(desk)
    desk.goto(f"{home_of('dana')}concerns/cases/hand-over/")
    title = desk.locator("main .govuk-checkboxes__label").first.inner_text()
    other = desk.context.new_page()
    other.goto(f"{home_of('dana')}people/")
    expect(desk.locator(".hr-watermark span").first).to_have_attribute(
        "data-words", re.compile(r"Dana .* \d{4} \d\d:\d\d")
    )
    desk.emulate_media(media="print")
    expect(desk.get_by_text(title).first).to_be_hidden()
    expect(desk.get_by_text("This page is not printed.")).to_be_visible()
    desk.emulate_media(media="screen")
    # As a browser does that keeps the page in its memory: nothing of it is to be seen there.
    other.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    expect(other.get_by_role("heading").first).to_be_hidden()

    desk.get_by_role("button", name="Sign out").click()
    expect(desk.get_by_label("Your password")).to_be_visible()
    desk.go_back()
    expect(desk.get_by_label("Your password")).to_be_visible()
    assert title not in desk.content()
    other.reload()
    expect(other.get_by_label("Your password")).to_be_visible()
    assert desk.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert {cookie["name"] for cookie in desk.context.cookies()} <= {
        *("csrf", "session", "known_device")
    }


@pytest.mark.once
def test_nothing_typed_runs_and_no_script_makes_markup(desk: Page) -> None:
    desk.goto(f"{home_of('dana')}concerns/new/")
    box = desk.locator("main textarea").first
    box.fill(EVIL)
    desk.locator("main form button").last.click()
    desk.wait_for_load_state()
    expect(desk.locator("main textarea").first).to_have_value(EVIL)
    assert desk.evaluate("typeof window.ran") == "undefined"
    for name, attempt in ATTEMPTS.items():
        said = desk.evaluate(
            f"() => {{ try {{ {attempt}; return 'done' }} catch (e) {{ return e.name }} }}"
        )
        assert said == "TypeError", name
    assert desk.evaluate("typeof window.ran") == "undefined"


@pytest.mark.once
def test_every_answer_carries_its_headers(desk: Page) -> None:
    style = desk.locator("link[rel=stylesheet]").first.get_attribute("href")
    script = desk.locator("script[src]").first.get_attribute("src")
    places = [
        home_of("dana"),
        "/accounts/login/",
        "/nowhere/",
        "/health/",
        "/at/nowhere/",
        style,
        script,
    ]
    for place in places:
        answer = desk.request.get(str(place))
        for name, value in EVERYWHERE.items():
            assert answer.headers.get(name) == value, f"{name} of {place}"
        assert "default-src 'none'" in answer.headers["content-security-policy"], place
        kept = "max-age=315360000" in answer.headers["cache-control"]
        assert kept or answer.headers["cache-control"] == "no-store", place
        assert kept == str(place).startswith("/static/"), place
    refused = desk.request.post("/accounts/logout/", headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status == 403
