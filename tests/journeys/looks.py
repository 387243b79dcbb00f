"""What axe finds on a page. It looks at every part of a page once, wherever else the same part stands.

Most of a page stands on others as well, and axe takes its time for each element. A part is the same
where it is made of the same and stands within the same, on a screen as wide: see parts.js.
"""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

HERE = Path(__file__).parent
AXE = (HERE / "axe.min.js").read_text(encoding="utf-8")
PARTS = (HERE / "parts.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """([tags, known]) => {
  const all = document.querySelectorAll("*");
  const context = {include: [document], exclude: known.map(at => all[at])};
  return axe.run(known.length ? context : document, {runOnly: tags, resultTypes: ["violations"]})
    .then(({violations}) => violations.map(
      one => [one.id, ...one.nodes.map(node => node.html.slice(0, 200))]));
}"""
CLEAN: set[int] = set()  # what axe has found nothing wrong with


def problems(page: Page) -> list[Any]:
    """What axe finds wrong with what it has not seen before: the rule, and every place."""
    numbers = [int(one) for one in page.evaluate(PARTS).split()]
    parts = list(zip(numbers[::2], numbers[1::2], strict=True))
    known = _known(parts)
    if known == [0]:
        return []
    page.evaluate(AXE)
    found: list[Any] = page.evaluate(RUN, [RULES, known])
    if not found:
        CLEAN.update(key for key, _ in parts)
    return found


def _known(parts: list[tuple[int, int]]) -> list[int]:
    """Where the largest parts begin that axe has seen."""
    found, at = [], 0
    while at < len(parts):
        key, elements = parts[at]
        if key in CLEAN:
            found.append(at)
        at += elements if key in CLEAN else 1
    return found
