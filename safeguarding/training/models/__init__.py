"""What people learn here, what they have learnt, and what new colleagues are shown."""

from .awareness import Activity, ActivityAnswer, Reaches
from .induction import (
    Induction,
    InductionItem,
    InductionLeftOut,
    ItemDone,
    ItemSigned,
    TickedByMistake,
)
from .own_items import OwnItem
from .records import (
    Attendance,
    AttendanceConfirmed,
    AttendanceCorrected,
    Certificate,
    Training,
    TrainingTopic,
)
from .reminders import Reminder
from .topics import OwnTopic, Requirement, RequirementTakenBack

__all__ = [
    "Activity",
    "ActivityAnswer",
    "Attendance",
    "AttendanceConfirmed",
    "AttendanceCorrected",
    "Certificate",
    "Induction",
    "InductionItem",
    "InductionLeftOut",
    "ItemDone",
    "ItemSigned",
    "OwnItem",
    "OwnTopic",
    "Reaches",
    "Reminder",
    "Requirement",
    "RequirementTakenBack",
    "TickedByMistake",
    "Training",
    "TrainingTopic",
]
