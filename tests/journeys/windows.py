"""Windows of the browser, each used by one journey after the other: a new one costs three pages."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

# A refused form or a page that is not there is an answer, though Chromium logs it as an error.
ANSWERED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")
WAIT = 20_000  # milliseconds; a busy machine takes its time
SHARED = {"has_touch", "java_script_enabled"}  # what a window is told as it opens, and keeps


@dataclass
class Windows:
    """The windows on one product. Nobody is signed in where one is opened."""

    browser: Browser
    address: str
    said: list[str] = field(default_factory=list)
    in_use: list[tuple[Page, str]] = field(default_factory=list)
    free: dict[str, list[Page]] = field(default_factory=lambda: defaultdict(list))

    def open(self, viewport: dict[str, int], **options: Any) -> Page:
        """One that is free and like this, or a new one."""
        kind = repr(sorted(options.items()))
        page = self.free[kind].pop() if self.free[kind] else self._new(options)
        page.set_viewport_size({"width": viewport["width"], "height": viewport["height"]})
        self.in_use.append((page, kind if SHARED.issuperset(options) else ""))
        return page

    def put_back(self) -> None:
        """Nobody is signed in any more in those that were opened; the next journey may have them."""
        while self.in_use:
            page, kind = self.in_use.pop()
            if kind and not page.is_closed():
                _leave_nothing(page)
                self.free[kind].append(page)
            else:
                page.context.close()

    def close(self) -> None:
        for pages in self.free.values():
            while pages:
                pages.pop().context.close()

    def _new(self, options: dict[str, Any]) -> Page:
        context = self.browser.new_context(base_url=self.address, **options)
        context.set_default_timeout(WAIT)
        context.on("console", self._listen)
        context.on("weberror", lambda error: self.said.append(str(error.error)))
        return context.new_page()

    def _listen(self, message: ConsoleMessage) -> None:
        at_the_page = message.page is not None and message.location["url"] == message.page.url
        if message.type in {"error", "warning"} and not (
            at_the_page and ANSWERED.match(message.text)
        ):
            self.said.append(f"{message.location['url']}: {message.text}")


def _leave_nothing(page: Page) -> None:
    """As somebody leaves a shared tablet: no other page is open, no cookie, no word kept."""
    context: BrowserContext = page.context
    for other in context.pages:
        if other != page:
            other.close()
    page.unroute_all()
    context.unroute_all()
    page.goto("/health/")  # the least of pages; with none of ours the next would cost a new process
    page.evaluate("sessionStorage.clear()")
    context.clear_cookies()
