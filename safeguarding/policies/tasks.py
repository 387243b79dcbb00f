"""What the worker does for policies. Safe to run twice."""

from contextlib import suppress

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django_tasks import task

from foundation.errors import RuleBroken
from safeguarding.audit.trail import System
from safeguarding.people.each import in_each_setting
from safeguarding.people.models import Setting

from . import actions
from .models import Draft, NamedApprover


@task()
def look_after_proposals() -> None:
    """Remind those whose yes a version waits for, and say where they left the committee."""
    in_each_setting(_look_after)


@task()
def forget_drafts() -> None:
    """Throw away what was brought in for a version, once nobody came back for it in 60 days."""
    in_each_setting(_forget)


def _forget(setting: Setting) -> None:
    by = System("drafts nobody came back for", setting.pk)
    for draft in Draft.objects.filter(setting=setting).forgotten(timezone.now()):
        with suppress(
            RuleBroken, PermissionDenied
        ):  # it was saved, or somebody has come back for it
            actions.forget_draft(by=by, draft=draft)


def _look_after(setting: Setting) -> None:
    by, today = System("versions that wait for a yes", setting.pk), timezone.localdate()
    rows = NamedApprover.objects.filter(setting=setting)
    rows = rows.select_related("member", "proposal__setting", "proposal__version__setting")
    for one in rows.missing(today):
        actions.tell_of_missing(by=by, approver=one)
    for one in rows.silent(today):
        actions.remind_approver(by=by, approver=one)
