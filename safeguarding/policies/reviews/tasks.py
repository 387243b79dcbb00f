"""What the worker does for reviews. Safe to run twice."""

from django_tasks import task

from safeguarding.audit.trail import System
from safeguarding.people.each import in_each_setting
from safeguarding.people.models import Setting

from . import actions


@task()
def begin_due_reviews() -> None:
    """Ask for the review of each policy that comes due or cites what was superseded, setting by setting."""
    in_each_setting(_begin_due)


def _begin_due(setting: Setting) -> None:
    by = System("review cycle", setting.pk)
    actions.begin_due(by=by, setting=setting)
    actions.prompt_for_guidance(by=by, setting=setting)
