"""What can be done about duties: give one's word on one, ask for one, and make a pack."""

from .packs import Made, make_pack, open_pack
from .words import ask_for_word, attest, deny, escalate_words, keep_clocks

__all__ = [
    "Made",
    "ask_for_word",
    "attest",
    "deny",
    "escalate_words",
    "keep_clocks",
    "make_pack",
    "open_pack",
]
