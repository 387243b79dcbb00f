"""Who a session belongs to: asked on every page, so put together once."""

from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from foundation.prepared import prepared

from .models import User


def _user(pk: UUID) -> QuerySet[User]:
    return User.objects.filter(pk=pk)


_USER = prepared(_user)


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Signs people in as allauth does."""

    def get_user(self, user_id: Any) -> User | None:
        """The person, while they may sign in. One query."""
        found = _USER(user_id if isinstance(user_id, UUID) else UUID(str(user_id)))
        return found[0] if found and self.user_can_authenticate(found[0]) else None
