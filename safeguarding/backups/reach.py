"""To whom the pages are open that our messages lead to."""

from safeguarding.notifications.reach import opens

from .permissions import may_see_backups

opens("backups:backups", may_see_backups)
