"""The wall between settings, for what is tied together."""

from foundation.errors import RuleBroken
from safeguarding.people.models import Child, Family, Member, Room


def check_here(by: Member, *records: Child | Family | Member | Room | None) -> None:
    """Nothing of another setting may be tied to this one; the pages never offer it."""
    if any(one is not None and one.setting_id != by.setting_id for one in records):
        raise RuleBroken("That belongs to another setting.")
