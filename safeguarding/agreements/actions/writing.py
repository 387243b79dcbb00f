"""Writing an agreement, and putting it into force: one person writes or asks, another says yes."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.agreements import permissions
from safeguarding.agreements.audiences import Audience, Question, Wording, ours
from safeguarding.agreements.models import Agreement, Published, digest_of
from safeguarding.approvals import actions as approvals
from safeguarding.approvals.models import Approval
from safeguarding.approvals.spending import spend
from safeguarding.audit.trail import record
from safeguarding.law.calendar import LONDON, due
from safeguarding.law.local import rule_for
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.people.turns import take_turn

from ._asked import ask_everybody

KIND = "publish_agreement"
QUESTIONS_CHANGED = "Other questions; the words are the same."
SAME_QUESTIONS = "These are the questions that it has already. Nothing was kept."
OLD = "agreements.old-version"
NOT_THE_NEWEST = (
    "A newer version of this agreement is in force or was written since. Look at the list again."
)


@transaction.atomic
def write_agreement(
    *, by: Member, audience: Audience, wording: Wording, change_note: str = ""
) -> Agreement:
    """Write an agreement down as its next version. Nobody is asked to sign before it is published."""
    require(permissions.may_write, by)
    take_turn(by.setting_id)
    rows = Agreement.objects.filter(setting=by.setting_id, audience=audience)
    newest = rows.order_by("-number").values_list("number", flat=True).first() or 0
    said = wording.model_dump(mode="json")
    agreement = Agreement.objects.create(
        setting=by.setting,
        audience=audience,
        number=newest + 1,
        title=wording.title,
        parts=said["parts"],
        questions=said["questions"],
        change_note=change_note,
        digest=digest_of(wording),
        written_by=by,
    )
    record("agreement.written", agreement, by=by, audience=audience, number=agreement.number)
    return agreement


@transaction.atomic
def write_questions(
    *, by: Member, audience: Audience, questions: tuple[Question, ...]
) -> Agreement:
    """The newest wording with other questions, as the next version. What was answered before stays."""
    require(permissions.may_write, by)
    take_turn(by.setting_id)
    rows = Agreement.objects.filter(setting=by.setting_id, audience=audience)
    newest = rows.order_by("-number").first()
    wording = newest.wording if newest else ours(audience)
    if newest and questions == wording.questions:
        raise RuleBroken(SAME_QUESTIONS)
    written = write_agreement(
        by=by,
        audience=audience,
        wording=wording.model_copy(update={"questions": questions}),
        change_note=QUESTIONS_CHANGED if newest else "",
    )
    record("agreement.questions_written", written, by=by, questions=len(questions))
    return written


@transaction.atomic
def ask_to_publish(*, by: Member, agreement: Agreement, in_force_from: date) -> Approval:
    """Ask for an agreement to be put into force from a day. Another person says yes to this wording."""
    require(permissions.may_publish, by, agreement)
    _refuse_unless_newest(agreement)
    if in_force_from < timezone.localdate():
        raise RuleBroken("The first day cannot be in the past. Choose today or a later day.")
    arguments = _arguments(agreement, in_force_from)
    approval = approvals.ask(by=by, kind=KIND, arguments=arguments, about_id=agreement.pk)
    record("agreement.publishing_asked", agreement, by=by, starts=str(in_force_from))
    return approval


@transaction.atomic
def publish(
    *, by: Member, agreement: Agreement, in_force_from: date, approval: Approval
) -> Published:
    """Put an agreement into force, as another person agreed to. Everyone it is for is asked to sign."""
    require(permissions.may_publish, by, agreement)
    _refuse_unless_newest(agreement)
    spend(approval, by=by, kind=KIND, arguments=_arguments(agreement, in_force_from))
    begins = max(in_force_from, timezone.localdate())
    published = Published.objects.create(
        setting=by.setting,
        agreement=agreement,
        in_force_from=begins,
        old_counts_until=_old_counts_until(agreement, begins),
        published_by=by,
        approval=approval,
        digest=agreement.digest,
    )
    ask_everybody(agreement)
    record("agreement.published", agreement, by=by, digest=agreement.digest, starts=str(begins))
    return published


def _old_counts_until(agreement: Agreement, begins: date) -> date:
    """Until when a signature on the version before counts. Of the first there is none before."""
    if agreement.number == 1:
        return begins
    rule = rule_for(agreement.setting_id, OLD, begins)
    start = datetime.combine(begins, time(12), LONDON)
    return timezone.localdate(due(rule.value, start))


def _refuse_unless_newest(agreement: Agreement) -> None:
    rows = Agreement.objects.filter(setting=agreement.setting_id, audience=agreement.audience)
    if agreement.is_published or rows.filter(number__gt=agreement.number).exists():
        raise RuleBroken(NOT_THE_NEWEST)


def _arguments(agreement: Agreement, in_force_from: date) -> dict[str, str]:
    return {
        "agreement": str(agreement.pk),
        "digest": agreement.digest,
        "in_force_from": in_force_from.isoformat(),
    }
