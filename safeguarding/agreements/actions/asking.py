"""What the clock does about agreements: asking newcomers, and telling who keeps them."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from safeguarding.agreements.models import Agreement, GrantEnded, Signature
from safeguarding.audit.trail import System, record
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member
from safeguarding.people.roles import Role

from ._asked import ask, hold


@transaction.atomic
def ask_to_sign(*, by: System, agreement: Agreement, people: Sequence[Member]) -> int:
    """Ask people who came, or got a role, after an agreement was published, and have not answered it.

    Says how many.
    """
    hold(agreement)
    answers = Signature.objects.filter(agreement=agreement, member__in=people)
    answered = set(answers.values_list("member", flat=True))
    asked = ask(agreement, [one for one in people if one.pk not in answered])
    if asked:
        record("agreement.asked", agreement, by=by, people=len(asked))
    return len(asked)


@transaction.atomic
def tell_of_unsigned(*, by: System, agreement: Agreement) -> list[Member]:
    """Tell the managers, once for a version, that somebody has not signed it in time."""
    managers = list(agreement.setting.holding([Role.MANAGER], timezone.localdate()))
    path = agreement.setting.link_to("agreements:everyone")
    told = notify("agreement_unsigned", managers, subject_id=agreement.pk, path=path)
    if told:
        record("agreement.unsigned", agreement, by=by, told=len(told))
    return managers


@transaction.atomic
def tell_of_open_end(*, by: System, ended: GrantEnded) -> list[Member]:
    """Tell the managers and the committee lead, once, that something is still not switched off."""
    setting, holder = ended.setting, ended.grant.member_id
    roles = [Role.MANAGER, Role.COMMITTEE_LEAD]
    people = list(setting.holding(roles, timezone.localdate()).exclude(pk=holder))
    path = setting.link_to("agreements:switch_off", ended.pk)
    if notify("access_still_open", people, subject_id=ended.pk, path=path):
        record("access.still_open", ended.grant, by=by, told=len(people))
    return people
