"""What every page knows without asking."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from foundation.templatetags.hedgerow import outside

from . import held
from .models import User
from .sign_in import mark_of


def member(request: HttpRequest) -> dict[str, Any]:
    """The member, if the page is inside a setting; and what keeps their session and typing."""
    who = getattr(request, "member", None)
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"member": who, "written_by": ""}
    return {
        "member": who,
        # Signed only where there is a form.
        "written_by": SimpleLazyObject(partial(held.token, request)),
        "typing_kept": held.was_held(request),
        "idle_seconds": settings.IDLE_MINUTES * 60,
        "stay_url": f"{outside('stay_signed_in')}?for={mark_of(user)}",
    }
