"""What the worker does for what waits for a second person. Safe to run twice."""

from django.utils import timezone
from django_tasks import task

from safeguarding.audit.trail import System

from . import actions
from .models import Approval


@task()
def widen_unanswered() -> None:
    """Ask those who are asked last where nobody has answered for a day."""
    rows = Approval.objects.to_widen(timezone.now()).select_related("setting", "asked_by__user")
    for approval in rows[:200]:
        by = System("asking more widely", approval.setting_id)
        actions.widen(by=by, approval=approval)
