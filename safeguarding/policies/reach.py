"""To whom the pages are open that our messages lead to."""

from safeguarding.notifications.reach import opens

from .models import PolicyVersion
from .permissions import may_read
from .reviews.models import ReviewRequest

opens("policies:version", PolicyVersion.objects.readable_by, "version_id")
opens("policies:reviews", may_read)
opens("policies:review_request", ReviewRequest.objects.readable_by, "request_id")
