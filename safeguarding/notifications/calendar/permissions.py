"""Who may have a calendar."""

from safeguarding.people.models import Member


def may_have_calendar(member: Member) -> bool:
    """Everyone with a role here may have their own dates as a calendar."""
    return bool(member.roles)
