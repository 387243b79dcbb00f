"""What stands on each page of a paper: for whom, what for, and how to check it."""

from django.utils import timezone

from foundation.templatetags.uk import uk_datetime
from safeguarding.concerns.models import PaperCopy

from .content import Content


def stamped(content: Content, copy: PaperCopy, trail: str) -> Content:
    """The content, with what stands on each page. The trail is named by its link, never by a count."""
    return {
        **content,
        "copy": copy.code,
        "recipient": copy.recipient,
        "purpose": copy.purpose,
        "printed": f"{uk_datetime(timezone.localtime(copy.created_at))} by {copy.made_by.display_name}",
        "digest": copy.digest,
        "trail": trail,
    }
