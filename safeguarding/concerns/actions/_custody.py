"""What the actions on devices in custody share. Only they use it."""

from foundation.errors import RuleBroken
from safeguarding.concerns.models import CustodyItem, Entry, Handover
from safeguarding.notifications.clocks import stop_clocks
from safeguarding.people.models import Member

from ._writing import hold, write_entry

QUARANTINED = (
    "This device is in quarantine until the police advise. Record what the police said, who said it, "
    "when and under which reference; then it can go back. It may go to the police at any time."
)
IS_OVER = "This device is no longer in our custody. Nothing was changed."


def in_custody(item: CustodyItem) -> CustodyItem:
    """The item, held until the commit, so that two people never act on it at once."""
    locked = held(item)
    if not locked.is_in_custody:
        raise RuleBroken(IS_OVER)
    return locked


def held(item: CustodyItem) -> CustodyItem:
    """The item, also one that is gone. Its case first: whoever guards that as imagery holds it so as well."""
    hold(item.case)
    return CustodyItem.objects.select_for_update(no_key=True).get(pk=item.pk)


def stop(item: CustodyItem, key: str | None = None) -> None:
    stop_clocks(setting_id=item.setting_id, subject_id=item.pk, key=key)
    if not item.is_in_custody:
        stop_clocks(setting_id=item.setting_id, subject_id=item.case.pk, key=f"kept/{item.pk}")
        stop_holders_clock(item)


def stop_holders_clock(item: CustodyItem) -> None:
    """Somebody who is here has it now, or nobody of ours: see `_holders`."""
    stop_clocks(setting_id=item.setting_id, subject_id=item.case.pk, key=f"holder/{item.pk}")


def write(item: CustodyItem, by: Member, text: str, handover: Handover | None = None) -> None:
    """A line in the chronology of its case while that is open; the custody log stands in any case."""
    case = item.case
    hold(case)
    if not case.is_open:
        return
    details = [("Custody number", item.number)]
    if handover:
        details += [("Place", handover.place), ("Bag or seal", handover.seal)]
    kept = [pair for pair in details if pair[1]]
    write_entry(case, Entry.Kind.CUSTODY, by=by, text=text, details=kept)
