"""To whom the pages are open that our messages lead to."""

from safeguarding.notifications.reach import opens

from .permissions import may_verify

opens("witness:record", may_verify)
