"""To whom the pages are open that our messages lead to."""

from safeguarding.notifications.reach import opens

from .permissions import may_lock

opens("lock:keys", may_lock)
