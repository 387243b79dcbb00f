"""Making a pack for an inspection."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.documents import files
from safeguarding.governance.models import Pack, PackPaper
from safeguarding.governance.pack import Content, content, digest_of
from safeguarding.governance.papers.tasks import set_pack
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
    if form == Pack.Form.PDF:
        paper = PackPaper.objects.create(setting=by.setting, pack=pack, content=collected)
        set_pack.enqueue(str(by.setting_id), str(paper.pk))
    record("pack.made", pack, by=by, form=form, as_of=as_of.isoformat(), digest=pack.digest)
    return Made(pack, collected)


@transaction.atomic
def open_pack(*, by: Member, paper: PackPaper) -> bytes:
    """Give out the PDF of a pack. Who did stays on record."""
    require(may_make_pack, by)
    if paper.file is None:
        raise RuleBroken("It is not ready yet. Look at its page again in a moment.")
    content = files.read(paper.file)
    record("pack.opened", paper.pack, by=by)
    return content
