"""What is kept of policies. Each file is one matter."""

from safeguarding.policies.builder.models import PolicyAnswers

from .committee import AcceptedLoss, NamedApprover, Proposal, ProposalAnswer, ProposalQuerySet
from .drafts import Draft, DraftQuerySet, DraftState
from .policies import (
    Adoption,
    Alias,
    AliasQuerySet,
    Clause,
    DutyAdoption,
    Policy,
    PolicyQuerySet,
    PolicyVersion,
    PolicyVersionQuerySet,
    digest_of,
)

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
    "NamedApprover",
    "Policy",
    "PolicyAnswers",
    "PolicyQuerySet",
    "PolicyVersion",
    "PolicyVersionQuerySet",
    "Proposal",
    "ProposalAnswer",
    "ProposalQuerySet",
    "digest_of",
]
