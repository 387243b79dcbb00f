"""Who owes what about training, as clocks that run: worked out anew whenever the records change."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from safeguarding.law.calendar import LONDON, due
from safeguarding.law.local import rules_for
from safeguarding.law.schema import Rule
from safeguarding.notifications.clocks import Due, Owed, start_clocks
from safeguarding.notifications.models import Clock
from safeguarding.people.models import Member, RoleHeld, RoleTakenEarly, Setting
from safeguarding.people.roles import LEADERSHIP, LEADS, Role

from .currency import Standing, missing_before, standings
from .models import Induction, InductionItem, Training
from .new_here import works_here

KINDS = ("training", "induction", "early_role")
WATCHES = frozenset({Role.LEAD, Role.MANAGER})
FIRST_DAY, FIRST_WEEKS = "training.induction", "training.induction-done"
MINE = "Some of your training is not up to date"
TEAM = "Some training here is not up to date: see whose"
SHOW_NOW = "A new colleague is still to be shown what they need on their first day"
SHOW = "A new colleague’s first weeks: something is still to be shown"
SIGN = "Look at what you were shown in your first weeks, and sign for it"
EARLY = "Training that should have come before your role"
PROMISED = "The day agreed when the role was confirmed"


@dataclass(frozen=True)
class Here:
    """A setting at a moment: who watches over training, and the rules."""

    setting: Setting
    now: datetime
    watching: list[Member]
    rules: dict[str, Rule]

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def showing_to(self, newcomer: UUID) -> list[Member]:
        """Those who watch, but for a newcomer among them; where nobody else does, whoever leads beside."""
        watching = [one for one in self.watching if one.pk != newcomer]
        beside = self.setting.holding(LEADERSHIP, self.today).exclude(pk=newcomer)
        return watching or list(beside.select_related("user"))


def settle(setting: Setting) -> None:
    """Let a clock run for everything that is owed about training now, and stop the others."""
    now = timezone.now()
    watching = list(setting.holding(WATCHES, timezone.localdate(now)).select_related("user"))
    here = Here(setting, now, watching, rules_for(setting.pk, timezone.localdate(now)))
    wanted = {(one.subject[1], one.key): one for one in _owed(here)}
    running = Clock.objects.running().filter(setting=setting, subject_kind__in=KINDS)
    kept = set()
    stale = []
    for clock in running.select_for_update(no_key=True):
        owed = wanted.get((clock.subject_id, clock.key))
        if owed and owed.owner.pk == clock.owner_id and owed.due.at == clock.due_at:
            kept.add((clock.subject_id, clock.key))
        else:
            stale.append(clock.pk)
    Clock.objects.filter(pk__in=stale).update(stopped_at=now, escalate_at=None)
    start_clocks(owed for name, owed in wanted.items() if name not in kept)


def _owed(here: Here) -> Iterator[Owed]:
    yield from _training(here)
    yield from _inductions(here)
    yield from _early_roles(here)


def _training(here: Here) -> Iterator[Owed]:
    """To each person what is theirs, and to those who watch that something is missing somewhere."""
    begun = Training.objects.filter(setting=here.setting).exists()
    late = [
        one
        for rows in standings(Q(setting=here.setting), here.now).values()
        for one in rows
        if not one.is_current and (begun or one.state == "out")
    ]
    if not late:
        return
    people = Member.objects.select_related("user").in_bulk({one.member_id for one in late})
    for pk, member in people.items():
        first = min((one for one in late if one.member_id == pk), key=_since)
        yield _clock(here, member, ("training", pk), "mine", MINE, "training:mine", first)
    first = min(late, key=_since)
    for member in here.watching:
        subject = ("training", here.setting.pk)
        yield _clock(here, member, subject, f"team/{member.pk}", TEAM, "training:matrix", first)


def _since(one: Standing) -> date:
    return one.missing_since


def _clock(
    here: Here,
    owner: Member,
    subject: tuple[str, UUID],
    key: str,
    text: str,
    page: str,
    first: Standing,
) -> Owed:
    at = _end_of(first.missing_since)
    rule = first.topic.rule
    due_at = Due(at, rule.id if rule else "", rule.said if rule else "Your setting asks for it")
    path = here.setting.link_to(page)
    path = f"{path}?state=missing" if page == "training:matrix" else path
    return Owed(owner, subject, key, text, path, min(here.now, at), due_at)


def _inductions(here: Here) -> Iterator[Owed]:
    """To those who watch what is still to be shown; to the new colleague what is still to be signed."""
    nobody_left = Q(works_here(here.today)) | Q(starts__gt=here.today)  # or is still to come
    open_ones = Induction.objects.open().filter(nobody_left, setting=here.setting)
    open_ones = open_ones.select_related("member__user")
    left = InductionItem.objects.filter(induction__in=open_ones).unfinished()
    items: dict[UUID, list[InductionItem]] = {}
    for one in left.select_related("done", "signed"):
        items.setdefault(one.induction_id, []).append(one)
    for induction in open_ones:
        yield from _induction(here, induction, items.get(induction.pk, []))


def _induction(here: Here, induction: Induction, left: list[InductionItem]) -> Iterator[Owed]:
    unshown = [one for one in left if not hasattr(one, "done")]
    start = _end_of(induction.starts)
    weeks = _by_rule(here, FIRST_WEEKS, start)
    subject, page = (
        ("induction", induction.pk),
        here.setting.link_to("training:induction", induction.pk),
    )
    for owner in here.showing_to(induction.member_id) if unshown else []:
        now = any(one.first_day for one in unshown)
        moment = _by_rule(here, FIRST_DAY, start) if now else weeks
        text = SHOW_NOW if now else SHOW
        yield Owed(owner, subject, f"show/{owner.pk}", text, page, min(here.now, start), moment)
    if len(unshown) < len(left):
        mine = here.setting.link_to("training:mine")
        yield Owed(induction.member, subject, "sign", SIGN, mine, min(here.now, start), weeks)


def _early_roles(here: Here) -> Iterator[Owed]:
    """To whoever took a role before what should come first: that it is still to come."""
    held = RoleHeld.objects.current(here.today).filter(setting=here.setting)
    rows = RoleTakenEarly.objects.filter(role_held__in=held)
    for row in rows.select_related("role_held__member__user"):
        role = row.role_held
        if missing_before(role.member, Role(role.role), here.now):
            page = here.setting.link_to("training:mine")
            moment = Due(_end_of(row.by_when), rule_text=PROMISED)
            subject = ("early_role", role.pk)
            yield Owed(
                role.member, subject, "learn", EARLY, f"{page}#needed", row.created_at, moment
            )


def _by_rule(here: Here, rule_id: str, start: datetime) -> Due:
    rule = here.rules[rule_id]
    return Due(due(rule.value, start), rule_id, rule.said)


def _end_of(day: date) -> datetime:
    """The end of the working part of a day."""
    return datetime.combine(day, time(17), LONDON)


def leading(setting: Setting, on: date, *, without: Iterable[UUID] = ()) -> list[Member]:
    """Leads, deputies and managers of a setting who hear of what is late, but for whose it is."""
    roles = LEADS | {Role.MANAGER}
    people = setting.holding(roles, on).select_related("user", "setting")
    return list(people.exclude(pk__in=list(without)))
