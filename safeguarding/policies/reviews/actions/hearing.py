"""Hearing people: their own words, and what children and parents said to somebody who wrote it down."""

from django.db import transaction

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.notifications.clocks import stop_clocks
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.people.roles import AT_WORK, Role
from safeguarding.policies.models import Clause
from safeguarding.policies.reviews.childrens_names import child_named_in
from safeguarding.policies.reviews.models import Review, Voice
from safeguarding.policies.reviews.permissions import may_be_heard, may_write_for_others

from ._here import OVER, check_here

NAMED = (
    "“{name}” is the name of a child here. Children’s views are kept without names: write “a child” "
    "or “two of the older children” instead. Nothing you wrote is lost."
)


@transaction.atomic
def say(*, by: Member, review: Review, text: str = "", clause: Clause | None = None) -> Voice:
    """Say what one thinks of a policy, or that one has read it and has nothing to add."""
    require(may_be_heard, by, review)
    _check(by, review, clause)
    voice = Voice.objects.create(
        setting=by.setting,
        review=review,
        whose=_whose(by),
        how=Voice.How.WRITTEN,
        clause=clause,
        text=text,
        written_by=by,
    )
    stop_clocks(setting_id=by.setting_id, subject_id=review.pk, key=f"voice/{by.pk}")
    record("review.voice_heard", review, by=by, whose=voice.whose, with_text=bool(text))
    return voice


@transaction.atomic
def write_down(
    *,
    by: Member,
    review: Review,
    whose: Voice.Whose,
    how: Voice.How,
    people: int,
    text: str,
    clause: Clause | None = None,
) -> Voice:
    """Write down what children or parents said, how they were asked, and how many they were. No names."""
    require(may_write_for_others, by, review)
    _check(by, review, clause)
    if whose == Voice.Whose.CHILDREN:
        _refuse_names(by, text)
    voice = Voice.objects.create(
        setting=by.setting,
        review=review,
        whose=whose,
        how=how,
        people=people,
        clause=clause,
        text=text,
        is_their_own=False,
        written_by=by,
    )
    record("review.voice_written_down", review, by=by, whose=whose, how=how, people=people)
    return voice


def _check(by: Member, review: Review, clause: Clause | None) -> None:
    check_here(by, review, clause)
    # Nothing is said while it is being ended.
    Review.objects.select_for_update(no_key=True).get(pk=review.pk)
    if not Review.objects.open().filter(pk=review.pk).exists():
        raise RuleBroken(OVER)
    if clause is not None and clause.version_id != review.version_id:
        raise RuleBroken("That clause belongs to another text. Choose it again.")


def _whose(member: Member) -> Voice.Whose:
    if not member.roles & AT_WORK:
        return Voice.Whose.PARENT
    if member.roles <= {Role.TECHNICAL}:
        return Voice.Whose.TECHNICAL
    if member.roles <= {Role.COMMITTEE, Role.COMMITTEE_LEAD}:
        return Voice.Whose.COMMITTEE
    return Voice.Whose.STAFF


def _refuse_names(by: Member, text: str) -> None:
    """Never a child's name, as far as a list of names can tell."""
    name = child_named_in(text, by.setting_id)
    if name:
        raise RuleBroken(NAMED.format(name=name))
