"""What stands around every page of a setting: where one can go, and who to call."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from safeguarding.agreements.gate import OPEN, is_shut, owes_but_goes_on
from safeguarding.backups.permissions import looks_after_backups
from safeguarding.directory.urgent import urgent_help
from safeguarding.people.models import Member
from safeguarding.people.permissions import has_capability, may_see_members
from safeguarding.portal.permissions import may_keep_form
from safeguarding.training.permissions import may_have_training
from safeguarding.witness.permissions import may_verify

CONCERNS, POLICIES = "Concerns", "Policies and duties"
PEOPLE, MORE = "People and training", "More"
FEW = 5  # pages stand side by side; more of them in parts
UNSIGNED = "An agreement is not signed"
UNSIGNED_TEXT = (
    "You go on with cases for a few days, so that no child waits. After that everything but reporting "
    "closes until you have signed."
)


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Navigation, urgent help and the idle clock. No query: what a role may open is known already."""
    member: Member | None = getattr(request, "member", None)
    around: dict[str, Any] = {"urgent_help": urgent_help(None)}
    if hasattr(request, "user") and request.user.is_authenticated:
        around["idle_seconds"] = settings.IDLE_MINUTES * 60
    if member is not None:
        around["home_href"] = member.setting.link_to("today:today")
        report = member.setting.link_to("concerns:report")
        around["report_href"], around["reporting"] = report, request.path == report
        if not is_shut(member):
            around["own_href"] = member.setting.link_to("people:member", member.pk)
        around["navigation"], around["pages_here"] = in_parts(navigation(member, request.path))
        around["standing_notices"] = standing_notices(member)
    return around


def standing_notices(member: Member) -> list[dict[str, str]]:
    """What has to stand on every page of this member until it is done. No query: it came with them."""
    if not owes_but_goes_on(member):
        return []
    href = member.setting.link_to("agreements:own")
    said = {
        "title": UNSIGNED,
        "text": UNSIGNED_TEXT,
        "href": href,
        "action": "Read and sign it now",
    }
    return [said]


def navigation(member: Member, path: str) -> list[dict[str, Any]]:
    """The main pages this member may open, with the one they are on marked.

    A page that is none of these, such as a case, is near to those of the same app.
    """
    shut = is_shut(member)
    pages = [
        (part, text, member.setting.link_to(page))
        for part, text, page in _pages(member)
        if not shut or page in OPEN
    ]
    home = member.setting.link_to("today:today")
    under = [href for _, _, href in pages if path.startswith(href) and href != home]
    here = max(under, key=len, default=path)
    app = path.removeprefix(home).partition("/")[0]
    near = f"{home}{app}/" if app and not under else ""
    return [
        {
            "part": part,
            "text": text,
            "href": href,
            "current": href == here,
            "near": bool(near) and href.startswith(near),
        }
        for part, text, href in pages
    ]


def in_parts(pages: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The same in two rows: the parts of the work, each leading to its first page, and this part's pages.

    Nothing has to be opened or shut, so that it is the same by touch, by keyboard and without scripts. A few
    pages stand side by side, and a part of one page is that page.
    """
    if len(pages) <= FEW:
        return pages, []
    parts: dict[str, list[dict[str, Any]]] = {}
    for one in pages:
        parts.setdefault(one["part"] or one["text"], []).append(one)
    rows = [
        several[0] if len(several) == 1 else _part(name, several) for name, several in parts.items()
    ]
    here: list[dict[str, Any]] = next(filter(_is_here, parts.values()), [])
    return rows, here if len(here) > 1 else []


def _is_here(pages: list[dict[str, Any]]) -> bool:
    return any(one["current"] or one["near"] for one in pages)


def _part(name: str, pages: list[dict[str, Any]]) -> dict[str, Any]:
    return {"text": name, "href": pages[0]["href"], "current": _is_here(pages)}


def _pages(member: Member) -> list[tuple[str, str, str]]:
    decides = has_capability(member, "C1", "D") or has_capability(member, "C3", "D")
    reads = decides or any(has_capability(member, one, "R") for one in ("C1", "C2", "C3", "C4"))
    reads_policies = has_capability(member, "C8", "R")
    pages = [
        ("", "Today", "today:today", True),
        (CONCERNS, "Reports", "concerns:waiting", decides),
        (CONCERNS, "Cases", "concerns:cases", reads),
        (CONCERNS, "Devices", "concerns:custody", has_capability(member, "C5", "L") and not reads),
        (CONCERNS, "My reports", "concerns:mine", True),
        (POLICIES, "Policies", "policies:library", reads_policies),
        (POLICIES, "Procedures", "procedures:library", reads_policies),
        (POLICIES, "Reviews", "policies:reviews", reads_policies),
        (POLICIES, "Assurance", "governance:board", has_capability(member, "C10", "A")),
        (PEOPLE, "People", "people:members", may_see_members(member)),
        (PEOPLE, "Children", "people:children", has_capability(member, "C6", "R")),
        (PEOPLE, "Training", "training:matrix", may_have_training(member)),
        (PEOPLE, "Agreements", "agreements:own", True),
        (MORE, "Who to call", "directory:contacts", True),
        (MORE, "Public form", "portal:keep", may_keep_form(member)),
        (MORE, "Backups", "backups:backups", looks_after_backups(member)),
        (MORE, "The record", "witness:record", may_verify(member)),
    ]
    return [(part, text, page) for part, text, page, allowed in pages if allowed]
