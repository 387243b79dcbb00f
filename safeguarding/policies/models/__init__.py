"""What is kept of policies. Each file is one matter."""

from .committee import AcceptedLoss, NamedApprover, Proposal, ProposalAnswer, ProposalQuerySet
from .drafts import Draft, DraftQuerySet, DraftState
from .policies import (
    Adoption,
    Alias,
    AliasQuerySet,
    Clause,
    DutyAdoption,
    DutyAdoptionQuerySet,
    PlannedDuty,
    Policy,
    PolicyQuerySet,
    PolicyVersion,
    PolicyVersionQuerySet,
    SavedByMistake,
    digest_of,
)

# isort: split
from safeguarding.policies.builder.models import PolicyAnswers, PolicyAnswersQuerySet
from safeguarding.policies.reviews import models as reviews  # noqa: F401  its records are of this app

__all__ = [
    "AcceptedLoss",
    "Adoption",
    "Alias",
    "AliasQuerySet",
    "Clause",
    "Draft",
    "DraftQuerySet",
    "DraftState",
    "DutyAdoption",
    "DutyAdoptionQuerySet",
    "NamedApprover",
    "PlannedDuty",
    "Policy",
    "PolicyAnswers",
    "PolicyAnswersQuerySet",
    "PolicyQuerySet",
    "PolicyVersion",
    "PolicyVersionQuerySet",
    "Proposal",
    "ProposalAnswer",
    "ProposalQuerySet",
    "SavedByMistake",
    "digest_of",
]
