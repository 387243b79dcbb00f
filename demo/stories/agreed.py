"""Five agreements in force at Sunflowers, signed by all but one who forgot and one who said no."""

from datetime import timedelta

from django.utils import timezone

from demo.calendar import Days
from demo.cast import Nursery
from demo.walker import Story
from safeguarding.agreements import actions
from safeguarding.agreements.audiences import Audience, audiences_of, ours
from safeguarding.agreements.models import Agreement, Grant
from safeguarding.approvals.actions import approve
from safeguarding.notifications.outbox import mark_seen
from safeguarding.people import actions as people
from safeguarding.people.given import Person
from safeguarding.people.models import Member
from safeguarding.people.roles import Role

NOT_YET = {"vic"}
SAYS_NO = {"remy"}


def add_contractor(here: Nursery) -> Member:
    """Remy, who mends the computers now and then."""
    person = Person(
        name="Remy Castellan",
        email=f"remy@{here.setting.slug}.example",
        roles=frozenset({Role.CONTRACTOR}),
        ends=timezone.localdate() + timedelta(days=180),
    )
    member = people.add_member(by=here.morgan, person=person)
    here.people["remy"] = Member.objects.with_roles(timezone.localdate()).get(pk=member.pk)
    return member


def agreed(here: Nursery, days: Days) -> Story:
    """Published on one day, signed on the next; then a few things are given, and one is taken back."""
    yield days.back(22, "09:00")
    agreements = {audience: _in_force(here, audience) for audience in Audience}
    yield days.back(21, "12:30")
    for name, member in here.people.items():
        if name not in NOT_YET:
            _answer(here, name, member, agreements)
    actions.accept(
        by=here.wren,
        agreement=agreements[Audience.SOCIAL_MEDIA],
        seen=agreements[Audience.SOCIAL_MEDIA].digest,
    )
    yield days.back(20, "09:15")
    old = _give(here)
    yield days.lately(180)
    ended = actions.end_access(by=here.morgan, grant=old, note="Its screen is broken.")
    mark_seen(here.sam, ended.pk)


def _in_force(here: Nursery, audience: Audience) -> Agreement:
    written = actions.write_agreement(by=here.dana, audience=audience, wording=ours(audience))
    today = timezone.localdate()
    approval = actions.ask_to_publish(by=here.dana, agreement=written, in_force_from=today)
    approve(by=here.morgan, approval=approval, seen=approval.digest)
    return Agreement.objects.select_related("published", "setting").get(pk=written.pk)


def _answer(
    here: Nursery, name: str, member: Member, agreements: dict[Audience, Agreement]
) -> None:
    for audience in audiences_of(member.roles):
        one = agreements[audience]
        if name in SAYS_NO:
            note = "My telephone has to stay with me, since I am on call."
            actions.refuse(by=member, agreement=one, seen=one.digest, note=note)
            continue
        children = [here.kit] if audience is Audience.PARENT else []
        actions.accept(by=member, agreement=one, seen=one.digest, children=children)


def _give(here: Nursery) -> Grant:
    for to, kind, what in (
        (here.priya, "computer", "Acorns tablet"),
        (here.priya, "wifi", ""),
        (here.dana, "filtering_reports", ""),
        (here.devi, "filtering_reports", ""),
        (here.pat, "journal_parent", ""),
    ):
        actions.give_access(by=here.morgan, to=to, kind=kind, what=what)
    return actions.give_access(by=here.morgan, to=here.sam, kind="computer", what="Old blue tablet")
