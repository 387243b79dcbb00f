"""Sessions in the database, as Django's; the question for one is put together once, as every page asks it."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from foundation.prepared import prepared


def _session(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


_SESSION = prepared(_session)


class SessionStore(db.SessionStore):
    """Django looks for an `engine` with a class of this name."""

    def _get_session_from_db(self) -> Any:
        """One query. Without a session of that key there is none at all, and the key is forgotten."""
        found = _SESSION(str(self.session_key), timezone.now())
        if found:
            return found[0]
        self._session_key = None
        return None
