"""What of the keys takes two people: who can open the records, and the key itself (rule R23)."""

from foundation import slots
from safeguarding.approvals.kinds import Kind, Said, takes_two
from safeguarding.approvals.models import Approval
from safeguarding.people.models import Member

from . import actions
from .permissions import second_for_keys


def _says_let_in(approval: Approval, member: Member) -> Said:  # noqa: ARG001  the same for all
    slot = slots.Slot.model_validate_json(str(approval.arguments["slot"]))
    who = f"{slot.holder}, with a passphrase of their own"
    return Said([("Who can unlock the records then", who)])


def _says_end(approval: Approval, member: Member) -> Said:  # noqa: ARG001  the same for all
    who = f"{approval.arguments['holder']}, also if they change their passphrase meanwhile"
    return Said([("Who cannot unlock the records then", who)])


def _says_sheets(approval: Approval, member: Member) -> Said:  # noqa: ARG001  the same for all
    number = str(approval.arguments["set"])
    lines = [
        ("What opens the records then", f"The new recovery sheets, set {number}, any two of three"),
        ("For", "\n".join(actions.KEEPERS)),
        ("Look first", f"Are all three printed, and does each say set {number} at the top?"),
        ("What ends", "Older sheets open nothing any more. Until your yes they still do."),
    ]
    return Said(lines)


def _says_away(approval: Approval, member: Member) -> Said:  # noqa: ARG001  the same for all
    lines = [
        ("What ends", "The key file beside the records. It is deleted; its copies open them still"),
        ("What opens the records then", _all(approval)),
    ]
    return Said(lines)


def _says_change(approval: Approval, member: Member) -> Said:  # noqa: ARG001  the same for all
    lines = [
        ("What happens", "The records get a new key. Everybody unlocks and signs in again"),
        ("What opens the records then, as before", _all(approval)),
    ]
    return Said(lines)


def _all(approval: Approval) -> str:
    listed = approval.arguments["ways"]
    return "\n".join(listed) if isinstance(listed, list) else ""


def _let_in(approval: Approval, asker: Member) -> None:
    actions.let_in(by=asker, slot=str(approval.arguments["slot"]), approval=approval)


def _end(approval: Approval, asker: Member) -> None:
    slot = str(approval.arguments["slot"])
    actions.end_passphrase(by=asker, slot_id=slot, approval=approval)


def _sheets(approval: Approval, asker: Member) -> None:
    said = approval.arguments
    actions.use_sheets(
        by=asker, number=str(said["set"]), recovery=str(said["recovery"]), approval=approval
    )


def _away(approval: Approval, asker: Member) -> None:
    actions.put_key_file_away(by=asker, approval=approval)


def _change(approval: Approval, asker: Member) -> None:
    actions.change_key(by=asker, approval=approval)


def _page(approval: Approval) -> str:
    return approval.setting.link_to("lock:keys")


for _name, _title, _says, _run in (
    ("let_in", "Let somebody unlock the records", _says_let_in, _let_in),
    ("end_passphrase", "Take somebody’s passphrase away", _says_end, _end),
    ("use_sheets", "Use new recovery sheets", _says_sheets, _sheets),
    ("put_key_away", "Put the key file away", _says_away, _away),
    ("change_key", "Change the key of the records", _says_change, _change),
):
    takes_two(_name, Kind(_title, second_for_keys, _says, _run, _page, alone=True))
