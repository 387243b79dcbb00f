"""Who may be the second person for a paper or for closing an allegation (rules R23, R24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from safeguarding.approvals.permissions import LAST_ASKED
from safeguarding.concerns import models
from safeguarding.people import access
from safeguarding.people.roles import FOUR_EYES, Role

from .cases import cases_with, may_print, may_print_file, naming, naming_case

if TYPE_CHECKING:
    from safeguarding.concerns.models import PaperCopy
    from safeguarding.people.models import Member


def second_for_case(member: Member) -> Q:
    """Approvals about a case that a member reads, or may know how far it is; the last asked where widened.

    For an allegation only those on its list: nobody else may know that there is one.
    """
    known = models.Case.objects.filter(
        (cases_with(member, "R") | cases_with(member, "S")), pk=OuterRef("about_id")
    )
    if not _is_asked_last(member):
        return Q(Exists(known))
    others = models.Case.objects.filter(
        ~naming_case(member), pk=OuterRef("about_id"), record_class__in=["C1", "C2", "C4"]
    )
    return Q(Exists(known)) | (Q(widened__isnull=False) & Q(Exists(others)))


def second_for_allegation(member: Member) -> Q:
    """Approvals about an allegation on whose list a member is."""
    listed = models.Case.objects.filter(cases_with(member, "R"), pk=OuterRef("about_id"))
    return Q(Exists(listed))


def second_for_file(member: Member) -> Q:
    """Approvals about a child's file, for who knows of children's concerns; never one of theirs.

    What it asks about an adult here is nothing, so that it tells nobody of an allegation (R15).
    """
    free = ~Q(about_id__in=member.tied_to.children) & ~_names_in_file(member)
    knows = {scope for one in "RS" for scope in access.scopes(member.roles, "C1", one)}
    if "t" in knows:
        return free
    return free & Q(widened__isnull=False) if _is_asked_last(member) else Q(pk__in=[])


def may_take(member: Member, copy: PaperCopy) -> bool:
    """Whoever asked for a paper takes it, while they may still give it out."""
    if copy.made_by_id != member.pk:
        return False
    if copy.case is not None:
        return may_print(member, copy.case)
    return copy.child is not None and may_print_file(member, copy.child)


def _is_asked_last(member: Member) -> bool:
    """The committee lead and a confirmed officer from outside; the deputy manager with them."""
    return bool(member.roles & (LAST_ASKED | {Role.DEPUTY_MANAGER}) & FOUR_EYES)


def _names_in_file(member: Member) -> Q:
    """Children with a record, none of it about an adult here, that names the member or theirs."""
    named = models.Involvement.objects.filter(naming(member)).values("pk")
    theirs = models.Involvement.objects.filter(child=OuterRef("about_id"), in_error=False)
    guarded = Q(case__record_class="C3") | Q(concern__record_class="C3")
    guarded |= Q(concern__gathered__case__record_class="C3")
    cases = models.Case.objects.filter(naming_case(member)).exclude(record_class="C3")
    alone = models.Concern.objects.filter(involvements__in=named).exclude(record_class="C3")
    rows = theirs.exclude(guarded)
    return (
        Q(Exists(rows.filter(case__in=cases)))
        | Q(Exists(rows.filter(concern__gathered__case__in=cases)))
        | Q(Exists(rows.filter(concern__in=alone)))
    )
