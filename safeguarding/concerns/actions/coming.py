"""Somebody comes to hold a role of whom a record speaks already: by another account, or in writing."""

from django.db import transaction

from safeguarding.audit.trail import System, record
from safeguarding.concerns import seals
from safeguarding.concerns.models import Involvement
from safeguarding.people.models import Member

from ._accounts import said_of_them_before


@transaction.atomic
def shut_out_account(*, by: System, member: Member) -> None:
    """Shut this account out of whatever names the same person by another one, or by their name (R10)."""
    for row in said_of_them_before(member):
        about = row.concern or row.case
        if about is not None:
            seals.ready(about)
            said = {"concern": row.concern, "case": row.case, "part": row.part}
            named = Involvement.objects.create(setting_id=row.setting_id, member=member, **said)
            seals.close_to(about)
            record("account.shut_out", about, by=by, involvement=str(named.pk))
