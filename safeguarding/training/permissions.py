"""Who may read and write what people have learnt. Everyone reads their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from safeguarding.audit.trail import System
from safeguarding.people.one_person import is_one_person
from safeguarding.people.permissions import has_capability
from safeguarding.people.roles import CONFIRMS, LEADERSHIP, Role

if TYPE_CHECKING:
    from safeguarding.people.models import Member

    from .models import Activity, Attendance, Certificate, Induction, Requirement

REMINDS = "training by the clock"


def may_have_training(member: Member) -> bool:
    """Everyone who works or helps here has a page of what they have learnt."""
    return has_capability(member, "C8", "R")


def may_see_everybody(member: Member) -> bool:
    """Leads, managers and the committee lead see what everybody here has learnt."""
    return bool(member.roles & CONFIRMS)


def may_record(member: Member) -> bool:
    """The lead, the deputies, the manager and their deputy write down what others learnt."""
    return bool(member.roles & LEADERSHIP)


def may_record_own(member: Member) -> bool:
    """Everyone who works or helps here writes down what they learnt themselves."""
    return may_have_training(member)


def may_take_register(member: Member, about: Member | None) -> bool:
    """A person takes their own lines; leads, managers and the committee lead take anybody’s here."""
    if about is None:
        return may_see_everybody(member)
    here = about.setting_id == member.setting_id
    return here and (about.pk == member.pk or may_see_everybody(member))


def may_set_requirements(member: Member) -> bool:
    """The lead and the manager say who needs to learn what."""
    return bool(member.roles & {Role.LEAD, Role.MANAGER})


def may_change_requirement(member: Member, requirement: Requirement) -> bool:
    """The lead and the manager take back what was to be asked from a later day on."""
    return requirement.setting_id == member.setting_id and may_set_requirements(member)


def may_confirm(member: Member, attendance: Attendance) -> bool:
    """A lead, a manager or the committee lead confirms what others learnt, by no account their own."""
    here = attendance.setting_id == member.setting_id and may_see_everybody(member)
    return here and not is_one_person(member, attendance.member)


def may_add_certificate(member: Member, attendance: Attendance) -> bool:
    """A person adds their own certificate; whoever records for others adds anybody’s here."""
    here = attendance.setting_id == member.setting_id
    return here and (attendance.member_id == member.pk or may_record(member))


def may_read_certificate(member: Member, certificate: Certificate) -> bool:
    """A person opens their own certificate; leads, managers and the committee lead open all here."""
    here = certificate.setting_id == member.setting_id
    return here and (certificate.attendance.member_id == member.pk or may_see_everybody(member))


def may_destroy_certificate(member: Member, certificate: Certificate) -> bool:
    """Whoever may take back what a file was added to takes back the file, if it is the wrong one."""
    return may_correct(member, certificate.attendance)


def may_answer_activity(member: Member, activity: Activity) -> bool:
    """Whoever records for others says how something on the plan went."""
    return activity.setting_id == member.setting_id and may_record(member)


def may_correct(member: Member, attendance: Attendance) -> bool:
    """Whoever records for others takes back a mistake; so does a person, of what nobody confirmed."""
    if attendance.setting_id != member.setting_id:
        return False
    own = attendance.member_id == member.pk
    return not hasattr(attendance, "confirmed") if own else may_record(member)


def may_lead_induction(member: Member, induction: Induction) -> bool:
    """The lead, the deputies and the managers lead a colleague’s induction, never their own."""
    here = induction.setting_id == member.setting_id
    return here and may_record(member) and induction.member_id != member.pk


def may_sign(member: Member, induction: Induction) -> bool:
    """The new colleague signs for themselves, and nobody does it for them."""
    return induction.member_id == member.pk


def may_begin_inductions(by: Member | System) -> bool:
    """Inductions begin by the clock when a role does; leads and managers begin one by hand."""
    return by.name == REMINDS if isinstance(by, System) else may_record(by)


def may_take_over(by: Member | System, induction: Induction) -> bool:
    """What is signed elsewhere is taken over by the clock, by who signed it, or by who leads it."""
    if isinstance(by, System):
        return by.name == REMINDS and by.setting_id == induction.setting_id
    return may_sign(by, induction) or may_lead_induction(by, induction)


def may_remind(by: System) -> bool:
    """Reminders go out by the clock."""
    return by.name == REMINDS


def may_escalate(by: System) -> bool:
    """What was not done in time is told by the clock."""
    return by.name == "escalation"


def topics_readable_by(member: Member) -> Q:
    """Everyone who works or helps here reads what is asked of whom."""
    return Q(setting=member.setting_id) if may_have_training(member) else Q(pk__in=[])


def attendances_readable_by(member: Member) -> Q:
    """One’s own; leads, managers and the committee lead read everybody’s."""
    here = Q(setting=member.setting_id)
    return here if may_see_everybody(member) else here & Q(member=member.pk)


def trainings_readable_by(member: Member) -> Q:
    """Those one was on the list of; leads, managers and the committee lead read all."""
    here = Q(setting=member.setting_id)
    return here if may_see_everybody(member) else here & Q(attendances__member=member.pk)


def inductions_readable_by(member: Member) -> Q:
    """One’s own; leads, managers and the committee lead read everybody’s."""
    return attendances_readable_by(member)
