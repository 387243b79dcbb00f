"""What can be done with agreements and access, one file for each."""

from .asking import ask_to_sign, tell_of_open_end, tell_of_unsigned
from .giving import ask_for_access, end_access, give_access, run_out, switch_off
from .signing import Sheet, accept, destroy_scan, go_on, read_scan, refuse, withdraw, write_down
from .writing import ask_to_publish, publish, write_agreement, write_questions

__all__ = [
    "Sheet",
    "accept",
    "ask_for_access",
    "ask_to_publish",
    "ask_to_sign",
    "destroy_scan",
    "end_access",
    "give_access",
    "go_on",
    "publish",
    "read_scan",
    "refuse",
    "run_out",
    "switch_off",
    "tell_of_open_end",
    "tell_of_unsigned",
    "withdraw",
    "write_agreement",
    "write_down",
    "write_questions",
]
