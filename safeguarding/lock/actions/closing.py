"""Locking, stopping changes, and taking in what was sent while nobody could open the records."""

from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction

from foundation import standing
from foundation.errors import RuleBroken
from safeguarding.audit.trail import System, record
from safeguarding.backups import ours
from safeguarding.concerns.actions import file_report
from safeguarding.concerns.models import Concern
from safeguarding.concerns.report import Report
from safeguarding.lock import ways
from safeguarding.lock.drops import Sent
from safeguarding.lock.models import TakenIn
from safeguarding.lock.permissions import may_keep_keys, may_lock
from safeguarding.people.models import Member, Setting
from safeguarding.people.permissions import require
from safeguarding.portal.actions import tell_us
from safeguarding.portal.told import Told, public_form

Content = Told | tuple[Member, Report]
SHARED = (
    "Several settings share this installation, and this would be done to all of them. Whoever runs it stops "
    "all changes, and allows them again: ask them to. Nothing was changed."
)


@transaction.atomic
def take_in(*, by: System, setting: Setting, sent: Sent, content: Content) -> Concern:
    """Take in what was sent while the records were closed, once, as sent then. The usual people are told."""
    known = (
        TakenIn.objects.filter(setting=setting, drop_id=sent.id).select_related("concern").first()
    )
    if known:
        return known.concern
    concern = _filed(setting, sent, content)
    taken = TakenIn.objects.create(
        setting=setting, drop_id=sent.id, concern=concern, filed_at=sent.moment
    )
    filed_at = sent.moment.isoformat(timespec="seconds")
    record("drop.taken_in", taken, by=by, concern=str(concern.pk), filed_at=filed_at)
    return concern


@transaction.atomic
def lock_now(*, by: Member) -> None:
    """Close the records for everybody, until somebody types a passphrase. Reports can be sent meanwhile."""
    require(may_lock, by)
    ways.refuse_without_slots()
    record("installation.locked", by.setting, by=by)
    transaction.on_commit(partial(standing.ask, settings.DATA, "lock"))


@transaction.atomic
def stop_changes(*, by: Member) -> None:
    """Let nothing be changed for now. Reports go into the drop."""
    require(may_keep_keys, by)
    _refuse_for_other_settings()
    record("installation.read_only", by.setting, by=by)
    standing.set_read_only(settings.DATA, on=True)


@transaction.atomic
def allow_changes(*, by: Member) -> None:
    """Let things be changed again. What is in the drop is taken in."""
    require(may_keep_keys, by)
    _refuse_for_other_settings()
    record("installation.changes_allowed", by.setting, by=by)
    standing.set_read_only(settings.DATA, on=False)


def _refuse_for_other_settings() -> None:
    """Nobody of one setting decides whether others can work."""
    if ours.is_shared():
        raise RuleBroken(SHARED)


def _filed(setting: Setting, sent: Sent, content: Content) -> Concern:
    key = UUID(sent.key)
    if isinstance(content, Told):
        concern, _code = tell_us(
            by=public_form(setting),
            setting=setting,
            form=key,
            told=content,
            filed_at=sent.moment,
        )
        return concern
    member, report = content
    return file_report(by=member, key=key, report=report, filed_at=sent.moment)
