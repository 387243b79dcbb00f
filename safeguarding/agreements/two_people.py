"""What of ours takes two people: putting an agreement into force, and giving administration."""

from datetime import date

from safeguarding.approvals.kinds import Kind, Said, takes_two
from safeguarding.approvals.models import Approval
from safeguarding.people.models import Member

from . import actions
from .kinds import KINDS
from .models import Agreement
from .permissions import second_for_access, second_for_agreement


def _agreement(approval: Approval) -> Agreement:
    rows = Agreement.objects.select_related("setting", "written_by__user")
    return rows.get(pk=approval.about_id)


def _page(approval: Approval) -> str:
    return approval.setting.link_to("agreements:sign", approval.about_id)


def _says_publish(approval: Approval, member: Member) -> Said:  # noqa: ARG001  the same for all
    one = _agreement(approval)
    begins = date.fromisoformat(str(approval.arguments["in_force_from"]))
    lines = [
        ("What comes into force", f"{one.title}, version {one.number}"),
        ("Who is asked to sign it", one.get_audience_display()),
        ("From", f"{begins:%-d %B %Y}"),
        ("Written by", one.written_by.display_name),
        ("Digest of its wording", one.digest),
    ]
    return Said(lines, _page(approval))


def _publish(approval: Approval, asker: Member) -> None:
    begins = date.fromisoformat(str(approval.arguments["in_force_from"]))
    agreement = _agreement(approval)
    actions.publish(by=asker, agreement=agreement, in_force_from=begins, approval=approval)


takes_two(
    "publish_agreement",
    Kind("Put an agreement into force", second_for_agreement, _says_publish, _publish, _page),
)


def _to(approval: Approval) -> Member:
    return Member.objects.select_related("user", "setting").get(pk=approval.about_id)


def _says_give(approval: Approval, member: Member) -> Said:  # noqa: ARG001  the same for all
    said = approval.arguments
    lines = [
        ("What is given", KINDS[str(said["kind"])].title),
        ("To whom", _to(approval).display_name),
        ("Asked for by", approval.asked_by.display_name),
    ]
    lines += [(name, str(said[key])) for name, key in MORE if said[key]]
    return Said(lines)


def _give(approval: Approval, asker: Member) -> None:
    said = approval.arguments
    actions.give_access(
        by=asker,
        to=_to(approval),
        kind=str(said["kind"]),
        what=str(said["what"]),
        note=str(said["note"]),
        approval=approval,
    )


MORE = [("Which one", "what"), ("Note", "note")]
takes_two(
    "give_access",
    Kind(
        "Give access that takes two people",
        second_for_access,
        _says_give,
        _give,
        lambda one: one.setting.link_to("agreements:access"),
    ),
)
