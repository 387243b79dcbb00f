"""People at their screens: signed-in browsers, and what must hold of every page they reach."""

import os
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.text import slugify
from playwright.sync_api import Page, expect

from demo.people import PASSWORD

from .looks import problems
from .windows import WAIT, Windows

DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
TABLET: dict[str, Any] = {"viewport": {"width": 820, "height": 1180}, "has_touch": True}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
SIZES = {"desktop": DESKTOP, "tablet": TABLET, "phone": PHONE}
expect.set_options(timeout=WAIT)


@dataclass
class Screens:
    """Screens for people of the demo. A person signs in once; later screens share that session."""

    windows: Windows
    sessions: dict[str, Any]

    @property
    def address(self) -> str:
        return self.windows.address

    def open(self, on: dict[str, Any] = TABLET, **options: Any) -> Page:
        """A screen at which nobody is signed in."""
        return self.windows.open(**on, **options)

    def of(self, person: str, on: dict[str, Any] = DESKTOP, **options: Any) -> Page:
        """The screen of somebody like "priya" or "dana@bluebells", on their first page."""
        page = self.open(on, **options)
        if person in self.sessions:
            page.context.add_cookies(self.sessions[person])
        page.goto(home_of(person))
        if person not in self.sessions:
            sign_in(page, person)
            self.keep(person, page)
        return page

    def reader(self, person: str, on: dict[str, Any] = DESKTOP, **options: Any) -> Page:
        """The screen of somebody who has passed the second check."""
        page = self.of(person, on, **options)
        guarded = f"{home_of(person)}concerns/cases/"
        if "/accounts/" in page.request.get(guarded).url:
            page.goto(guarded)
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
        self.sessions[person] = page.context.cookies()

    def forget(self, person: str) -> None:
        """Their session has ended: next time they sign in again."""
        self.sessions.pop(person, None)

    def close(self) -> None:
        said, self.windows.said = self.windows.said, []
        self.windows.put_back()
        assert not said, f"the browser complained: {said}"


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
    """Type the code the person's telephone would show; if it was used before, the next one.

    None is typed twice: whoever goes on trying one that was used is asked to wait a minute.
    """
    until, tried = time.monotonic() + 35, ""
    while "/accounts/" in page.url:
        assert time.monotonic() < until
        shown = page.request.get("/demo/code/").text()
        code = re.search(r"\b\d{6}\b", shown)
        assert code, "no code is shown"
        if code[0] == tried:
            page.wait_for_timeout(1000)
            continue
        tried = code[0]
        page.get_by_label("The code from your app").fill(tried)
        page.get_by_role("button", name="Go on").click()
        page.wait_for_load_state()


def checked_anew(page: Page) -> bool:
    """Pass the second check once more where a page asks for it anew. Whether it did."""
    page.wait_for_load_state()
    asked = "/accounts/" in page.url
    if asked:
        second_check(page)
    return asked


def axe_clean(page: Page, heading: str = "", *, picture: str = "") -> None:
    """We are on the page with this heading, and nothing on it shuts anybody out.

    No axe rule is broken and nothing makes it scroll sideways; what a page looks like does not depend
    on the database, so that one of the two is enough. With HEDGEROW_SHOTS, a folder, pictures of it
    are put there under its heading, or under the name given.
    """
    if heading:
        expect(page.locator("h1").first).to_contain_text(heading)
    page.wait_for_load_state()
    if "DATABASE_URL" not in os.environ:
        assert (found := problems(page)) == [], f"{page.url}: {found}"
        width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert width <= 0, f"{page.url} is {width} pixels too wide"
    folder, name = os.environ.get("HEDGEROW_SHOTS"), slugify(picture or heading)
    if folder and name:
        take_pictures(page, Path(folder), name)


def take_pictures(page: Page, folder: Path, name: str) -> None:
    """The whole page at three sizes, for people to look at."""
    folder.mkdir(parents=True, exist_ok=True)
    before = page.viewport_size
    for size, screen in SIZES.items():
        page.set_viewport_size(screen["viewport"])
        page.screenshot(path=folder / f"{name}-{size}.png", full_page=True)
    if before:
        page.set_viewport_size(before)
