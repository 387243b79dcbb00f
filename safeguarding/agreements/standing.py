"""How people stand towards the agreements they have to sign, at any moment."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import models
from django.utils import timezone

from safeguarding.people.models import Child, Member, RoleHeld
from safeguarding.people.roles import Role

from .audiences import Audience, audiences_of
from .models import Agreement, Signature, SpokenFor


class State(models.TextChoices):
    SIGNED = "signed", "Signed"
    OLD_COUNTS = "old_counts", "Signed, an older version"
    ASKED = "asked", "Not signed yet"
    REFUSED = "refused", "Said no"
    WITHDRAWN = "withdrawn", "Taken back"

    @property
    def counts(self) -> bool:
        """Whether whoever stands so may use what the agreement opens."""
        return self in {State.SIGNED, State.OLD_COUNTS}

    @property
    def tone(self) -> str:
        """How it is coloured in a list. A no is somebody's right, and not coloured as a fault."""
        return "good" if self is State.SIGNED else "warn"


@dataclass(frozen=True)
class Stand:
    """How one person stands towards one agreement."""

    agreement: Agreement
    state: State
    signature: Signature | None = None
    in_force: bool = True  # some version of it: before its first day nothing is asked of anybody

    @property
    def shuts_access(self) -> bool:
        """Whether what rests on it may not be used now."""
        return self.in_force and not self.state.counts

    @property
    def is_owed(self) -> bool:
        """Whether the newest version still waits for a yes."""
        return self.state is not State.SIGNED

    @property
    def is_missing(self) -> bool:
        """Whether it shuts all but reporting, now or from its first day."""
        return not self.state.counts and self.agreement.audience != Audience.SOCIAL_MEDIA

    @property
    def may_go_on(self) -> bool:
        """Whether whoever reads cases may go on for a few days: not after a no."""
        return self.state is State.ASKED


def state_of(agreement: Agreement, newest: Signature | None) -> State:
    """How somebody stands whose newest answer this is, with what ran out by the day that is asked of."""
    if newest is None:
        return State.ASKED
    if not newest.is_accepted:
        return State(newest.answer)
    if newest.number >= agreement.number:
        return State.SIGNED
    return State.ASKED if newest.has_run_out else State.OLD_COUNTS


def own(member: Member, on: date) -> list[Stand]:
    """What a member has to sign, and what else they signed. Two queries."""
    rows = Agreement.objects.readable_by(member).to_sign().select_related("published", "setting")
    of_it = {"setting": models.OuterRef("setting"), "audience": models.OuterRef("audience")}
    rows = rows.annotate(begun=models.Exists(Agreement.objects.in_force(on).filter(**of_it)))
    answers = _newest([member.pk], on).select_related("agreement__published")
    signed = {one.audience: one for one in answers}
    wanted = audiences_of(member.roles) | {Audience.SOCIAL_MEDIA}
    asked = [
        Stand(one, state_of(one, newest := signed.get(one.audience)), newest, one.begun)  # type: ignore[attr-defined]
        for one in sorted(rows, key=lambda one: Audience.values.index(one.audience))
        if one.audience in wanted
    ]
    return [*asked, *_of_roles_that_ended(signed.values(), wanted)]


def _of_roles_that_ended(
    answers: Iterable[Signature], wanted: Collection[Audience]
) -> Iterable[Stand]:
    """What somebody signed for a role they no longer hold: to be read, and never asked for anew."""
    over = (one for one in answers if one.is_accepted and one.audience not in wanted)
    return [Stand(one.agreement, State.SIGNED, one) for one in over]


def not_told_yet(member: Member, agreement: Agreement, own: Collection[Child]) -> list[Child]:
    """A parent's children with whom this version was not talked over yet. One query, or none."""
    told = SpokenFor.objects.standing(member, agreement) if own else []
    known = {one.child_id for one in told}
    return [child for child in own if child.pk not in known]


def of_everybody(
    people: Iterable[Member], agreements: Iterable[Agreement], on: date
) -> list[tuple[Member, Stand]]:
    """Each of these people with each agreement their roles ask for. One query more."""
    people, by_audience = list(people), {one.audience: one for one in agreements}
    signed = {
        (one.member_id, one.audience): one for one in _newest([person.pk for person in people], on)
    }
    found = []
    for person in people:
        for audience in Audience:
            newest = signed.get((person.pk, audience))
            by_choice = audience == Audience.SOCIAL_MEDIA and newest is not None
            asked = by_choice or audience in audiences_of(person.roles)
            if asked and (agreement := by_audience.get(audience)):
                state = state_of(agreement, newest)
                found.append((person, Stand(agreement, state, newest)))
    return found


def signed_at(
    member_ids: Collection[UUID], at: datetime, settings: Mapping[UUID, UUID] | None = None
) -> dict[UUID, frozenset[Audience]]:
    """The agreements that count as signed for each of these people at a moment: two queries.

    One that no version was in force of is asked of nobody, and so counts. `settings` are those of the
    people, where whoever asks has them; otherwise it takes one query more.
    """
    on = timezone.localdate(at)
    if settings is None:
        people = Member.objects.filter(pk__in=member_ids)
        settings = dict(people.values_list("pk", "setting"))
    in_force: dict[UUID, dict[str, Agreement]] = {}
    rows = Agreement.objects.in_force(on, at).filter(setting__in=set(settings.values()))
    for one in rows.select_related("published"):
        in_force.setdefault(one.setting_id, {})[one.audience] = one
    newest: dict[tuple[UUID, str], Signature] = {
        (one.member_id, one.audience): one for one in _newest(settings, on, at)
    }
    return {
        pk: frozenset(
            audience
            for audience in Audience
            if (agreement := in_force.get(setting, {}).get(audience)) is None
            or state_of(agreement, newest.get((pk, audience))).counts
        )
        for pk, setting in settings.items()
    }


def done_signing(member_ids: Collection[UUID], at: datetime) -> dict[UUID, date]:
    """Who has signed all that their roles ask for, and on which day the last of it. Five queries."""
    needed: dict[UUID, set[Role]] = {}
    held = RoleHeld.objects.current(timezone.localdate(at), known_at=at)
    for member, role in held.filter(member__in=member_ids).values_list("member_id", "role"):
        needed.setdefault(member, set()).add(Role(role))
    days: dict[UUID, dict[Audience, date]] = {}
    accepted = Signature.objects.newest(at).filter(
        member__in=member_ids, answer=Signature.Answer.ACCEPTED
    )
    for member, audience, day in accepted.values_list("member_id", "audience", "signed_on"):
        days.setdefault(member, {})[Audience(audience)] = day
    signed = signed_at(needed, at)
    found = {}
    for member, roles in needed.items():
        asked = audiences_of(roles)
        own = [day for audience, day in days.get(member, {}).items() if audience in asked]
        if own and asked <= signed[member]:
            found[member] = max(own)
    return found


def _newest(
    member_ids: Collection[UUID], on: date, at: datetime | None = None
) -> models.QuerySet[Signature]:
    rows = Signature.objects.newest(at).with_what_ran_out(on, at)
    return rows.filter(member__in=member_ids)
