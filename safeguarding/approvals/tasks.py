"""What the worker does for what waits for a second person. Safe to run twice."""

from uuid import UUID

from django.utils import timezone
from django_tasks import task

from foundation import fence
from safeguarding.audit.trail import System
from safeguarding.people.each import one_by_one

from . import actions
from .models import Approval


@task()
def widen_unanswered() -> None:
    """Ask those who are asked last where nobody has answered for a day."""
    rows = Approval.objects.to_widen(timezone.now())
    with fence.across("what is due"):
        found = list(rows.values_list("setting", "pk")[:200])
    one_by_one(found, _widen)


def _widen(pk: UUID) -> None:
    rows = Approval.objects.to_widen(timezone.now()).select_related("setting", "asked_by__user")
    approval = rows.filter(pk=pk).first()
    if approval is not None:  # it may have been answered just now
        by = System("asking more widely", approval.setting_id)
        actions.widen(by=by, approval=approval)


@task()
def say_what_ran_out() -> None:
    """Tell whoever asked for something that nobody answered in time."""
    rows = Approval.objects.to_say_over(timezone.now())
    with fence.across("what is due"):
        found = list(rows.values_list("setting", "pk")[:200])
    one_by_one(found, _say_over)


def _say_over(pk: UUID) -> None:
    rows = Approval.objects.to_say_over(timezone.now()).select_related("setting", "asked_by__user")
    approval = rows.filter(pk=pk).first()
    if approval is not None:  # another process may have told them just now
        by = System("what nobody answered in time", approval.setting_id)
        actions.say_over(by=by, approval=approval)
