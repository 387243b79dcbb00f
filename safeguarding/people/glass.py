"""What is read while the glass is broken is marked in the trail, page by page (rule R21)."""

from django.urls import ResolverMatch
from django.utils import timezone

from safeguarding.audit.trail import record

from .models import BreakGlass, Member


def mark(member: Member, page: ResolverMatch | None) -> None:
    """A page with content was shown to somebody within their hour: say which, of what, and under what."""
    broken = BreakGlass.objects.running(timezone.now()).filter(member=member.pk).first()
    if broken is None or page is None:
        return
    ids = {name: str(value) for name, value in page.kwargs.items()}
    of = ids.get("case_id") or ids.get("child_id") or ids.get("concern_id") or ""
    record("glass.page_read", broken, by=member, page=page.view_name, of=of)
