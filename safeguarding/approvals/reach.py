"""To whom the pages are open that our messages lead to."""

from safeguarding.notifications.reach import opens

from .models import Approval

opens("approvals:approval", Approval.objects.readable_by, "approval_id")
