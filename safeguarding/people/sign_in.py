"""Who a session belongs to: asked on every page, so put together once."""

from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from foundation.prepared import prepared

from .models import User


def _user(pk: UUID) -> QuerySet[User]:
    return User.objects.filter(pk=pk)


_USER = prepared(_user)
PAGES = "safeguarding.people.sign_in.pages"


def mark_of(user: User) -> str:
    """A sign for whose page this is: the same for all theirs, and nothing that says who they are."""
    return salted_hmac(PAGES, str(user.pk), algorithm="sha256").hexdigest()[:16]


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Signs people in as allauth does."""

    def get_user(self, user_id: Any) -> User | None:
        """The person, while they may sign in. One query."""
        found = _USER(user_id if isinstance(user_id, UUID) else UUID(str(user_id)))
        return found[0] if found and self.user_can_authenticate(found[0]) else None
