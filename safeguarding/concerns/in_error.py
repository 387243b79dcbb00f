"""How often something on an ordinary case was said to be recorded in error, for who looks after the work."""

from datetime import datetime
from uuid import UUID

from .guarded_then import openly
from .models import Entry


def struck(setting_id: UUID, since: datetime, until: datetime) -> int:
    """How many entries were struck between two moments. A procedure taken up again is none. One query.

    Cases about an adult here or a picture of a child never move it (rule R31).
    """
    rows = Entry.objects.filter(
        setting=setting_id,
        kind=Entry.Kind.IN_ERROR,
        created_at__gte=since,
        created_at__lte=until,
    )
    rows = rows.exclude(corrects__kind=Entry.Kind.SET_ASIDE)
    return openly(rows, "case_id").count()
