"""What can be done with agreements and access, one file for each."""

from .asking import ask_to_sign, tell_of_unsigned
from .signing import Sheet, accept, go_on, refuse, withdraw, write_down
from .writing import ask_to_publish, publish, write_agreement

__all__ = [
    "Sheet",
    "accept",
    "ask_to_publish",
    "ask_to_sign",
    "go_on",
    "publish",
    "refuse",
    "tell_of_unsigned",
    "withdraw",
    "write_agreement",
    "write_down",
]
