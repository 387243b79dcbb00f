"""Who may see and do what with concerns and cases. Deny wins: see `naming` (rule R3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q

from foundation.in_turn import InTurn
from safeguarding.concerns import models
from safeguarding.people import access
from safeguarding.people.models import BreakGlass
from safeguarding.people.roles import BREAKS_GLASS, Role

from .asking import Now, is_case_with, is_concern_with

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from safeguarding.concerns.models import (
        Case,
        Concern,
        Involvement,
        ReviewAction,
    )
    from safeguarding.people.models import Child, Member
    from safeguarding.procedures.models import Run

    from .asking import Asking


def naming(member: Asking) -> Q:
    """Involvements that shut a member out: they are said to have done it, or are tied to a person in it."""
    tied = member.tied_to
    named = Q(part="alleged", member=member.pk)
    if tied.members:
        named |= Q(part__in=["alleged", "harmed"], member__in=tied.members)
    if tied.children:
        named |= Q(part__in=["alleged", "harmed"], child__in=tied.children)
    return named


def is_named_among(member: Member, involved: Iterable[Involvement]) -> bool:
    """The same as `naming`, of involvements already fetched."""
    tied = member.tied_to
    return any(
        (one.part == "alleged" and one.member_id == member.pk)
        or (
            one.part in {"alleged", "harmed"}
            and (one.member_id in tied.members or one.child_id in tied.children)
        )
        for one in involved
    )


def cases_with(member: Asking, capability: str) -> Q:
    """Cases of the member's setting on which they hold a capability and are not shut out."""
    now = Now.of(member)
    listed = _on_the_list(member, now)
    return (
        Q(setting=member.setting_id)
        & (_granted(member, capability, listed) | by_glass(member, capability, now))
        & ~naming_case(member)
    )


def concerns_readable_by(member: Member) -> Q:
    """Before it is a case: leads by class, others only if they were told. After: whoever reads the case."""
    return concerns_with(member, "R")


def concerns_with(member: Asking, capability: str) -> Q:
    """Concerns of the member's setting on which they hold a capability and are not shut out."""
    here = Q(setting=member.setting_id)  # inside as well, for the index that begins with it
    told = InTurn(models.Recipient.objects.filter(here, concern=OuterRef("pk"), member=member.pk))
    gathered = models.Gathered.objects.filter(concern=OuterRef("pk"))
    alone = ~Q(InTurn(gathered)) & _granted(member, capability, Q(told))
    cases = models.Case.objects.filter(
        cases_with(member, capability), gathered__concern=OuterRef("pk")
    )
    return here & (alone | Q(InTurn(cases))) & ~_naming_concern(member)


def is_shut_out_of_concern(member: Member, concern: Concern) -> bool:
    """Whether a report, or the case it is part of, names this member or somebody tied to them."""
    return models.Concern.objects.filter(shutting_out(member), pk=concern.pk).exists()


def is_shut_out(member: Member, concern_id: UUID) -> bool:
    """Whether a concern names this member or somebody tied to them."""
    return is_named_among(member, models.Involvement.objects.filter(concern=concern_id))


def naming_case(member: Asking) -> Q:
    """Cases that name the member or theirs: in the case itself, or in a report it gathered.

    Asked of each case in turn, so that a page of a list costs the same however many cases there are.
    """
    named = models.Involvement.objects.filter(naming(member))
    by_report = named.filter(concern__gathered__case=OuterRef("pk"))
    return Q(InTurn(named.filter(case=OuterRef("pk")))) | Q(InTurn(by_report))


def _naming_concern(member: Asking) -> Q:
    return Q(InTurn(models.Involvement.objects.filter(naming(member), concern=OuterRef("pk"))))


def shutting_out(member: Member) -> Q:
    """Concerns from which a member is shut out, by what they say or by the case they are part of."""
    cases = models.Case.objects.filter(naming_case(member), gathered__concern=OuterRef("pk"))
    return _naming_concern(member) | Q(InTurn(cases))


