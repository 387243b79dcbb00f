"""What can be done through the public form, and with it. Nothing here knows who fills it in."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from foundation.codes import code_of_form
from foundation.errors import RuleBroken
from safeguarding.audit.trail import System, record
from safeguarding.concerns import seals
from safeguarding.concerns.actions import file_from_outside, tell_of_held_back, write_letter
from safeguarding.concerns.models import Concern, Letter
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member, Setting
from safeguarding.people.permissions import require
from safeguarding.people.roles import CONFIRMS
from safeguarding.people.turns import take_turn

from . import receipts
from .models import Pause, PauseEnded, SaidToBe, Teller, ToldLater
from .permissions import may_keep_form, may_write_to_teller
from .told import Told

TOGETHER = timedelta(minutes=30)  # reports held back within it are told of at once


@transaction.atomic
def tell_us(
    *, by: System, setting: Setting, form: UUID, told: Told, filed_at: datetime | None = None
) -> tuple[Concern, str]:
    """Keep what somebody without an account tells us. Gives the code of their receipt, kept nowhere.

    The same form again gives the same report and the same code. `filed_at` is for what was sent earlier,
    while the records could not be opened: everything counts from then.
    """
    later = told.may_be_abuse and not told.report.in_danger_now
    concern = file_from_outside(
        by=by,
        setting=setting,
        key=receipts.key_of(setting, form),
        report=told.report,
        told_as=told.told_as,
        may_be_abuse=told.may_be_abuse,
        later=later,
        filed_at=filed_at,
    )
    teller = Teller.objects.filter(concern=concern).first()
    code = _code(setting, form, told, teller)
    if teller is None:
        mark = receipts.mark_of(setting, code)
        teller = Teller.objects.create(setting=setting, concern=concern, receipt=mark)
        if later:
            moment = _next(timezone.now())
            ToldLater.objects.create(setting=setting, concern=concern, tell_at=moment)
    _keep_identity(teller, told)
    record("teller.kept", teller, by=by)
    return concern, code


@transaction.atomic
def tell_of_waiting(*, by: System, setting: Setting) -> int:
    """Tell of the reports that were held back, all at once. Says how many there were."""
    due = ToldLater.objects.due(timezone.now()).filter(setting=setting)
    rows = list(due.select_for_update(no_key=True).order_by("concern__created_at"))
    if not rows:  # another worker just told of them
        return 0
    concerns = Concern.objects.filter(pk__in=[row.concern_id for row in rows])
    together = list(concerns.select_related("setting").order_by("created_at"))
    tell_of_held_back(by=by, concerns=together)
    ToldLater.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=timezone.now())
    record("portal.told_together", setting, by=by, reports=len(rows))
    return len(rows)


@transaction.atomic
def read_teller(*, by: Member, teller: Teller) -> None:
    """Note that somebody looked at who told us something."""
    require(may_write_to_teller, by, teller)
    record("teller.read", teller, by=by)


@transaction.atomic
def write_to_teller(*, by: Member, teller: Teller, text: str) -> Letter:
    """Answer whoever told us something. They read it when they come back with their code."""
    require(may_write_to_teller, by, teller)
    letter = write_letter(by=by, concern=teller.concern, text=text)
    record("teller.written_to", teller, by=by, letter=str(letter.pk))
    return letter


@transaction.atomic
def pause_form(*, by: Member, reason: str) -> Pause:
    """Let the public form rest. Everybody else who keeps it is told, so that nobody does it alone."""
    require(may_keep_form, by)
    take_turn(by.setting_id)
    if Pause.objects.standing().filter(setting=by.setting).exists():
        raise RuleBroken("The form is paused already.")
    pause = Pause.objects.create(setting=by.setting, paused_by=by, reason=reason)
    keepers = by.setting.holding(CONFIRMS, timezone.localdate()).select_related("user", "setting")
    others = [member for member in keepers if member != by]
    path = by.setting.link_to("portal:keep")
    notify("public_form_paused", others, subject_id=pause.pk, path=path, urgent=True)
    record("portal.paused", pause, by=by, told=len(others))
    return pause


@transaction.atomic
def open_form(*, by: Member) -> int:
    """Open the public form again."""
    require(may_keep_form, by)
    take_turn(by.setting_id)
    pauses = Pause.objects.standing().filter(setting=by.setting)
    ended = PauseEnded.objects.bulk_create(
        PauseEnded(setting=by.setting, pause=pause, ended_by=by) for pause in pauses
    )
    record("portal.opened", by.setting, by=by, pauses=len(ended))
    return len(ended)


def _code(setting: Setting, form: UUID, told: Told, teller: Teller | None) -> str:
    """The code of this form; of these words too, where the form was sent before with others."""
    first = code_of_form(str(form))
    second = code_of_form(str(form), told.report.fingerprint)
    if teller is None:
        taken = Teller.objects.with_receipt(setting, first).exists()
        return second if taken else first
    return first if teller.receipt == receipts.mark_of(setting, first) else second


def _keep_identity(teller: Teller, told: Told) -> None:
    if told.identity and told.identity not in [row.identity for row in teller.said_to_be.all()]:
        seals.ready(teller.concern)
        row = SaidToBe(setting=teller.setting, teller=teller)
        row.seal(told.identity)
        row.save(force_insert=True)


def _next(now: datetime) -> datetime:
    """The next full or half hour: those that wait are told of together."""
    past = now.timestamp() % TOGETHER.total_seconds()
    return now + TOGETHER - timedelta(seconds=past)
