"""Reports, the cases they become, and everything written down on a case."""

from ._sealing import OfSealable
from .cases import Case, Closure, Reopening
from .concerns import Addendum, Concern, Reading, Recipient
from .custody import CaseItem, CustodyItem, Handover
from .entries import (
    Decision,
    Entry,
    ParentsInformed,
    Support,
)
from .files import CaseFile, FilesCleared, PicturesChoice
from .freezing import Destruction, DestructionDeclined, FileFrozen, FileThawed
from .guarding import Reclassification
from .holding import asked_of, held_by, of_cases_naming
from .involvements import InErrorOnCase, Involvement, NamedInError
from .keeping import CustodyEnd, DeviceCorrected, KeptOn, Quarantine, QuarantineLifted
from .marks import BodyMark
from .need_to_know import NeedToKnow, NeedToKnowEnded
from .offers import Offer, OfferClosed
from .origins import Origin
from .outcomes import Gathered, NotTakenForward, TakenOut, Undecided
from .prints import PaperCopy, PaperCopyPart
from .prompts import PolicyPrompt
from .referrals import Referral, ReferralReply
from .replies import Letter, ReporterNote
from .review_actions import ActionDone, ReviewAction
from .work import HandedCase, HandedReport, WorkHandover, WorkKept, WorkTaken

__all__ = [
    "ActionDone",
    "Addendum",
    "BodyMark",
    "Case",
    "CaseFile",
    "CaseItem",
    "Closure",
    "Concern",
    "CustodyEnd",
    "CustodyItem",
    "Decision",
    "Destruction",
    "DestructionDeclined",
    "DeviceCorrected",
    "Entry",
    "FileFrozen",
    "FileThawed",
    "FilesCleared",
    "Gathered",
    "HandedCase",
    "HandedReport",
    "Handover",
    "InErrorOnCase",
    "Involvement",
    "KeptOn",
    "Letter",
    "NamedInError",
    "NeedToKnow",
    "NeedToKnowEnded",
    "NotTakenForward",
    "OfSealable",
    "Offer",
    "OfferClosed",
    "Origin",
    "PaperCopy",
    "PaperCopyPart",
    "ParentsInformed",
    "PicturesChoice",
    "PolicyPrompt",
    "Quarantine",
    "QuarantineLifted",
    "Reading",
    "Recipient",
    "Reclassification",
    "Referral",
    "ReferralReply",
    "Reopening",
    "ReporterNote",
    "ReviewAction",
    "Support",
    "TakenOut",
    "Undecided",
    "WorkHandover",
    "WorkKept",
    "WorkTaken",
    "asked_of",
    "held_by",
    "of_cases_naming",
]
