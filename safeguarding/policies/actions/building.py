"""Keeping the answers to the builder's questions, and building a policy from them."""

from django.db import transaction

from safeguarding.audit.trail import record
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.people.turns import take_turn
from safeguarding.policies.builder.compose import Composed, compose
from safeguarding.policies.builder.given import Given
from safeguarding.policies.builder.schema import Text
from safeguarding.policies.builder.words import words_for
from safeguarding.policies.models import PlannedDuty, Policy, PolicyAnswers, PolicyVersion
from safeguarding.policies.permissions import may_write

from .versions import write_version


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
    """Write the policy down as its next version, and plan each duty under the clause that carries it.

    A duty that a choice left out is planned so too, with that choice as the reason. None of it counts before
    the committee adopts the version.
    """
    require(may_write, by)
    take_turn(by.setting_id)
    made = compose(text, given, words_for(by, given))
    version = write_version(
        by=by,
        title=text.title,
        parts=made.parts,
        made=PolicyVersion.Made.BUILT,
        policy=Policy.objects.filter(setting=by.setting_id, slug=text.id).first(),
        change_note=change_note,
    )
    PolicyAnswers.objects.create(
        setting=by.setting,
        text_id=text.id,
        answers=given.kept(),
        answered_by=by,
        version=version,
    )
    _plan(version, made)
    record("policy.built", version, by=by, text=text.id, duties=len(made.duties))
    return version


def _plan(version: PolicyVersion, made: Composed) -> None:
    """Each duty under its clause, or left out for a choice."""
    under = {duty: (number, "") for duty, number in made.duties.items()}
    under |= {duty: ("", why) for duty, why in made.set_aside.items()}
    PlannedDuty.objects.bulk_create(
        PlannedDuty(
            setting=version.setting,
            version=version,
            duty_id=duty,
            clause_number=number,
            opted_out_because=why,
        )
        for duty, (number, why) in under.items()
    )
