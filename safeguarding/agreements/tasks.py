"""What the clock does for agreements and access. Safe to run twice."""

from django.utils import timezone
from django_tasks import task

from safeguarding.audit.trail import System
from safeguarding.people.each import in_each_setting
from safeguarding.people.models import Setting

from . import actions
from .audiences import SIGN, Audience
from .models import Agreement, Grant, Signature


@task()
def keep_access() -> None:
    """Ask those who came since an agreement was published, and end what no longer stands."""
    try:
        in_each_setting(_ask_newcomers)
    finally:  # where asking failed, access that no longer stands is ended all the same
        in_each_setting(_run_out)


def _ask_newcomers(setting: Setting) -> None:
    by, today = System("asking newcomers to sign", setting.pk), timezone.localdate()
    rows = Agreement.objects.filter(setting=setting).to_sign()
    for agreement in rows.select_related("published", "setting"):
        answered = Signature.objects.filter(agreement=agreement).values("member")
        people = setting.holding(SIGN[Audience(agreement.audience)], today)
        waiting = list(people.exclude(pk__in=answered))
        actions.ask_to_sign(by=by, agreement=agreement, people=waiting)


def _run_out(setting: Setting) -> None:
    by = System("ending access that no longer stands", setting.pk)
    rows = Grant.objects.open().filter(setting=setting)
    actions.run_out(by=by, grants=list(rows.select_related("member__user", "setting")))
