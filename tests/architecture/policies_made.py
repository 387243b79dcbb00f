"""Policies in every state that an address of theirs needs."""

from demo.cast import Nursery
from foundation.models import Record
from safeguarding.policies.actions import (
    Part,
    add_alias,
    adopt_duties,
    begin_draft,
    propose,
    write_version,
)
from safeguarding.policies.adopting import Take
from safeguarding.policies.importing.reading import from_words
from safeguarding.policies.models import Policy, PolicyVersion

ONE = Part("1", "What it is for", "Keeping children safe.")
DUTY = "OSP-1-01"


def version(
    at: Nursery, title: str = "Bikes policy", policy: Policy | None = None
) -> PolicyVersion:
    """A policy of one clause."""
    made = PolicyVersion.Made.IMPORTED
    return write_version(by=at.dana, title=title, parts=[ONE], made=made, policy=policy)


def of_policies(at: Nursery) -> tuple[dict[str, Record], dict[str, dict[str, str]]]:
    """A record for each kind of id, and what single addresses need instead."""
    found = version(at)
    newer = version(at, "Bikes and scooters policy", found.policy)
    brought = from_words("# Trips\n\n1. Aims\n\n1.1 We go. We come back.\n\n1.2 We count.\n")
    records: dict[str, Record] = {
        "version_id": found,
        "policy_id": found.policy,
        "alias_id": add_alias(by=at.dana, policy=found.policy, name="Wheels policy"),
        "draft_id": begin_draft(by=at.dana, brought=brought),
    }
    special = {
        "policies:differences": {"version_id": str(newer.pk), "older": "1"},
        "policies:answer": {"version_id": str(_proposed(at).pk)},
        "policies:withdraw": {"version_id": str(_proposed(at).pk)},
        "policies:accept_loss": {"version_id": str(_losing(at).pk), "duty_id": DUTY},
    }
    return records, special


def _proposed(at: Nursery) -> PolicyVersion:
    """One that waits for the committee."""
    waits = version(at, f"Snack policy {PolicyVersion.objects.count()}")
    propose(by=at.dana, version=waits, approvers=[at.cleo, at.omar])
    return waits


def _losing(at: Nursery) -> PolicyVersion:
    """One that lacks a clause which holds a duty."""
    found = version(at, "Water policy")
    adopt_duties(by=at.dana, takes=[Take(DUTY, found.policy, "9.9")])
    return found
