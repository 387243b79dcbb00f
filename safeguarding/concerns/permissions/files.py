"""Who may open files of a case, freeze one, and be the second person to its end. Deny wins (rule R3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from safeguarding.concerns import models
from safeguarding.people.one_person import is_one_person
from safeguarding.people.roles import Role

from .cases import cases_with, may_decide_on, naming_case

if TYPE_CHECKING:
    from safeguarding.concerns.models import CaseFile, Destruction, FileFrozen
    from safeguarding.people.models import Member


CHOOSE_PICTURES = frozenset({Role.LEAD, Role.MANAGER})


def may_choose_pictures(member: Member) -> bool:
    """The lead and the manager choose whether cases about children take photographs."""
    return bool(member.roles & CHOOSE_PICTURES)


def may_read_file(member: Member, case_file: CaseFile) -> bool:
    """Whoever reads a case reads its files."""
    return type(case_file).objects.readable_by(member).filter(pk=case_file.pk).exists()


def may_freeze(member: Member, case_file: CaseFile) -> bool:
    """Whoever leads a case freezes a file of it, alone and at once (rule R24)."""
    return may_decide_on(member, case_file.entry.case)


def may_ask_to_thaw(member: Member, frozen: FileFrozen) -> bool:
    """Whoever leads the case asks for a file frozen by mistake to be opened again; another says yes."""
    return may_freeze(member, frozen.case_file)


def frozen_readable_by(member: Member) -> Q:
    """Who leads the case of a frozen file; the committee lead too, but where it is about an adult here."""
    cases = Q(pk__in=models.Case.objects.filter(cases_with(member, "D")).values("pk"))
    if Role.COMMITTEE_LEAD in member.roles:
        cases |= ~Q(record_class="C3") & ~naming_case(member)
    found = models.Case.objects.filter(cases, setting=member.setting_id)
    return Q(setting=member.setting_id, case_file__entry__case__in=found.values("pk"))


def may_see_frozen(member: Member, frozen: FileFrozen) -> bool:
    """Whoever is told that a file was frozen sees how it stands: what the police said, not what it is."""
    return type(frozen).objects.readable_by(member).filter(pk=frozen.pk).exists()


def may_ask_to_destroy(member: Member, frozen: FileFrozen) -> bool:
    """Whoever leads the case records what the police instructed."""
    return may_decide_on(member, frozen.case_file.entry.case)


def may_approve_destruction(member: Member, asked: Destruction) -> bool:
    """Another who is told of it, not whoever recorded it (rule R23)."""
    return not is_one_person(member, asked.by) and may_see_frozen(member, asked.frozen)


def may_decline_destruction(member: Member, asked: Destruction) -> bool:
    """Whoever is told of it says no; whoever recorded it takes it back in the same way."""
    return may_see_frozen(member, asked.frozen)
