"""People and places, one file for each."""

from .absences import Absence, AbsenceEnded
from .children import Carer, CarerEnded, Child, Family, Room
from .glass import BreakGlass, BreakGlassReview
from .imports import Import, ImportAsked, ImportColumns, ImportDone, ImportStopped, ImportText
from .keypairs import KeyCopy, PersonKey, PersonKeyConfirmed, RecordKey, SettingKey, copies_of
from .members import Member
from .posts import RoleConfirmed, RoleEndConfirmed, RoleEnded, RoleHeld, RoleTakenEarly
from .preferences import Preference
from .sent import SentForm
from .settings import EarlierAbout, Group, OpeningHours, Setting, SettingRecord, Term
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
    "EarlierAbout",
    "Family",
    "Group",
    "HeldForm",
    "Import",
    "ImportAsked",
    "ImportColumns",
    "ImportDone",
    "ImportStopped",
    "ImportText",
    "KeyCopy",
    "Member",
    "OpeningHours",
    "PersonKey",
    "PersonKeyConfirmed",
    "Preference",
    "RecordKey",
    "Relationship",
    "RelationshipConfirmed",
    "RelationshipEnded",
    "RoleConfirmed",
    "RoleEndConfirmed",
    "RoleEnded",
    "RoleHeld",
    "RoleTakenEarly",
    "Room",
    "SentForm",
    "Setting",
    "SettingKey",
    "SettingRecord",
    "Term",
    "User",
    "copies_of",
]
