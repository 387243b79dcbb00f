"""What stands around every page of a setting: where one can go, and who to call."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from safeguarding.agreements.gate import owes_but_goes_on
from safeguarding.backups.permissions import looks_after_backups
from safeguarding.directory.urgent import urgent_help
from safeguarding.people.models import Member
from safeguarding.people.permissions import has_capability, may_see_members
from safeguarding.training.permissions import may_have_training
from safeguarding.witness.permissions import may_verify

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
        around["navigation"] = navigation(member, request.path)
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
    """The main pages this member may open, with the one they are on marked."""
    pages = [(text, member.setting.link_to(page)) for text, page in _pages(member)]
    best = max((href for _, href in pages if path.startswith(href)), key=len, default="")
    return [{"text": text, "href": href, "current": href == best} for text, href in pages]


def _pages(member: Member) -> list[tuple[str, str]]:
    decides = has_capability(member, "C1", "D") or has_capability(member, "C3", "D")
    reads = decides or any(has_capability(member, one, "R") for one in ("C1", "C2", "C3", "C4"))
    pages = [
        ("Today", "today:today", True),
        ("Report a concern", "concerns:report", True),
        ("Reports", "concerns:waiting", decides),
        ("Cases", "concerns:cases", reads),
        ("Devices", "concerns:custody", has_capability(member, "C5", "L") and not reads),
        ("My reports", "concerns:mine", True),
        ("People", "people:members", may_see_members(member)),
        ("Agreements", "agreements:own", True),
        ("Backups", "backups:backups", looks_after_backups(member)),
        ("Assurance", "governance:board", has_capability(member, "C10", "A")),
        ("Who to call", "directory:contacts", True),
        ("Policies", "policies:library", has_capability(member, "C8", "R")),
        ("Procedures", "procedures:library", has_capability(member, "C8", "R")),
        ("Training", "training:matrix", may_have_training(member)),
        ("The record", "witness:record", may_verify(member)),
    ]
    return [(text, page) for text, page, allowed in pages if allowed]
