"""To whom the pages are open that our messages lead to."""

from safeguarding.notifications.reach import opens

from .permissions import may_keep_form

opens("portal:keep", may_keep_form)
