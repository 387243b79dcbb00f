"""The few scripts of our own, in a real browser under the real policy, and pages without them."""

import datetime
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, Route, expect

from foundation import gallery

from .shown import HOME, SIGNED_IN, page_with, problems, shown

Show = Callable[..., AbstractContextManager[Page]]
pytestmark = [pytest.mark.journey, pytest.mark.once]
NOW = datetime.datetime(2026, 11, 21, 10, 42, tzinfo=datetime.UTC)
HELD = "<p id='secret'>Kit said it.</p>"
FORM = """
<form method="post" action="/sent/">{% include "components/form_keys.html" %}
<textarea name="words" id="words" aria-label="Words"></textarea>
<button class="govuk-button" name="how" value="now">Send</button></form>
"""


@pytest.fixture
def show(browser: Browser) -> Show:
    return partial(shown, browser)


@pytest.fixture
def confidential(show: Show) -> Iterator[Page]:
    pages = {"/": page_with(HELD, confidential=True), "/quiet/": render_to_string("quiet.html")}
    with show(pages) as page:
        yield page


@pytest.mark.parametrize("width", [320, 820, 1280])
@pytest.mark.parametrize("asked", [set(), {"errors"}], ids=["fresh", "with errors"])
def test_every_component_is_free_of_what_axe_knows(show: Show, width: int, asked: set[str]) -> None:
    html = render_to_string("components/gallery.html", gallery.shown(asked, NOW) | SIGNED_IN)

    with show({"/": html}, width=width, policy="") as page:
        assert problems(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_component_works_under_the_policy(show: Show) -> None:
    html = render_to_string("components/gallery.html", gallery.shown({"errors"}, NOW) | SIGNED_IN)

    with show({"/": html}) as page:
        said: list[str] = []
        page.on("console", lambda one: said.append(one.text) if one.type != "info" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.reload()
        expect(page.locator(".govuk-error-summary")).to_be_focused()
        assert page.evaluate("typeof htmx") != "undefined"
        assert said == []


def test_what_needs_putting_right_has_the_keyboard_also_without_scripts(show: Show) -> None:
    html = render_to_string("components/gallery.html", gallery.shown({"errors"}, NOW) | SIGNED_IN)

    with show({"/": html}, script=False) as page:
        expect(page.locator(".govuk-error-summary")).to_be_focused()


def test_the_button_hides_the_screen_at_once_and_coming_back_takes_two_presses(
    confidential: Page,
) -> None:
    confidential.get_by_text("Hide this screen").click()

    expect(confidential.locator("#secret")).not_to_be_visible()
    expect(confidential).to_have_title("Resting")
    assert "Sunflowers" not in confidential.inner_text("body")

    confidential.get_by_role("button", name="Back").press("Enter")
    expect(confidential.locator("#secret")).not_to_be_visible()
    confidential.get_by_role("button", name="Show the page again").press("Enter")
    expect(confidential.locator("#secret")).to_be_visible()
    expect(confidential).to_have_title("A page \N{EN DASH} Sunflowers")


def test_escape_twice_hides_the_screen_and_once_does_not(confidential: Page) -> None:
    confidential.keyboard.press("Escape")
    expect(confidential.locator("#secret")).to_be_visible()

    confidential.keyboard.press("Escape")
    expect(confidential.locator("#secret")).not_to_be_visible()


def test_a_hidden_screen_stays_hidden_when_loaded_again(confidential: Page) -> None:
    confidential.get_by_text("Hide this screen").click()
    confidential.reload()

    expect(confidential.locator("#secret")).not_to_be_visible()
    expect(confidential.get_by_text("This screen is resting.")).to_be_visible()


def test_nothing_behind_the_cover_can_be_reached_with_the_keyboard(confidential: Page) -> None:
    confidential.get_by_text("Hide this screen").click()

    for _ in range(6):
        confidential.keyboard.press("Tab")
        assert confidential.evaluate(
            "document.activeElement === document.body"
            " || !!document.activeElement.closest('.hr-cover')"
        )


def test_without_scripts_the_button_leads_to_a_quiet_page(show: Show) -> None:
    pages = {"/": page_with(HELD, confidential=True), "/quiet/": render_to_string("quiet.html")}

    with show(pages, script=False) as page:
        page.get_by_text("Hide this screen").click()
        expect(page.locator("#secret")).to_have_count(0)
        expect(page.get_by_text("This screen is resting.")).to_be_visible()
        assert "Sunflowers" not in page.content()


def test_a_confidential_page_prints_as_a_notice(confidential: Page) -> None:
    confidential.emulate_media(media="print")

    expect(confidential.locator("#secret")).not_to_be_visible()
    expect(confidential.get_by_text("This page is not printed.")).to_be_visible()


def test_an_ordinary_page_prints_its_words_only(show: Show) -> None:
    with show({"/": page_with(HELD)}) as page:
        page.emulate_media(media="print")
        expect(page.locator("#secret")).to_be_visible()
        expect(page.locator(".hr-help")).not_to_be_visible()


def test_a_page_brought_back_from_memory_is_blank_and_asked_for_again(confidential: Page) -> None:
    confidential.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    expect(confidential.locator("#secret")).not_to_be_visible()

    with confidential.expect_navigation():
        confidential.evaluate(
            "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"
        )
    expect(confidential.locator("#secret")).to_be_visible()


@pytest.fixture
def sending(show: Show) -> Iterator[tuple[Page, list[str]]]:
    """A page with a form whose answer leaves the page where it is, and what was sent."""
    sent: list[str] = []

    def answer(route: Route) -> None:
        sent.append(route.request.post_data or "")
        route.fulfill(status=204)

    with show({"/": page_with(FORM, key={"name": "key", "value": ""})}) as page:
        page.route("**/sent/", answer)
        page.fill("#words", "He said no")
        yield page, sent


def test_a_form_is_sent_once_with_its_button_and_a_key_of_its_own(
    sending: tuple[Page, list[str]],
) -> None:
    page, sent = sending
    page.get_by_role("button", name="Send").click()
    page.get_by_role("button", name="Sending…").click(force=True)
    page.keyboard.press("Enter")

    assert len(sent) == 1
    assert "how=now" in sent[0]
    assert re.search(r"key=[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-", sent[0])


def test_a_button_can_be_pressed_again_when_the_page_comes_back(
    sending: tuple[Page, list[str]],
) -> None:
    page, sent = sending
    page.get_by_role("button", name="Send").click()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow'))")
    page.get_by_role("button", name="Send", exact=True).click()

    assert len(sent) == 2


def test_what_only_a_screen_reader_hears_on_a_button_stays_so(
    sending: tuple[Page, list[str]],
) -> None:
    page, _ = sending
    button = page.get_by_role("button", name="Send")
    button.evaluate("one => one.insertAdjacentElement('beforeend', document.createElement('span'))")
    button.click()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow'))")

    expect(page.get_by_role("button", name="Send").locator("span")).to_have_count(1)


@pytest.fixture
def clock(show: Show) -> Iterator[Page]:
    """A page of Priya's with the browser's time in our hands."""
    with show({"/": page_with(FORM), "/stay/": '{"csrf": "second-token"}'}) as page:
        page.clock.install()
        page.reload()
        yield page


def test_a_quiet_screen_asks_before_it_signs_out(clock: Page) -> None:
    clock.clock.run_for(470_000)
    expect(clock.get_by_role("alertdialog")).not_to_be_visible()

    clock.clock.run_for(20_000)
    expect(clock.get_by_text("Are you still there?")).to_be_visible()
    clock.get_by_role("button", name="Stay signed in").press("Enter")
    expect(clock.get_by_role("alertdialog")).not_to_be_visible()
    expect(clock.locator("[name=csrfmiddlewaretoken]").first).to_have_value("second-token")


def test_typing_keeps_the_session_without_asking(clock: Page) -> None:
    for _ in range(8):
        clock.clock.run_for(100_000)
        clock.type("#words", "word ")

    expect(clock.get_by_role("alertdialog")).not_to_be_visible()
    expect(clock.locator("[name=csrfmiddlewaretoken]").first).to_have_value("second-token")


def test_after_the_lock_the_page_is_covered_and_what_was_typed_comes_back(clock: Page) -> None:
    clock.fill("#words", "He said no")
    clock.route("**/stay/", lambda route: route.fulfill(status=302, headers={"Location": "/"}))
    clock.clock.run_for(700_000)

    expect(clock.get_by_text("You have been signed out")).to_be_visible()
    expect(clock.locator("#words")).not_to_be_visible()
    clock.get_by_role("button", name="Carry on").click()
    expect(clock.get_by_text("You are not signed in yet.")).to_be_visible()
    expect(clock.locator("#words")).not_to_be_visible()

    clock.unroute("**/stay/")
    clock.get_by_role("button", name="Carry on").click()
    expect(clock.locator("#words")).to_be_visible()
    expect(clock.locator("#words")).to_have_value("He said no")
    assert clock.url == f"{HOME}/"


def test_a_page_stays_covered_when_somebody_else_signs_in_on_this_screen(clock: Page) -> None:
    clock.evaluate("new BroadcastChannel('hedgerow-session').postMessage('/stay/?for=another')")

    expect(clock.get_by_text("somebody else signed in on this screen")).to_be_visible()
    expect(clock.locator("#words")).not_to_be_visible()
    clock.route("**/stay/", lambda route: route.fulfill(status=409, body="{}"))
    clock.get_by_role("button", name="Carry on").click()
    expect(clock.get_by_text("You are not signed in yet.")).to_be_visible()
    expect(clock.locator("#words")).not_to_be_visible()


def test_whoever_was_signed_out_behind_a_hidden_screen_is_asked_once_it_is_shown(
    show: Show,
) -> None:
    with show({"/": page_with(FORM, confidential=True)}) as page:
        page.clock.install()
        page.reload()
        page.get_by_text("Hide this screen").click()
        page.clock.run_for(700_000)
        page.get_by_role("button", name="Back").press("Enter")
        page.get_by_role("button", name="Show the page again").press("Enter")

        expect(page.get_by_role("link", name="Sign in")).to_be_focused()
        expect(page.locator("#words")).not_to_be_visible()
