"""Keeping the answers to the builder's questions, and building a policy from them."""

from django.db import transaction

from safeguarding.audit.trail import record
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.policies.actions import write_version
from safeguarding.policies.models import DutyAdoption, Policy, PolicyVersion
from safeguarding.policies.permissions import may_write

from .compose import Composed, compose
from .given import Given
from .models import PolicyAnswers
from .schema import Text
from .words import words_for


@transaction.atomic
def keep_answers(*, by: Member, text: Text, given: Given) -> PolicyAnswers:
    """Keep what was answered so far, so that nothing is lost and a later build begins here."""
    require(may_write, by)
    kept = PolicyAnswers.objects.create(
        setting=by.setting, text_id=text.id, answers=given.kept(), answered_by=by
    )
    record("policy_answers.kept", kept, by=by, text=text.id)
    return kept


@transaction.atomic
def build_policy(*, by: Member, text: Text, given: Given, change_note: str = "") -> PolicyVersion:
    """Write the policy down as its next version, and take on each duty under the clause that carries it.

    A duty that a choice left out is on record too, with that choice as the reason.
    """
    require(may_write, by)
    made = compose(text, given, words_for(by, given))
    version = write_version(
        by=by,
        title=text.title,
        parts=made.parts,
        made=PolicyVersion.Made.BUILT,
        policy=built_before(by, text),
        change_note=change_note,
    )
    PolicyAnswers.objects.create(
        setting=by.setting,
        text_id=text.id,
        answers=given.kept(),
        answered_by=by,
        version=version,
    )
    taken = DutyAdoption.objects.bulk_create(_duties(by, version.policy, made))
    record("policy.built", version, by=by, text=text.id, duties=len(taken))
    return version


def built_before(by: Member, text: Text) -> Policy | None:
    """The policy that an earlier build of this text made here, if there is one."""
    return Policy.objects.filter(setting=by.setting_id, slug=text.id).first()


def _duties(by: Member, policy: Policy, made: Composed) -> list[DutyAdoption]:
    """A row for each duty whose clause or reason is another than on its newest row."""
    before = _newest(by)
    rows = [
        *((duty, number, "") for duty, number in made.duties.items()),
        *((duty, "", reason) for duty, reason in made.set_aside.items()),
    ]
    return [
        DutyAdoption(
            setting=by.setting,
            duty_id=duty,
            policy=policy,
            clause_number=number,
            opted_out_because=reason,
            interval_days=before[duty].interval_days if duty in before else None,
            adopted_by=by,
        )
        for duty, number, reason in sorted(rows)
        if duty not in before or _said(before[duty]) != (policy.pk, number, reason)
    ]


def _newest(by: Member) -> dict[str, DutyAdoption]:
    rows = DutyAdoption.objects.filter(setting=by.setting_id).order_by("created_at")
    return {row.duty_id: row for row in rows}


def _said(row: DutyAdoption) -> tuple[object, str, str]:
    return row.policy_id, row.clause_number, row.opted_out_because
