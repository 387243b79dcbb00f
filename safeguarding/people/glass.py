"""What is read while the glass is broken is marked in the trail, page by page (rule R21).

Only what the glass was broken for: whoever reviews it must not learn from a mark what else somebody reads.
Apps above register which of their pages those are.
"""

from collections.abc import Callable, Mapping

from django.urls import ResolverMatch
from django.utils import timezone

from safeguarding.audit.trail import record

from .models import BreakGlass, Member

Covers = Callable[[BreakGlass, Mapping[str, str]], bool]

_covers: list[Covers] = []


def covers(function: Covers) -> Covers:
    """Register a function that says whether a page, by the ids in its address, is of the child."""
    _covers.append(function)
    return function


def mark(member: Member, page: ResolverMatch | None) -> None:
    """A page was shown to somebody within their hour: if it is of the child, say which, and of what."""
    broken = BreakGlass.objects.running(timezone.now()).filter(member=member.pk).first()
    if broken is None or page is None:
        return
    ids = {name: str(value) for name, value in page.kwargs.items()}
    if any(function(broken, ids) for function in _covers):
        of = ids.get("case_id") or ids.get("child_id") or ids.get("concern_id") or ""
        record("glass.page_read", broken, by=member, page=page.view_name, of=of)
