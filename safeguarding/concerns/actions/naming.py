"""Saying whom a report is about, where whoever sent it could not."""

from django.db import transaction

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.concerns import seals
from safeguarding.concerns.models import Concern, Involvement
from safeguarding.concerns.permissions import may_read_concern, may_triage
from safeguarding.concerns.report import Person
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member
from safeguarding.people.permissions import require

from ._accounts import name_other_accounts
from ._telling import tell_the_next

WHY = "told because somebody who was told is named in the report"


@transaction.atomic
def name_in_report(*, by: Member, concern: Concern, person: Person) -> Involvement:
    """Add a person to a report that waits. Whoever is thereby named is shut out at once (rule R14).

    The others who were told hear that something was added, so that nobody does it alone.
    """
    require(may_triage, by, concern)
    Concern.objects.select_for_update(no_key=True).get(pk=concern.pk)
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
    rows = concern.recipients.exclude(member=by).select_related("member__user", "member__setting")
    others = [row.member for row in rows if may_read_concern(row.member, concern)]
    path = concern.setting.link_to("concerns:concern", concern.pk)
    subject = involvement.pk
    notify("report_added_to", others, subject_id=subject, path=path, about_id=concern.pk)
    record("concern.person_named", concern, by=by, involvement=str(involvement.pk))
    return involvement
