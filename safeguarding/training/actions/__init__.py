"""Everything that changes about training: ask, change, record, tell."""

from .awareness import answer_activity, correct_answer, plan_activity
from .giving import give_register
from .induction import (
    begin_induction,
    begin_inductions_due,
    leave_out_inductions,
    say_ticked_by_mistake,
    show_items,
    sign_items,
    take_what_is_done_elsewhere,
)
from .own_items import add_item, change_item, retire_item
from .recording import (
    add_certificate,
    confirm_attendance,
    correct_attendance,
    destroy_certificate,
    read_certificate,
    record_own,
    record_training,
)
from .reminding import remind, tell_of_late_induction, tell_of_late_role
from .requirements import (
    add_topic,
    ask_of_role,
    change_topic,
    leave_out_for_role,
    remove_topic,
    take_back_requirement,
)

__all__ = [
    "add_certificate",
    "add_item",
    "add_topic",
    "answer_activity",
    "ask_of_role",
    "begin_induction",
    "begin_inductions_due",
    "change_item",
    "change_topic",
    "confirm_attendance",
    "correct_answer",
    "correct_attendance",
    "destroy_certificate",
    "give_register",
    "leave_out_for_role",
    "leave_out_inductions",
    "plan_activity",
    "read_certificate",
    "record_own",
    "record_training",
    "remind",
    "remove_topic",
    "retire_item",
    "say_ticked_by_mistake",
    "show_items",
    "sign_items",
    "take_back_requirement",
    "take_what_is_done_elsewhere",
    "tell_of_late_induction",
    "tell_of_late_role",
]
