"""To whom the pages are open that our messages lead to."""

from safeguarding.notifications.reach import opens

from .permissions import may_give_words, may_see_board
from .plan.models import Improvement

opens("governance:board", may_see_board)
opens("governance:words", may_give_words)
opens("governance:improvement", Improvement.objects.readable_by, "improvement_id")
