"""Keeping the answers to the builder's questions, and building a policy from them."""

from django.db import transaction

from safeguarding.audit.trail import record
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.policies.adopting import Take
from safeguarding.policies.builder.compose import Composed, compose
from safeguarding.policies.builder.given import Given
from safeguarding.policies.builder.schema import Text
from safeguarding.policies.builder.words import words_for
from safeguarding.policies.models import DutyAdoption, Policy, PolicyAnswers, PolicyVersion
from safeguarding.policies.permissions import may_write

from .duties import adopt_duties
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
    adopt_duties(by=by, takes=_takes(by, version.policy, made))
    record("policy.built", version, by=by, text=text.id, duties=len(made.duties))
    return version


def _takes(by: Member, policy: Policy, made: Composed) -> list[Take]:
    """Each duty under its clause, or left out for a choice. How often it comes round stays as it was."""
    rows = DutyAdoption.objects.filter(setting=by.setting_id).order_by("created_at")
    often = dict(rows.values_list("duty_id", "interval_days"))
    return [
        *(Take(duty, policy, number, often.get(duty)) for duty, number in made.duties.items()),
        *(Take(duty, policy, "", often.get(duty), why) for duty, why in made.set_aside.items()),
    ]
