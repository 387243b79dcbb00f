"""For the real actions: one yes is used once, for exactly what was asked for."""

from foundation.errors import RuleBroken
from safeguarding.people.models import Member

from .kinds import Arguments, digest_of
from .models import Approval, Spent


def spend(approval: Approval, *, by: Member, kind: str, arguments: Arguments) -> None:
    """Use the yes that another person said to exactly this; refuse without one, or when it is used."""
    approval = locked(approval)
    exactly = digest_of(kind, by.setting_id, arguments)
    if not approval.is_given or approval.asked_by_id != by.pk or approval.digest != exactly:
        raise RuleBroken("This takes a second person, and nobody has said yes to exactly this.")
    if Spent.objects.filter(approval=approval).exists():
        raise RuleBroken("This was done already. Ask for it again if it is needed once more.")
    Spent.objects.create(setting=approval.setting, approval=approval)


def locked(approval: Approval) -> Approval:
    """The row anew; the second of two who answer it waits here."""
    rows = Approval.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("asked_by__user", "setting").get(pk=approval.pk)
