"""People and places, one file for each."""

from .children import Carer, Child, Family, Room
from .members import Member, Relationship, RoleEnded, RoleHeld
from .settings import Group, OpeningHours, Setting, SettingRecord, Term
from .users import HeldForm, User

__all__ = [
    "Carer",
    "Child",
    "Family",
    "Group",
    "HeldForm",
    "Member",
    "OpeningHours",
    "Relationship",
    "RoleEnded",
    "RoleHeld",
    "Room",
    "Setting",
    "SettingRecord",
    "Term",
    "User",
]
