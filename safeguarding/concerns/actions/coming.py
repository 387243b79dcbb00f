"""Somebody comes to hold a role, with an account beside one that a record names."""

from django.db import transaction

from safeguarding.audit.trail import System, record
from safeguarding.concerns import seals
from safeguarding.concerns.models import Involvement
from safeguarding.people.models import Member

from ._accounts import said_of_other_accounts


@transaction.atomic
def shut_out_account(*, by: System, member: Member) -> None:
    """Shut this account out of whatever names another account of the same person (R10)."""
    for row in said_of_other_accounts(member):
        about = row.concern or row.case
        if about is not None:
            seals.ready(about)
            said = {"concern": row.concern, "case": row.case, "part": row.part}
            named = Involvement.objects.create(setting_id=row.setting_id, member=member, **said)
            seals.close_to(about)
            record("account.shut_out", about, by=by, involvement=str(named.pk))
