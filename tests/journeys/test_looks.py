"""Axe looks at each part of a page once: whatever is another part to axe, it must not take for the same."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from . import looks

pytestmark = [pytest.mark.journey, pytest.mark.once]

CLEAN = """<html lang="en"><head><title>A page</title>
<style>.pale {{ color: #bbb }} .box {{ overflow: auto; width: 200px; height: 60px; background: #fff }}</style>
</head><body><main><h1 id="top">Heading</h1>
<p class="plain">{words}</p><p>Words and <a href="/one/">a link</a></p><p id="hint">A hint</p>
<label for="one">One</label><input id="one"><label for="two">Two</label><input id="two">
<ul><li>First</li><li>Second</li></ul><img src="data:," alt="A hedgehog">
<button aria-describedby="hint">Send</button><div class="box"><p>Short</p></div>
<span role="checkbox" aria-checked="true" aria-labelledby="top" tabindex="0"></span>
</main></body></html>"""
# A fault each, in what else stands there unchanged, and the rule that finds it.
FAULTS = {
    ('<label for="two">', '<label for="three">'): "label",
    ('<label for="two">Two', '<label for="two">'): "label",
    (">a link<", "><"): "link-name",
    ('class="plain"', 'class="pale"'): "color-contrast",
    ('alt="A hedgehog"', ""): "image-alt",
    ("<li>Second</li>", "<li>Second</li><p>Third</p>"): "list",
    ("<title>A page", "<title>"): "document-title",
    ('lang="en"', 'lang="English"'): "html-has-lang html-lang-valid",
    (">Send<", "> <"): "button-name",
    ('aria-checked="true"', 'aria-checked="yes"'): "aria-valid-attr-value",
    ('role="checkbox"', 'role="tickbox"'): "aria-roles",
    ('aria-labelledby="top"', 'aria-labelledby="nothing"'): "aria-toggle-field-name",
    ("Short", "Long words. " * 60): "scrollable-region-focusable",
}


@pytest.fixture
def page(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A clean page that axe has just looked at."""
    monkeypatch.setattr(looks, "CLEAN", set())
    page = browser.new_page()
    page.set_content(CLEAN.format(words="Words"))
    assert looks.problems(page) == []
    yield page
    page.close()


def test_only_what_is_new_is_looked_at_and_every_kind_of_fault_is_new(page: Page) -> None:
    for (before, after), rule in FAULTS.items():
        clean = CLEAN.format(words="Other words")
        assert before in clean
        page.set_content(clean.replace(before, after, 1))
        found = [one[0] for one in looks.problems(page)]
        assert set(found) & set(rule.split()), f"{rule}: {found}"


def test_the_same_page_with_other_words_is_not_looked_at_again(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "AXE", "throw Error('it looks')")
    page.set_content(CLEAN.format(words="Other words").replace("one", "uno"))
    assert looks.problems(page) == []
    page.set_viewport_size({"width": 400, "height": 800})
    with pytest.raises(Exception, match="it looks"):
        looks.problems(page)
