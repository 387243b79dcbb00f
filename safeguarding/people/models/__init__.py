"""People and places, one file for each."""

from .absences import Absence, AbsenceEnded
from .children import Carer, CarerEnded, Child, Family, Room
from .glass import BreakGlass, BreakGlassReview
from .imports import Import, ImportAsked, ImportColumns, ImportDone, ImportStopped, ImportText
from .members import Member
from .posts import RoleConfirmed, RoleEndConfirmed, RoleEnded, RoleHeld
from .preferences import Preference
from .settings import Group, OpeningHours, Setting, SettingRecord, Term
from .ties import Relationship, RelationshipConfirmed, RelationshipEnded
from .users import HeldForm, User

__all__ = [
    "Absence",
    "AbsenceEnded",
    "BreakGlass",
    "BreakGlassReview",
    "Carer",
    "CarerEnded",
    "Child",
    "Family",
    "Group",
    "HeldForm",
    "Import",
    "ImportAsked",
    "ImportColumns",
    "ImportDone",
    "ImportStopped",
    "ImportText",
    "Member",
    "OpeningHours",
    "Preference",
    "Relationship",
    "RelationshipConfirmed",
    "RelationshipEnded",
    "RoleConfirmed",
    "RoleEndConfirmed",
    "RoleEnded",
    "RoleHeld",
    "Room",
    "Setting",
    "SettingRecord",
    "Term",
    "User",
]
