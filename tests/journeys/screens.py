"""People at their screens: signed-in browsers, and what must hold of every page they reach."""

import os
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.text import slugify
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from demo.people import PASSWORD

AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
TABLET: dict[str, Any] = {"viewport": {"width": 820, "height": 1180}, "has_touch": True}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
SIZES = {"desktop": DESKTOP, "tablet": TABLET, "phone": PHONE}
# A refused form or a page that is not there is an answer, though Chromium logs it as an error.
ANSWERED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")
WAIT = 20_000  # milliseconds; a busy machine takes its time
expect.set_options(timeout=WAIT)


@dataclass
class Screens:
    """Browsers for people of the demo. A person signs in once; later screens share that session."""

    browser: Browser
    address: str
    sessions: dict[str, Any]
    contexts: list[BrowserContext] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def open(self, on: dict[str, Any] = TABLET, **options: Any) -> Page:
        """A browser in which nobody is signed in."""
        context = self.browser.new_context(base_url=self.address, **on, **options)
        context.set_default_timeout(WAIT)
        context.on("console", self._listen)
        context.on("weberror", lambda error: self.said.append(str(error.error)))
        self.contexts.append(context)
        return context.new_page()

    def of(self, person: str, on: dict[str, Any] = DESKTOP, **options: Any) -> Page:
        """The screen of somebody like "priya" or "dana@bluebells", on their first page."""
        if person in self.sessions:
            options["storage_state"] = self.sessions[person]
        page = self.open(on, **options)
        page.goto(home_of(person))
        if person not in self.sessions:
            sign_in(page, person)
            self.keep(person, page)
        return page

    def reader(self, person: str, on: dict[str, Any] = DESKTOP, **options: Any) -> Page:
        """The screen of somebody who has passed the second check."""
        page = self.of(person, on, **options)
        page.goto(f"{home_of(person)}concerns/cases/")
        if "/accounts/" in page.url:
            second_check(page)
            self.keep(person, page)
        page.goto(home_of(person))
        return page

    def copy_of(self, page: Page) -> Page:
        """What a screen without scripts shows, on one where axe can run."""
        copy, shown = self.open(TABLET), page.content()
        # Without our policy: set_content is what it forbids.
        copy.route("**/a-copy/", lambda route: route.fulfill(body=shown, content_type="text/html"))
        copy.goto("/a-copy/")
        return copy

    def keep(self, person: str, page: Page) -> None:
        """Let later screens of this person share the session of this page."""
        self.sessions[person] = page.context.storage_state()

    def forget(self, person: str) -> None:
        """Their session has ended: next time they sign in again."""
        self.sessions.pop(person, None)

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        assert not self.said, f"the browser complained: {self.said}"

    def _listen(self, message: ConsoleMessage) -> None:
        at_the_page = message.page is not None and message.location["url"] == message.page.url
        if message.type in {"error", "warning"} and not (
            at_the_page and ANSWERED.match(message.text)
        ):
            self.said.append(f"{message.location['url']}: {message.text}")


def home_of(person: str) -> str:
    return f"/at/{person.partition('@')[2] or 'sunflowers'}/"


def sign_in(page: Page, person: str, password: str = PASSWORD) -> None:
    """Type the e-mail address and password of somebody of the demo."""
    name, _, setting = person.partition("@")
    page.get_by_label("Your e-mail address").fill(f"{name}@{setting or 'sunflowers'}.example")
    page.get_by_label("Your password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def second_check(page: Page) -> None:
    """Type the code the person's telephone would show; if it was used before, the next one."""
    until = time.monotonic() + 35
    while "/accounts/" in page.url:
        shown = page.request.get("/demo/code/").text()
        code = re.search(r"\b\d{6}\b", shown)
        assert code, "no code is shown"
        page.get_by_label("The code from your app").fill(code[0])
        page.get_by_role("button", name="Go on").click()
        page.wait_for_load_state()
        assert time.monotonic() < until
        page.wait_for_timeout(3000 if "/accounts/" in page.url else 0)


def checked_anew(page: Page) -> bool:
    """Pass the second check once more where a page asks for it anew. Whether it did."""
    page.wait_for_load_state()
    asked = "/accounts/" in page.url
    if asked:
        second_check(page)
    return asked


def axe_clean(page: Page, heading: str = "", *, picture: str = "", colours: bool = True) -> None:
    """We are on the page with this heading, and nothing on it shuts anybody out.

    No axe rule is broken and nothing makes it scroll sideways; what a page looks like does not depend
    on the database, so that one of the two is enough. With HEDGEROW_SHOTS, a folder, pictures of it
    are put there under its heading, or under the name given. Without colours, contrast is not looked at: that
    is half of the work.
    """
    if heading:
        expect(page.locator("h1").first).to_contain_text(heading)
    page.wait_for_load_state()
    if "DATABASE_URL" not in os.environ:
        _nothing_shuts_anybody_out(page, colours=colours)
    folder, name = os.environ.get("HEDGEROW_SHOTS"), slugify(picture or heading)
    if folder and name:
        take_pictures(page, Path(folder), name)


def _nothing_shuts_anybody_out(page: Page, *, colours: bool) -> None:
    page.evaluate(AXE)
    found = page.evaluate(
        "([tags, colours]) => axe.run({runOnly: tags, resultTypes: ['violations'],"
        " rules: {'color-contrast': {enabled: colours}}}).then(r =>"
        " r.violations.map(v => [v.id, ...v.nodes.map(n => n.html.slice(0, 200))]))",
        [RULES, colours],
    )
    assert found == [], f"{page.url}: {found}"
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0, f"{page.url} is {width} pixels too wide"


def take_pictures(page: Page, folder: Path, name: str) -> None:
    """The whole page at three sizes, for people to look at."""
    folder.mkdir(parents=True, exist_ok=True)
    before = page.viewport_size
    for size, screen in SIZES.items():
        page.set_viewport_size(screen["viewport"])
        page.screenshot(path=folder / f"{name}-{size}.png", full_page=True)
    if before:
        page.set_viewport_size(before)
