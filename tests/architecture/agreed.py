"""Agreements and access, for the addresses that are tried. Nobody has to sign before they go on."""

from django.utils import timezone

from demo.cast import Nursery
from safeguarding.agreements import actions, papers
from safeguarding.agreements.audiences import Audience, ours
from safeguarding.agreements.models import Agreement, GrantEnded, Signature
from safeguarding.approvals.actions import approve


def signed(at: Nursery) -> Signature:
    """The agreement on social media, which shuts nobody out, signed on paper."""
    audience, today = Audience.SOCIAL_MEDIA, timezone.localdate()
    written = actions.write_agreement(by=at.dana, audience=audience, wording=ours(audience))
    approval = actions.ask_to_publish(by=at.dana, agreement=written, in_force_from=today)
    approve(by=at.morgan, approval=approval, seen=approval.digest)
    agreement = Agreement.objects.select_related("published", "setting").get(pk=written.pk)
    return actions.write_down(
        by=at.morgan,
        agreement=agreement,
        member=at.priya,
        answer=Signature.Answer.ACCEPTED,
        signed_on=today,
        sheet=actions.Sheet("sheet.pdf", papers.sheet(agreement)),
    )


def draft(at: Nursery) -> Agreement:
    """Written, and not in force."""
    wording = ours(Audience.COMMITTEE)
    return actions.write_agreement(by=at.dana, audience=Audience.COMMITTEE, wording=wording)


def access_ended(at: Nursery) -> GrantEnded:
    """Something that somebody had, and that is to be switched off."""
    grant = actions.give_access(by=at.morgan, to=at.priya, kind="computer", what="Tablet 1")
    return actions.end_access(by=at.morgan, grant=grant)
