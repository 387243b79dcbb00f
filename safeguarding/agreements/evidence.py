"""Duties about what people sign and what they may use, shown for any moment from what was written then."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from foundation.evidence import Finding, Findings, evidence
from safeguarding.people.models import RoleHeld
from safeguarding.people.roles import LEADS, STAFF, Role

from .audiences import SIGN, Audience
from .kinds import KINDS
from .models import Agreement, Grant, Signature, SpokenFor
from .standing import State, state_of

EVERYBODY = frozenset(Audience) - {Audience.SOCIAL_MEDIA}
WORKING = frozenset({Audience.STAFF, Audience.VISITOR, Audience.COMMITTEE})
STAFF_ONLY, PARENTS = frozenset({Audience.STAFF}), frozenset({Audience.PARENT})
HELPING = frozenset({Audience.STAFF, Audience.VISITOR})
WITH_CHILD = "with_child"

# The duty, whose signatures show it, and what the wording must have said.
SIGNED: dict[str, tuple[frozenset[Audience], str]] = {
    "OSP-4-STAFF-02": (WORKING, ""),
    "OSP-6-05a": (EVERYBODY, ""),
    "OSP-7-MON-03a": (EVERYBODY, "monitoring"),
    "MTSM-9.1": (EVERYBODY, "monitoring"),
    "OSP-5-STAFF-04a": (STAFF_ONLY, "monitoring"),
    "MTSM-6.2.2": (HELPING, "conduct"),
    "OSP-8-PERS-02": (HELPING, "conduct"),
    "OSP-6-05b": (EVERYBODY, "kindness"),
    "MTSM-6.1.4": (EVERYBODY, "sharing"),
    "OSP-8-EXP-04": (EVERYBODY, "private_matters"),
    "MTSM-9.2": (EVERYBODY, "reporting"),
    "OSP-8-OST-01": (WORKING, "own_account"),
    "OSP-7-EMAIL-03": (WORKING, "secure_mail"),
    "OSP-5-PAR-05": (PARENTS, "information"),
    "OSP-5-PAR-06": (PARENTS, WITH_CHILD),
    "OSP-4-LEARN-03": (PARENTS, WITH_CHILD),
}
# What each agreement in force has to say, whoever has signed it.
SAID = {"OSP-6-04": "no_guarantee", "OSP-8-EXP-01": "social_media"}
# Kinds of access, and the duties for which whoever has one signed before it was given.
BEFORE: dict[str, frozenset[str]] = {
    "OSP-7-ACCESS-02": frozenset(KINDS) - {"journal_parent"},
    "OSP-8-OST-02": frozenset({"social_channel"}),
    "MTSM-6.1.5a": frozenset({"social_channel"}),
    "OSP-8-EXP-05": frozenset({"social_channel"}),
    "OSP-7-APP-06": frozenset({"learning_journal", "journal_parent", "learning_journal_admin"}),
    "OSP-7-APP-07": frozenset({"journal_parent"}),
}
FOR_FEW = frozenset({"office_computer", "learning_journal_admin", "internet_security"})
FILTERING = frozenset({"filtering_reports", "internet_security"})
ACCESS = ("OSP-7-ACCESS-01a", "OSP-7-ACCESS-01b", "OSP-4-TECH-06", "OSP-7-SMAIL-01b")
ADDRESS = "email"


@dataclass
class Records:
    """What was on record of one setting at a moment."""

    setting: UUID
    on: date
    agreements: dict[Audience, Agreement]
    roles: dict[UUID, set[Role]]
    signatures: dict[tuple[UUID, str], Signature]
    grants: list[Grant]

    def finding(self, kept: int = 0, owed: int = 0, late: int = 0) -> Finding:
        return Finding(self.setting, kept, owed, late)


@evidence([*SIGNED, *SAID, *BEFORE, *ACCESS])
def signed_and_given(settings: Collection[UUID], at: datetime) -> Findings:
    """Who has signed what is in force, and what rests on it. Four queries."""
    every = _records(settings, at)
    found: dict[str, Callable[[Records], Finding]] = {
        **{duty: _signing(audiences, cover) for duty, (audiences, cover) in SIGNED.items()},
        **{duty: _saying(cover) for duty, cover in SAID.items()},
        **{duty: _signing_before(kinds) for duty, kinds in BEFORE.items()},
        "OSP-7-ACCESS-01a": _each_of_staff_has_something,
        "OSP-7-ACCESS-01b": _only_managers_and_deputies,
        "OSP-4-TECH-06": _leads_see_filtering,
        "OSP-7-SMAIL-01b": _each_of_staff_has_an_address,
    }
    return {duty: {one.setting: shows(one) for one in every} for duty, shows in found.items()}


def _signing(audiences: Iterable[Audience], cover: str) -> Callable[[Records], Finding]:
    """Each person with each agreement: signed, to be signed anew, or not."""

    def shows(of: Records) -> Finding:
        states = [
            _state(of, member, audience, cover)
            for audience in audiences
            if audience in of.agreements
            for member, roles in of.roles.items()
            if roles & SIGN[audience]
        ]
        kept, owed = states.count(State.SIGNED), states.count(State.OLD_COUNTS)
        return of.finding(kept, owed, len(states) - kept - owed)

    return shows


def _state(of: Records, member: UUID, audience: Audience, cover: str) -> State:
    agreement, newest = of.agreements[audience], of.signatures.get((member, audience))
    with_child = cover == WITH_CHILD and newest is not None and newest.with_child  # type: ignore[attr-defined]
    if (cover and cover not in agreement.covered) or (cover == WITH_CHILD and not with_child):
        return State.ASKED
    return state_of(agreement, newest)


def _saying(cover: str) -> Callable[[Records], Finding]:
    def shows(of: Records) -> Finding:
        said = [cover in one.covered for one in of.agreements.values()]
        return of.finding(kept=sum(said), late=len(said) - sum(said))

    return shows


def _signing_before(kinds: frozenset[str]) -> Callable[[Records], Finding]:
    """Access that was given to somebody who had signed, and access that was not."""

    def shows(of: Records) -> Finding:
        given = [one for one in of.grants if one.kind in kinds]
        kept = sum(_signed_before(of, one) for one in given)
        return of.finding(kept=kept, late=len(given) - kept)

    return shows


def _signed_before(of: Records, grant: Grant) -> bool:
    roles = frozenset(of.roles.get(grant.member_id, ()))
    wanted = KINDS[grant.kind].agreements_for(roles)
    newest = [of.signatures.get((grant.member_id, one)) for one in wanted]
    return bool(newest) and all(one is not None and one.is_accepted for one in newest)


def _each_of_staff_has_something(of: Records) -> Finding:
    staff = {member for member, roles in of.roles.items() if roles & STAFF}
    having = {one.member_id for one in of.grants} & staff
    return of.finding(kept=len(having), owed=len(staff - having) if of.grants else 0)


def _each_of_staff_has_an_address(of: Records) -> Finding:
    """Owed from the first address that is on record."""
    staff = {member for member, roles in of.roles.items() if roles & SIGN[Audience.STAFF]}
    having = {one.member_id for one in of.grants if one.kind == ADDRESS}
    return of.finding(kept=len(having & staff), owed=len(staff - having) if having else 0)


def _only_managers_and_deputies(of: Records) -> Finding:
    given = [one for one in of.grants if one.kind in FOR_FEW]
    kept = sum(bool(of.roles.get(one.member_id, set()) & one.of_kind.roles) for one in given)
    return of.finding(kept=kept, late=len(given) - kept)


def _leads_see_filtering(of: Records) -> Finding:
    leads = {member for member, roles in of.roles.items() if roles & LEADS}
    having = {one.member_id for one in of.grants if one.kind in FILTERING} & leads
    return of.finding(kept=len(having), owed=len(leads - having) if of.grants else 0)


def _records(settings: Collection[UUID], at: datetime) -> list[Records]:
    on = timezone.localdate(at)
    every = {one: Records(one, on, {}, {}, {}, []) for one in settings}
    here = Q(setting__in=settings)
    for agreement in Agreement.objects.in_force(on, at).filter(here).select_related("published"):
        every[agreement.setting_id].agreements[Audience(agreement.audience)] = agreement
    held = RoleHeld.objects.current(on, known_at=at).filter(here, created_at__lte=at)
    for setting, member, role in held.values_list("setting_id", "member_id", "role"):
        every[setting].roles.setdefault(member, set()).add(Role(role))
    spoken = Exists(SpokenFor.objects.filter(signature=OuterRef("pk")))
    signed = Signature.objects.newest(at).with_what_ran_out(on, at).filter(here)
    signed = signed.annotate(with_child=spoken)
    for one in signed.defer("note"):
        every[one.setting_id].signatures[one.member_id, one.audience] = one
    still = Q(ended__isnull=True) | Q(ended__created_at__gt=at)
    for grant in Grant.objects.filter(here, still, created_at__lte=at).defer("note"):
        every[grant.setting_id].grants.append(grant)
    return list(every.values())
