"""Everything that can be done to concerns and cases. Nothing else writes to these tables."""

from ._writing import StepRef
from .access import end_need_to_know, let_know, name_person, reclassify_case
from .allegations import start_allegation
from .casework import (
    add_entry,
    conclude,
    correct_entry,
    decide,
    give_support,
    inform_parents,
    record_reply,
    refer,
)
from .closing import close_case, complete_action, reopen_case
from .escalation import escalate_case_clock, escalate_undecided, escalate_unread
from .reporting import add_to_report, file_report, read_concern
from .settling import hand_on
from .steps import answer_step, leave_out, record_details, review_handling, start_procedure
from .technical import confirm_technical_step
from .triage import gather, open_case, put_aside

__all__ = [
    "StepRef",
    "add_entry",
    "add_to_report",
    "answer_step",
    "close_case",
    "complete_action",
    "conclude",
    "confirm_technical_step",
    "correct_entry",
    "decide",
    "end_need_to_know",
    "escalate_case_clock",
    "escalate_undecided",
    "escalate_unread",
    "file_report",
    "gather",
    "give_support",
    "hand_on",
    "inform_parents",
    "leave_out",
    "let_know",
    "name_person",
    "open_case",
    "put_aside",
    "read_concern",
    "reclassify_case",
    "record_details",
    "record_reply",
    "refer",
    "reopen_case",
    "review_handling",
    "start_allegation",
    "start_procedure",
]
