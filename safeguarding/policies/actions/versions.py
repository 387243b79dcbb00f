"""Writing a policy down, as its next version. It never moves again."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.text import slugify

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.people.turns import take_turn
from safeguarding.policies.models import Clause, Policy, PolicyVersion, digest_of
from safeguarding.policies.permissions import may_write

NAME_TAKEN = (
    "You have a policy of this name already. Nothing was saved, and your work is kept. Save it as a new "
    "version of that policy, or under another title."
)
LONGEST_SLUG = 60


@dataclass(frozen=True)
class Part:
    """One clause as an importer or the builder gives it, in reading order."""

    number: str
    heading: str
    text: str
    level: int = 1
    is_ours: bool = False  # the number is not printed: it was counted


@transaction.atomic
def write_version(
    *,
    by: Member,
    title: str,
    parts: Sequence[Part],
    made: PolicyVersion.Made,
    policy: Policy | None = None,
    change_note: str = "",
    source_sha256: str = "",
) -> PolicyVersion:
    """Write a policy down as its next version, or as the first of a new policy. It counts when adopted."""
    require(may_write, by)
    if not parts:
        raise RuleBroken("There is no clause in it yet. A policy needs at least one.")
    take_turn(by.setting_id)
    policy = policy or _new_policy(by, title)
    newest = policy.versions.order_by("-number").values_list("number", flat=True).first() or 0
    clauses = [Clause(setting=by.setting, position=i, **asdict(one)) for i, one in enumerate(parts)]
    version = PolicyVersion.objects.create(
        setting=by.setting,
        policy=policy,
        number=newest + 1,
        title=title,
        made=made,
        change_note=change_note,
        source_sha256=source_sha256,
        digest=digest_of(title, clauses),
        written_by=by,
    )
    for one in clauses:
        one.version = version
    Clause.objects.bulk_create(clauses)
    record("policy.written", version, by=by, number=version.number, digest=version.digest)
    return version


def _new_policy(by: Member, title: str) -> Policy:
    slug = _slug_of(title)
    if Policy.objects.filter(setting=by.setting_id, slug=slug).exists():
        raise RuleBroken(NAME_TAKEN)
    return Policy.objects.create(setting=by.setting, slug=slug)


def _slug_of(title: str) -> str:
    """The title as it may stand in the name of a file. Titles that differ late have different ones too."""
    words = slugify(title)
    if words and len(words) <= LONGEST_SLUG:
        return words
    mark = hashlib.sha256((words or title.casefold()).encode()).hexdigest()[:8]
    return f"{words[: LONGEST_SLUG - 9] or 'policy'}-{mark}"
