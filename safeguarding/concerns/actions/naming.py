"""Saying whom a report is about, where whoever sent it could not, and whom it is not about."""

from uuid import UUID

from django.db import transaction

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.concerns import seals
from safeguarding.concerns.models import Concern, Gathered, Involvement, NamedInError
from safeguarding.concerns.permissions import may_read_concern, may_triage
from safeguarding.concerns.report import Person
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member
from safeguarding.people.permissions import require

from ._accounts import name_other_accounts
from ._telling import tell_the_next

IN_A_CASE = (
    "This report is part of a case by now. Say it there, under People and connections. Nothing was "
    "changed."
)
NOT_OF_IT = (
    "Only a child who was chosen in this report can be said to be named in error, once. Nothing was "
    "changed."
)
WHY = "told because somebody who was told is named in the report"


@transaction.atomic
def name_in_report(*, by: Member, concern: Concern, person: Person) -> Involvement:
    """Add a person to a report that waits. Whoever is thereby named is shut out at once (rule R14).

    The others who were told hear that something was added, so that nobody does it alone.
    """
    require(may_triage, by, concern)
    Concern.objects.select_for_update(no_key=True).get(pk=concern.pk)
    require(may_triage, by.as_of_now(), concern)  # as below
    if not Concern.objects.waiting().filter(pk=concern.pk).exists():
        raise RuleBroken("Somebody has already decided what becomes of this report.")
    if person.is_about_an_adult_here and concern.record_class != "C3":
        raise RuleBroken(
            "This would make the report about an adult who works or helps here. Report that as a "
            "concern of its own, so that the right people deal with it."
        )
    seals.ready(concern, by)
    involvement = Involvement.objects.create(
        setting=concern.setting, concern=concern, added_by=by, **person.as_columns()
    )
    name_other_accounts(involvement)
    seals.close_to(concern)
    tell_the_next(concern, WHY)
    _tell_the_others(concern, by, involvement.pk)
    record("concern.person_named", concern, by=by, involvement=str(involvement.pk))
    return involvement


@transaction.atomic
def say_report_names_in_error(
    *, by: Member, concern: Concern, named: Involvement, reason: str
) -> NamedInError:
    """Say that a child in a report that is in no case has nothing to do with it: it leaves their file.

    What was sent stays as it was sent, and whoever is close to the child stays shut out: it opens nothing.
    """
    require(may_triage, by, concern)
    Concern.objects.select_for_update(no_key=True).get(pk=concern.pk)
    # A role of theirs may have ended, or a tie begun to count, while they waited here.
    require(may_triage, by.as_of_now(), concern)
    if Gathered.objects.filter(concern=concern).exists():
        raise RuleBroken(IN_A_CASE)
    children = Involvement.objects.filter(concern=concern, child__isnull=False, in_error=False)
    if not children.filter(pk=named.pk).exists():
        raise RuleBroken(NOT_OF_IT)
    seals.ready(concern, by)
    named.concern = concern  # with the key of a sealed one
    said = NamedInError.objects.create(
        setting=concern.setting, involvement=named, reason=reason, said_by=by
    )
    Involvement.objects.filter(pk=named.pk).update(in_error=True)
    _tell_the_others(concern, by, said.pk)
    record("concern.named_in_error", concern, by=by, content=said, involvement=str(named.pk))
    return said


def _tell_the_others(concern: Concern, by: Member, subject: UUID) -> None:
    """Those who were told and may read it, so that nobody does it alone."""
    rows = concern.recipients.exclude(member=by).select_related("member__user", "member__setting")
    others = [row.member for row in rows if may_read_concern(row.member, concern)]
    path = concern.setting.link_to("concerns:concern", concern.pk)
    notify("report_added_to", others, subject_id=subject, path=path, about_id=concern.pk)
