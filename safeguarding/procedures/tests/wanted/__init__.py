"""What the two policies and today's guidance ask of each procedure, written down by hand.

A definition may say more; it may not say less.
"""

from . import adults, allegations, children, data, devices, first, pictures
from .allegations import LAW_ASKS, NOT_OWED
from .first import ALWAYS
from .rows import Wanted

MORE: dict[str, Wanted] = {
    **children.WANTED,
    **pictures.WANTED,
    **adults.WANTED,
    **allegations.WANTED,
    **devices.WANTED,
    **data.WANTED,
}
WANTED = first.WANTED | {name: one.steps for name, one in MORE.items()}
AT_ONCE = first.AT_ONCE | {name: one.at_once for name, one in MORE.items()}
RULES = first.RULES | {name: one.rules for name, one in MORE.items()}
WAITS = first.WAITS | {
    (name, step): waits for name, one in MORE.items() for step, waits in one.waits.items()
}
NEVER = first.NEVER | {name: one.never for name, one in MORE.items()}
SERVES = first.SERVES | {name: one.serves for name, one in MORE.items()}
STARTS = first.STARTS | {name: one.starts for name, one in MORE.items() if one.starts}
APART = {name: one.apart for name, one in MORE.items() if one.apart}
OUTCOMES = {name: one.outcomes for name, one in MORE.items() if one.outcomes}
CLASSES = first.CLASSES | {name: one.record_class for name, one in MORE.items()}
IMAGERY = {"nude-image"} | {name for name, one in MORE.items() if one.imagery}

__all__ = [
    "ALWAYS",
    "APART",
    "AT_ONCE",
    "CLASSES",
    "IMAGERY",
    "LAW_ASKS",
    "NEVER",
    "NOT_OWED",
    "OUTCOMES",
    "RULES",
    "SERVES",
    "STARTS",
    "WAITS",
    "WANTED",
]
