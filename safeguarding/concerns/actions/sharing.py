"""Giving those who may read a sealed record a key to it."""

from django.db import transaction

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.concerns import seals
from safeguarding.concerns.models import Case, Concern
from safeguarding.concerns.permissions import may_share
from safeguarding.people.models import Member
from safeguarding.people.permissions import require

CLOSED = "Enter your passphrase first: only somebody who can open a record shares it. Nothing was changed."


@transaction.atomic
def share_record(*, by: Member, of: Case | Concern) -> int:
    """Seal what `by` can open to everyone else who may read it and has a key. How many copies were made."""
    require(may_share, by, of)
    if not by.keyring.is_open:
        raise RuleBroken(CLOSED)
    made = seals.share(of, by)
    record("sealed.shared", of, by=by, copies=made)
    return made
