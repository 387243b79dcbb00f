"""To whom the pages are open that our messages lead to."""

from django.db.models import QuerySet

from safeguarding.notifications.reach import opens
from safeguarding.people.models import Member

from .models import Agreement, GrantEnded, Signature
from .permissions import may_keep, switches_off


def _ended(member: Member) -> QuerySet[GrantEnded]:
    rows = GrantEnded.objects.readable_by(member).exclude(grant__member=member.pk)
    return rows if switches_off(member) else rows.none()


opens("agreements:everyone", may_keep)
opens("agreements:sign", Agreement.objects.readable_by, "agreement_id")
opens("agreements:receipt", Signature.objects.readable_by, "signature_id")
opens("agreements:switch_off", _ended, "ended_id")
