"""A long list, done by the worker: what its page shows meanwhile, and what it says if it stops."""

from django.core.exceptions import PermissionDenied

from foundation import fence
from foundation.errors import RuleBroken
from safeguarding.people import actions
from safeguarding.people.models import ImportAsked, ImportDone, ImportStopped, Member

from .counting import counted

NOT_ALLOWED = "You may not bring in this list any more. Nothing was saved."


def do(pk: str) -> None:
    """Do what was asked for, once. A rule that is broken stops it; anything else is tried again."""
    with fence.across("what is due"):
        setting = ImportAsked.objects.filter(pk=pk).values_list("setting", flat=True).first()
    if setting is not None:
        with fence.inside(setting):
            _do(pk)


def _do(pk: str) -> None:
    rows = ImportAsked.objects.filter(stopped__isnull=True, of__done__isnull=True)
    asked = rows.select_related("of__setting").filter(pk=pk).first()
    if asked is None:
        return
    by = Member.objects.select_related("setting", "user").get(pk=asked.of.started_by_id)
    _move(asked, ImportAsked.Stage.SAVING)
    try:
        with counted(asked.pk) as count:
            actions.do_import(by=by, of=asked.of, plan=asked.plan, count=count)
    except (RuleBroken, PermissionDenied) as refused:
        _stop(asked, str(refused) if isinstance(refused, RuleBroken) else NOT_ALLOWED)


def _move(asked: ImportAsked, stage: ImportAsked.Stage) -> None:
    ImportAsked.objects.filter(pk=asked.pk).update(stage=stage)


def _stop(asked: ImportAsked, reason: str) -> None:
    if not ImportDone.objects.filter(of=asked.of).exists():
        ImportStopped.objects.get_or_create(
            asked=asked, defaults={"setting": asked.of.setting, "reason": reason[:500]}
        )
