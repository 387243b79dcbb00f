"""The posts people hold. One person may hold several; each has a start and may have an end."""

from django.db import models


class Role(models.TextChoices):
    LEAD = "lead", "Designated safeguarding lead"
    DEPUTY = "deputy", "Deputy safeguarding lead"
    MANAGER = "manager", "Manager"
    DEPUTY_MANAGER = "deputy_manager", "Deputy manager"
    COMMITTEE_LEAD = "committee_lead", "Committee lead for safeguarding"
    COMMITTEE = "committee", "Committee member"
    PRACTITIONER = "practitioner", "Practitioner"
    TECHNICAL = "technical", "Technical support"
    PARENT = "parent", "Parent or carer"
    VOLUNTEER = "volunteer", "Volunteer"
    CONTRACTOR = "contractor", "Contractor"
    GROUP_OFFICER = "group_officer", "Group officer"


LEADS = frozenset({Role.LEAD, Role.DEPUTY})
LEADERSHIP = LEADS | {Role.MANAGER, Role.DEPUTY_MANAGER}
STAFF = LEADERSHIP | {Role.COMMITTEE_LEAD, Role.COMMITTEE, Role.PRACTITIONER, Role.TECHNICAL}
TEMPORARY = frozenset({Role.VOLUNTEER, Role.CONTRACTOR})  # these always have an end date
AT_WORK = STAFF | TEMPORARY  # adults whom a child may meet here
READS_CASES = LEADERSHIP | {Role.COMMITTEE_LEAD, Role.GROUP_OFFICER}  # they need a second factor
CONFIRMS = LEADERSHIP | {Role.COMMITTEE_LEAD}  # the second person where one alone is not enough
FOUR_EYES = READS_CASES  # one person gives or ends these roles, another confirms it
BREAKS_GLASS = frozenset({Role.DEPUTY, Role.MANAGER})  # an hour with one child's concerns (R21)
REVIEWS_GLASS = frozenset({Role.LEAD, Role.MANAGER, Role.COMMITTEE_LEAD})
