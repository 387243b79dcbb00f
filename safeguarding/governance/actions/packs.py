"""Making a pack for an inspection."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.governance.models import Pack
from safeguarding.governance.pack import Content, content, digest_of
from safeguarding.governance.permissions import may_make_pack
from safeguarding.people.models import Member
from safeguarding.people.permissions import require


class Made(NamedTuple):
    """A pack on record, and what goes into it."""

    pack: Pack
    content: Content


@transaction.atomic
def make_pack(*, by: Member, as_of: datetime, form: str, recipient: str) -> Made:
    """Put on record that a pack is made: as of when, for whom, in which form, and its content's digest."""
    require(may_make_pack, by)
    collected = content(by.setting, as_of)
    if not collected["clauses"]:
        raise RuleBroken("Your setting had taken on no duty by then, so there is nothing to show.")
    pack = Pack.objects.create(
        setting=by.setting,
        as_of=as_of,
        form=form,
        recipient=recipient,
        digest=digest_of(collected),
        made_by=by,
    )
    record("pack.made", pack, by=by, form=form, as_of=as_of.isoformat(), digest=pack.digest)
    return Made(pack, collected)
