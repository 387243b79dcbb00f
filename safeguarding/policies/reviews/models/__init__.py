"""Reviews of policies. Each thing that happens in one is a row of its own, written once."""

from .cycle import (
    KnownReview,
    RequestDecision,
    Review,
    ReviewOutcome,
    ReviewRequest,
    ReviewTask,
    ReviewTaskDone,
    TechnicalChange,
    Why,
)
from .voices import Voice, VoiceAnswer, WayIn, WayInClosed

__all__ = [
    "KnownReview",
    "RequestDecision",
    "Review",
    "ReviewOutcome",
    "ReviewRequest",
    "ReviewTask",
    "ReviewTaskDone",
    "TechnicalChange",
    "Voice",
    "VoiceAnswer",
    "WayIn",
    "WayInClosed",
    "Why",
]
