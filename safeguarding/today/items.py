"""What needs doing now: each thing with by when, and where to do it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce
from operator import and_
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import BooleanField, Case, Exists, ExpressionWrapper, Q, QuerySet, When

from foundation import drop, standing
from foundation.jobs.models import DeadJob
from foundation.prepared import prepared
from foundation.templatetags.hedgerow import outside
from safeguarding.approvals.permissions import APPROVES
from safeguarding.audit.state import is_whole
from safeguarding.backups.ours import needs_attention
from safeguarding.directory.models import STAY, Contact
from safeguarding.directory.permissions import may_add_contacts
from safeguarding.lock.permissions import may_keep_keys
from safeguarding.lock.ways import may_unlock_still
from safeguarding.notifications import own
from safeguarding.notifications.models import Notification
from safeguarding.people.models import Absence, Member, Relationship, RoleEnded, RoleHeld
from safeguarding.people.models.posts import WAITS
from safeguarding.people.roles import CONFIRMS, READS_CASES, Role
from safeguarding.people.second_factor import factors_of
from safeguarding.people.somebody import Somebody
from safeguarding.portal.models import Pause
from safeguarding.portal.permissions import may_keep_form
from safeguarding.witness.permissions import may_verify

from . import word

MOST = 50
OF_PEOPLE = (
    "Somebody gave or ended a role, or declared a tie between people. It needs a second person."
)
UNOPENED = (
    "Something that was sent cannot be opened",
    "It may be a report. Nothing of it is lost.",
)
NO_NUMBER = (
    "How to reach them is not written down yet. Look on the pages of your council, and write it down: "
    "people look for it here when they need it most."
)
PAUSED = "Parents and others without an account cannot tell you anything there. Open it as soon as you can."
ASKED = "It takes two people, and you may be the second. It is done when you say yes."


@dataclass(frozen=True)
class Item:
    """One thing to do."""

    text: str
    href: str
    due: datetime | None = None
    rule: str = ""
    is_urgent: bool = False
    is_now: bool = False
    is_of_a_case: bool = False

    def unnamed(self) -> "Item":
        """The same without saying what the case asks for."""
        if not self.is_of_a_case:
            return self
        return replace(self, text="Something on a case is due", rule="")

    @property
    def rule_shown(self) -> dict[str, str] | None:
        return {"text": self.rule} if self.rule else None


@dataclass(frozen=True)
class Task:
    """Something to set up once."""

    title: str
    text: str
    href: str
    action: str


def to_do(member: Member, at: datetime, *, checked: bool) -> list[Item]:
    """A member's own things, most urgent first: what is late, what is due, then what was told.

    Somebody who reads cases and has not passed the second check (`checked`) is not told what a case
    asks for, only that it asks for something.
    """
    messages = own.unseen(member)
    urgent = {message.path for message in messages if message.is_urgent}
    due = [one if checked else one.unnamed() for one in _due(member, at, urgent)]
    told = _told(messages, already={item.href for item in due})
    return sorted([*due, *told], key=lambda item: not item.is_urgent)


def _due(member: Member, at: datetime, urgent: Collection[str]) -> list[Item]:
    """The member's running clocks; of several on one page, only the one that comes first."""
    first: dict[str, Item] = {}
    for one in own.running(member):
        if one.path in first:
            continue
        now = one.is_immediate and not one.is_overdue(at)
        of_case, urgently = one.subject_kind == "case", one.path in urgent
        first[one.path] = Item(
            one.text, one.path, one.due_at, one.rule_text, urgently, now, of_case
        )
    return list(first.values())


def _told(messages: list[Notification], *, already: Collection[str]) -> list[Item]:
    """Messages nobody has opened yet, but for those that lead where a clock leads already."""
    return [
        Item(one.sentence, one.open_path, is_urgent=one.is_urgent)
        for one in messages
        if one.path not in already
    ]


@dataclass(frozen=True)
class Glance:
    """What is asked first, of everyone, since mostly nothing follows from it."""

    has_second_factor: bool
    of_people: bool  # whether a role, its end or a tie waits here for anybody's word
    form_rests: bool  # whether somebody paused the public form
    can_be_called: bool  # whether it is written down how to reach the LADO and social care


def _glance(member: UUID, setting: UUID, since: datetime) -> QuerySet[Any, Any]:
    waiting: list[QuerySet[Any]] = [
        RoleHeld.objects.unconfirmed(since).exclude(granted_by=member),
        RoleEnded.objects.unconfirmed(since).exclude(ended_by=member),
        Relationship.objects.half_known().exclude(declared_by=member),
    ]
    anything = Q(pk__in=[])
    for rows in waiting:
        anything |= Q(Exists(rows.filter(setting=setting)))
    waits = ExpressionWrapper(anything, output_field=BooleanField())
    rests = Exists(Pause.objects.standing().filter(setting=setting))
    row = Member.objects.filter(pk=member, setting=setting)
    asked = row.annotate(has=factors_of("user"), waits=waits, rests=rests, called=_reached(setting))
    return asked.values_list("has", "waits", "rests", "called")