def _granted(member: Asking, capability: str, listed: Q) -> Q:
    everywhere = access.classes_within(member.roles, capability, "t")
    if_listed = access.classes_within(member.roles, capability, "n")
    return Q(record_class__in=everywhere) | (Q(record_class__in=if_listed) & listed)


def _on_the_list(member: Asking, now: Now) -> Q:
    current = models.NeedToKnow.objects.current(now.on)
    return Q(InTurn(current.filter(case=OuterRef("pk"), member=member.pk)))


def by_glass(member: Asking, capability: str, now: Now) -> Q:
    """Cases of the child for whom a member broke the glass: for the hour, to read and to add to (R21)."""
    if capability not in {"R", "W"} or not member.may_have_glass or not member.roles & BREAKS_GLASS:
        return Q(pk__in=[])
    opened = BreakGlass.objects.running(now.at).filter(member=member.pk)
    theirs = models.Involvement.objects.filter(child__in=opened.values("child"), in_error=False)
    in_case = Q(InTurn(theirs.filter(case=OuterRef("pk"))))
    in_report = Q(InTurn(theirs.filter(concern__gathered__case=OuterRef("pk"))))
    return Q(record_class__in=["C1", "C2"]) & (in_case | in_report)


def may_report(member: Member) -> bool:
    """Anyone in a setting may report a concern, about anyone, at any time (rule R1)."""
    return bool(member.roles)


def may_add_to_report(member: Member, concern: Concern) -> bool:
    """Whoever sent a report may add to it; so may those who read it."""
    return concern.reported_by_id == member.pk or _readable(member, concern)


def may_read_concern(member: Member, concern: Concern) -> bool:
    """Those who were told, and those who lead, unless it is about them or theirs."""
    return _readable(member, concern)


def may_triage(member: Member, concern: Concern) -> bool:
    """Whoever may decide on a record of this class, and may read this one, says what becomes of it."""
    return may_decide_on_class(member, concern) and _readable(member, concern)


def may_decide_on_class(member: Member, concern: Concern) -> bool:
    """Whoever has a role that decides on records of this class. Asks nothing of the database."""
    return bool(access.scopes(member.roles, concern.record_class, "D"))


def may_start_allegation(member: Member, source: Case | Concern) -> bool:
    """Whoever reads a record, and deals with concerns about adults, may begin one about an adult from it."""
    if not access.scopes(member.roles, "C3", "D"):
        return False
    return type(source).objects.readable_by(member).filter(pk=source.pk).exists()


def may_share(member: Member, record: Case | Concern) -> bool:
    """Whoever reads a sealed record gives a key to others who may read it, and to nobody else."""
    return type(record).objects.readable_by(member).filter(pk=record.pk).exists()


def may_read_patterns(member: Member) -> bool:
    """Whoever deals with concerns about adults reads them together, as far as they are let into them."""
    return "C3" in access.classes_within(member.roles, "L", "n")


def may_read_this_case(member: Member, case: Case) -> bool:
    """Those who read the case."""
    return is_case_with(member, case.pk, "R")


def may_write_on(member: Member, case: Case) -> bool:
    """Those who may add to the case's record."""
    return _may_on(case, member, "W")


def may_decide_on(member: Member, case: Case) -> bool:
    """Those who lead the case: they decide, refer, carry out the procedure and close."""
    return _may_on(case, member, "D")


def may_lead(member: Member, case: Case) -> bool:
    """Whoever's role decides on cases of this class, once on the list. Asks nothing of the database."""
    decides = access.scopes(member.roles, case.record_class, "D")
    return member.setting_id == case.setting_id and bool(decides)


def may_let_know(member: Member, case: Case) -> bool:
    """Those who may let others into the case, or end that."""
    return _may_on(case, member, "G")


def may_be_let_in(member: Member, case: Case) -> bool:
    """People of this setting whose role may read a case of this class (rule R5)."""
    reads = access.scopes(member.roles, case.record_class, "R") & {"t", "n"}
    return member.setting_id == case.setting_id and bool(reads)


