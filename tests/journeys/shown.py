"""Pages shown in a real browser without a server: rendered here, served by the test itself."""

import mimetypes
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.contrib.staticfiles import finders
from django.template import Context, Template
from playwright.sync_api import Browser, BrowserContext, Page, Route

HOME = "http://localhost"  # every request is answered here; none leaves the browser
# The first is Chromium without a window, which does half the work.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "msedge")
CHROMIUM = os.environ.get("HEDGEROW_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), "")
POLICY = (
    "default-src 'none'; script-src 'nonce-drawn-by-lot'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "require-trusted-types-for 'script'; trusted-types hedgerow"
)
AXE = Path(__file__).with_name("axe.min.js")
SIGNED_IN: dict[str, Any] = {
    "request": SimpleNamespace(
        csp_nonce="drawn-by-lot",
        user=SimpleNamespace(is_authenticated=True, get_username=lambda: "priya@example.org"),
        member=SimpleNamespace(
            display_name="Priya Shah", setting=SimpleNamespace(name="Sunflowers")
        ),
    ),
    "csrf_token": "first-token",
    "idle_seconds": 600,
    "stay_url": "/stay/",
    "written_by": "note",
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def static_file(address: str) -> Path:
    """The file behind a /static/ address."""
    found = finders.find(address.removeprefix("/static/"))
    assert isinstance(found, str), f"{address} is not there"
    return Path(found)


@contextmanager
def shown(
    browser: Browser,
    pages: Mapping[str, str],
    *,
    width: int = 1280,
    script: bool = True,
    policy: str = POLICY,
) -> Iterator[Page]:
    """A screen that finds these pages (path to HTML) and our static files, and nothing else."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=script
    )
    _serve(context, pages, policy)
    page = context.new_page()
    page.goto(f"{HOME}/")
    yield page
    context.close()


def _serve(context: BrowserContext, pages: Mapping[str, str], policy: str) -> None:
    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOME).partition("?")[0]
        if path.startswith("/static/"):
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            route.fulfill(path=static_file(path), content_type=kind)
        elif path in pages:
            headers = {"Content-Security-Policy": policy} if policy else {}
            route.fulfill(body=pages[path], content_type="text/html", headers=headers)
        else:
            route.fulfill(status=404, body="Not here", content_type="text/plain")

    context.route("**/*", answer)


def problems(page: Page) -> list[Any]:
    """What axe finds wrong with a page served without a policy: the rule, and the first place."""
    page.evaluate(AXE.read_text())
    found: list[Any] = page.evaluate(
        "rules => axe.run({runOnly: rules}).then(r =>"
        " r.violations.map(v => [v.id, v.nodes[0].html.slice(0, 200)]))",
        RULES,
    )
    return found


def page_with(content: str, **context: Any) -> str:
    """Our base page around some template code, as Priya sees it at Sunflowers."""
    source = '{% extends "base.html" %}{% block title %}A page{% endblock %}'
    source += "{% block content %}" + content + "{% endblock %}"
    return Template(source).render(Context(SIGNED_IN | context))