def _reached(setting: UUID) -> ExpressionWrapper[Any]:
    """Whether there is a way to reach each agency that allegations and referrals go to."""
    counts = Contact.objects.filter(setting=setting).may_be_called()
    written = counts.exclude(phone="", email="", link="")
    each = [Q(Exists(written.filter(slug=slug))) for slug in STAY]
    return ExpressionWrapper(reduce(and_, each), output_field=BooleanField())


_GLANCE = prepared(_glance)


def glance(member: Member, at: datetime) -> Glance:
    """One query."""
    return Glance(*_GLANCE(member.pk, member.setting_id, at - WAITS)[0])


def to_set_up(member: Member, seen: Glance) -> list[Task]:
    """What the member still has to set up before they can do their part. No query."""
    if seen.has_second_factor or not member.roles & READS_CASES:
        return []
    why = "Reports and cases open only after it. It takes two minutes with your telephone."
    return [Task("Set up your second check", why, outside("mfa_index"), "Set it up now")]


def to_open_again(member: Member, seen: Glance) -> list[Task]:
    """A public form that rests, told to those who keep it for as long as it does. No query."""
    if not (seen.form_rests and may_keep_form(member)):
        return []
    href = member.setting.link_to("portal:keep")
    return [Task("The public form is paused", PAUSED, href, "The public form")]


def to_write_down(member: Member, seen: Glance) -> list[Task]:
    """That nobody could call the LADO or social care, told to those who keep the directory. No query."""
    if seen.can_be_called or not may_add_contacts(member):
        return []
    href = member.setting.link_to("directory:contacts")
    return [Task("Nobody here could call your LADO or social care", NO_NUMBER, href, "Who to call")]


def to_keep_safe(member: Member, at: datetime) -> list[Task]:
    """What is wrong with the backups, told to those who can do something about it. One query."""
    return [
        Task(title, text, member.setting.link_to("backups:backups"), "Look at the backups")
        for title, text in needs_attention(member, at)
    ]


def to_confirm(member: Member, seen: Glance, at: datetime) -> list[Task]:
    """Whether somebody waits for the member's word: on a role, its end, a tie, or papers.

    One query; none for whoever is never asked, where nothing waits. What others ask of each other must not
    decide: how long this takes would tell the accused that somebody asked something about them (R15).
    """
    if not (seen.of_people or member.roles & APPROVES):
        return []
    waits, wanted = word.waiting_for(member, at)
    page = "people:waiting" if member.roles & CONFIRMS else "people:my_ties"
    tasks = [
        (waits, Task("Something waits for your word", OF_PEOPLE, page, "Look at it")),
        (
            wanted,
            Task("Somebody asks for your yes or no", ASKED, "approvals:waiting", "Look at it"),
        ),
    ]
    return [replace(one, href=member.setting.link_to(one.href)) for is_so, one in tasks if is_so]


def about_keys(member: Member) -> list[Task]:
    """What the lead and the manager should see to about keys. No query but where there are passphrases."""
    if not may_keep_keys(member):
        return []
    said = []
    if drop.unreadable(settings.DATA):
        said.append(UNOPENED)
    if drop.is_stuck(settings.DATA, str(member.setting_id)):
        said.append(
            (
                "A report waits sealed and was not taken in",
                "A fault in Hedgerow keeps it there. Nothing of it is lost. Ask for help today.",
            )
        )
    if standing.needs_passphrases(settings.DATA) and not settings.DEMO:
        said.append(
            ("The key lies beside the records", "Set passphrases, so that a thief gets nothing.")
        )
    if may_unlock_still(member.setting):
        said.append(
            ("Somebody who left can still unlock", "End their passphrase, then change the key.")
        )
    href = member.setting.link_to("lock:keys")
    return [Task(title, text, href, "Locking and keys") for title, text in said]


def _away(member: UUID, setting: UUID, on: date, *, roles: frozenset[Role]) -> QuerySet[Absence]:
    who: Any = Somebody(member, setting, roles=roles)
    rows = Absence.objects.readable_by(who).current(on)
    own_first = Case(When(member=member, then=0), default=1)
    return rows.select_related("member__user").order_by(own_first, "starts", "created_at")[:MOST]


def _stopped() -> QuerySet[DeadJob]:
    return DeadJob.objects.waiting()


_AWAY = prepared(_away, examples=[{"roles": CONFIRMS}, {"roles": frozenset({Role.PRACTITIONER})}])
_STOPPED = prepared(_stopped)


def away(member: Member, on: date) -> list[Absence]:
    """Who is away, for those who see it; and oneself, so that nobody is called away unawares. One query."""
    return _AWAY(member.pk, member.setting_id, on, roles=member.roles)


def stopped(member: Member) -> bool:
    """Whether a job has failed for good, told to those who can do something about it."""
    able = member.is_lead or bool(member.roles & {Role.MANAGER, Role.TECHNICAL})
    return able and _STOPPED.any()


def broken_record(member: Member) -> bool:
    """Whether the record was found not to be whole, for those who may check it. One query."""
    return may_verify(member) and not is_whole(member.setting_id)