def may_print(member: Member, case: Case) -> bool:
    """Whoever may give out a case of this class makes a paper of it, for a recipient and a purpose."""
    return _may_on(case, member, "X")


def may_give_out(member: Member, record_class: str) -> bool:
    """Whoever has a role that gives out records of this class. Asks nothing of the database."""
    return bool(access.scopes(member.roles, record_class, "X"))


def may_print_file(member: Member, child: Child) -> bool:
    """Whoever may give out every child concern of the setting, of a child whom they are not close to (R3)."""
    gives_out = "t" in access.scopes(member.roles, "C1", "X")
    here = gives_out and member.setting_id == child.setting_id
    return here and child.pk not in member.tied_to.children


def with_file_for(member: Member) -> Q:
    """Children whose file a member may open: all, for those who lead; else those in what they may read.

    It never depends on records that the member may not read, nor on any about an adult here (rule R12).
    """
    if "t" in access.scopes(member.roles, "C1", "R"):
        return Q(setting=member.setting_id)
    cases = models.Case.objects.filter(cases_with(member, "R")).exclude(record_class="C3")
    concerns = models.Concern.objects.filter(concerns_readable_by(member)).exclude(
        Q(record_class="C3") | Q(gathered__case__record_class="C3")
    )
    named = models.Involvement.objects.filter(child=OuterRef("pk"), in_error=False)
    here = Q(setting=member.setting_id)
    return here & (
        Q(InTurn(named.filter(case__in=cases))) | Q(InTurn(named.filter(concern__in=concerns)))
    )


def _may_on(case: Case, member: Member, capability: str) -> bool:
    """Whether a member holds a capability on a case. Who holds it on no class is not looked up."""
    if not any(access.classes_within(member.roles, capability, scope) for scope in "tn"):
        return False
    return is_case_with(member, case.pk, capability)


def _readable(member: Member, concern: Concern) -> bool:
    return is_concern_with(member, concern.pk, "R")


def may_hear_of_delay(member: Member, case: Case) -> bool:
    """Those who may see how far work has come, though not what it is about."""
    return _may_on(case, member, "S")


def is_shut_out_of_case(member: Member, case: Case) -> bool:
    """Whether a case names this member or somebody tied to them."""
    return models.Case.objects.filter(naming_case(member), pk=case.pk).exists()


def may_complete_action(member: Member, action: ReviewAction) -> bool:
    """Whoever owns an action completes it; so may those who lead its case."""
    if not type(action).objects.readable_by(member).filter(pk=action.pk).exists():
        return False
    return action.owner_id == member.pk or may_decide_on(member, action.entry.case)


def actions_readable_by(member: Member) -> Q:
    """Its owner sees an action, though perhaps not the case; those who read the case see all of its."""
    readable = models.Case.objects.filter(cases_with(member, "R")).values("pk")
    theirs = Q(owner=member) | Q(entry__case__in=readable)
    naming_them = models.Case.objects.filter(naming_case(member)).values("pk")
    return Q(setting=member.setting_id) & theirs & ~Q(entry__case__in=naming_them)


def runs_of(member: Member) -> Q:
    """Runs that a technical member may be asked to help with: those of open cases that do not name them."""
    cases = models.Case.objects.open().filter(setting=member.setting_id)
    if Role.TECHNICAL not in member.roles:
        cases = cases.filter(cases_with(member, "W"))
    return Q(subject_id__in=cases.exclude(naming_case(member)).values("pk"))


def may_do_technical_step(member: Member, run: Run, step_id: str) -> bool:
    """Technical staff confirm the technical steps of a case, unless it names them or theirs."""
    state = run.state(step_id)
    here = state is not None and state.step.by == "technical" and Role.TECHNICAL in member.roles
    return here and type(run).objects.filter(runs_of(member), pk=run.pk).exists()
