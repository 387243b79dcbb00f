"""Everything that can be done to concerns and cases. Nothing else writes to these tables."""

from ._writing import StepRef
from .access import (
    end_need_to_know,
    let_know,
    name_person,
    reclassify_case,
    rename_case,
    say_named_in_error,
)
from .allegations import start_allegation
from .aside import ask_to_set_aside, set_aside_procedure
from .casework import (
    add_entry,
    conclude,
    correct_entry,
    decide,
    give_support,
    inform_parents,
    record_marks,
    record_reply,
    refer,
)
from .closing import ask_to_close, close_case, complete_action, reopen_case
from .coming import shut_out_account
from .custody import (
    Device,
    Receiver,
    accept_handover,
    close_offer,
    offer_handover,
    settle_with_device,
    take_into_custody,
)
from .describing import describe_device
from .devices import see_to_left_devices
from .errors import say_recorded_in_error
from .escalation import (
    escalate_case_clock,
    escalate_glass,
    escalate_handover,
    escalate_undecided,
    escalate_unread,
)
from .filing import add_file, clear_files, read_file
from .freezing import (
    approve_destruction,
    ask_to_destroy,
    ask_to_thaw,
    decline_destruction,
    freeze_file,
    see_frozen,
    thaw_file,
)
from .glass import break_glass, review_glass
from .keeping import keep_on, lift_quarantine, record_destroyed
from .mistaken import ask_to_end_custody, end_custody_by_mistake
from .naming import name_in_report, say_report_names_in_error
from .no_picture import ask_to_say_no_picture, say_no_picture
from .outside import add_from_outside, file_from_outside, tell_of_held_back
from .pictures import choose_pictures
from .printing import (
    Printed,
    ask_to_print_case,
    ask_to_print_file,
    print_case,
    print_childs_file,
    take_paper,
)
from .reading import tell_of_readings
from .replying import reply_to_reporter, write_letter
from .reporting import add_to_report, file_report, read_concern
from .settling import hand_on, hand_on_offers, keep_led
from .sharing import share_record
from .steps import answer_step, leave_out, record_details, review_handling, start_procedure
from .taking_out import take_out
from .technical import confirm_technical_step
from .triage import gather, open_case, put_aside
from .work import hand_work_over, keep_work, take_work

__all__ = [
    "Device",
    "Printed",
    "Receiver",
    "StepRef",
    "accept_handover",
    "add_entry",
    "add_file",
    "add_from_outside",
    "add_to_report",
    "answer_step",
    "approve_destruction",
    "ask_to_close",
    "ask_to_destroy",
    "ask_to_end_custody",
    "ask_to_print_case",
    "ask_to_print_file",
    "ask_to_say_no_picture",
    "ask_to_set_aside",
    "ask_to_thaw",
    "break_glass",
    "choose_pictures",
    "clear_files",
    "close_case",
    "close_offer",
    "complete_action",
    "conclude",
    "confirm_technical_step",
    "correct_entry",
    "decide",
    "decline_destruction",
    "describe_device",
    "end_custody_by_mistake",
    "end_need_to_know",
    "escalate_case_clock",
    "escalate_glass",
    "escalate_handover",
    "escalate_undecided",
    "escalate_unread",
    "file_from_outside",
    "file_report",
    "freeze_file",
    "gather",
    "give_support",
    "hand_on",
    "hand_on_offers",
    "hand_work_over",
    "inform_parents",
    "keep_led",
    "keep_on",
    "keep_work",
    "leave_out",
    "let_know",
    "lift_quarantine",
    "name_in_report",
    "name_person",
    "offer_handover",
    "open_case",
    "print_case",
    "print_childs_file",
    "put_aside",
    "read_concern",
    "read_file",
    "reclassify_case",
    "record_destroyed",
    "record_details",
    "record_marks",
    "record_reply",
    "refer",
    "rename_case",
    "reopen_case",
    "reply_to_reporter",
    "review_glass",
    "review_handling",
    "say_named_in_error",
    "say_no_picture",
    "say_recorded_in_error",
    "say_report_names_in_error",
    "see_frozen",
    "see_to_left_devices",
    "set_aside_procedure",
    "settle_with_device",
    "share_record",
    "shut_out_account",
    "start_allegation",
    "start_procedure",
    "take_into_custody",
    "take_out",
    "take_paper",
    "take_work",
    "tell_of_held_back",
    "tell_of_readings",
    "thaw_file",
    "write_letter",
]
