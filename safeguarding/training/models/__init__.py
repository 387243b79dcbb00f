"""What people learn here, what they have learnt, and what new colleagues are shown."""

from .induction import Induction, InductionItem, InductionLeftOut, ItemDone, ItemSigned
from .records import (
    Attendance,
    AttendanceConfirmed,
    AttendanceCorrected,
    Certificate,
    Training,
    TrainingTopic,
)
from .reminders import Reminder
from .topics import OwnTopic, Requirement

__all__ = [
    "Attendance",
    "AttendanceConfirmed",
    "AttendanceCorrected",
    "Certificate",
    "Induction",
    "InductionItem",
    "InductionLeftOut",
    "ItemDone",
    "ItemSigned",
    "OwnTopic",
    "Reminder",
    "Requirement",
    "Training",
    "TrainingTopic",
]
