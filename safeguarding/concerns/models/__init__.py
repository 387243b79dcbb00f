"""Reports, the cases they become, and everything written down on a case."""

from .cases import Case, Closure, NeedToKnow, NeedToKnowEnded, Reclassification, Reopening
from .concerns import (
    Addendum,
    Concern,
    Gathered,
    NotTakenForward,
    Reading,
    Recipient,
    Undecided,
)
from .entries import (
    ActionDone,
    Decision,
    Entry,
    ParentsInformed,
    Referral,
    ReferralReply,
    ReviewAction,
    Support,
)
from .involvements import Involvement
from .origins import Origin
from .prints import PaperCopy, PaperCopyPart

__all__ = [
    "ActionDone",
    "Addendum",
    "Case",
    "Closure",
    "Concern",
    "Decision",
    "Entry",
    "Gathered",
    "Involvement",
    "NeedToKnow",
    "NeedToKnowEnded",
    "NotTakenForward",
    "Origin",
    "PaperCopy",
    "PaperCopyPart",
    "ParentsInformed",
    "Reading",
    "Recipient",
    "Reclassification",
    "Referral",
    "ReferralReply",
    "Reopening",
    "ReviewAction",
    "Support",
    "Undecided",
]
