"""Papers: of a case, or of the file of one child, for one recipient and one purpose, agreed by two (R23)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from foundation.codes import readable_code
from foundation.errors import RuleBroken
from foundation.keyrings import give_keyring
from safeguarding.approvals.actions import ask
from safeguarding.approvals.kinds import Arguments
from safeguarding.approvals.models import Approval
from safeguarding.approvals.spending import spend
from safeguarding.audit.models import Entry as Line
from safeguarding.audit.state import is_whole
from safeguarding.audit.trail import record
from safeguarding.concerns import seals
from safeguarding.concerns.models import Case, PaperCopy, PaperCopyPart
from safeguarding.concerns.papers import case as whole_case
from safeguarding.concerns.papers import child as childs_file
from safeguarding.concerns.papers.content import Content, digest_of
from safeguarding.concerns.papers.hiding import Names
from safeguarding.concerns.papers.stamp import stamped
from safeguarding.concerns.permissions import may_print, may_print_file, may_take
from safeguarding.people.models import Child, Member
from safeguarding.people.permissions import require

TAKEN_WITHIN = timedelta(hours=72)
MORE_WRITTEN = (
    "Since this was asked for, more was written. Ask again, so that the second person says yes to what "
    "goes out now. Nothing was given out."
)
NOTHING_THERE = (
    "There is nothing in this file that you may give out, so no paper was asked for. Others may hold more "
    "of it than you can see: do not say that there is nothing."
)


@dataclass(frozen=True)
class Printed:
    """A paper that may now be set: the row that says so, and everything that stands on it."""

    copy: PaperCopy
    content: Content


@transaction.atomic
def ask_to_print_case(
    *, by: Member, case: Case, recipient: str, purpose: str, with_readers: bool = False
) -> Approval:
    """Ask to give out a whole case. Another person says yes to this recipient, purpose and content."""
    require(may_print, by, case)
    _say_for_whom_and_why(recipient, purpose)
    _only_of_a_whole_record(by)
    give_keyring([case], by.keyring)
    seals.refuse_closed(case, by)
    seals.ready(case, by)
    content = whole_case.content_of(case, readers_for=by if with_readers else None)
    said = _of_case(case, recipient, purpose, content, with_readers=with_readers)
    approval = ask(
        by=by, kind="print_case", arguments=said, about_id=case.pk, sealed_with=case.text_key()
    )
    record("case.print_asked", case, by=by, approval=str(approval.pk))
    return approval


@transaction.atomic
def ask_to_print_file(
    *, by: Member, child: Child, recipient: str, purpose: str, hidden: Sequence[str] = ()
) -> Approval:
    """Ask to give out one child's file, with the given names blacked out. Another person says yes."""
    require(may_print_file, by, child)
    _say_for_whom_and_why(recipient, purpose)
    _only_of_a_whole_record(by)
    file = childs_file.ChildsFile(child, by, capability="X")
    if not file.items:
        raise RuleBroken(NOTHING_THERE)
    content = childs_file.content_of(file, Names(hidden))
    said = _of_file(child, recipient, purpose, content, hidden)
    approval = ask(by=by, kind="print_childs_file", arguments=said, about_id=child.pk)
    record("child.print_asked", child, by=by, approval=str(approval.pk))
    return approval


@transaction.atomic
def print_case(
    *,
    by: Member,
    case: Case,
    recipient: str,
    purpose: str,
    with_readers: bool = False,
    approval: Approval,
) -> PaperCopy:
    """Make a paper of a whole case, for a recipient and a purpose that another person said yes to."""
    require(may_print, by, case)
    _only_of_a_whole_record(by)
    give_keyring([case], by.keyring)
    seals.refuse_closed(case, by)
    seals.ready(case, by)
    content = whole_case.content_of(case, readers_for=by if with_readers else None)
    said = _of_case(case, recipient, purpose, content, with_readers=with_readers)
    _same_as_asked(approval, said)
    spend(approval, by=by, kind="print_case", arguments=said)
    copy = PaperCopy.objects.create(
        setting=case.setting,
        code=readable_code(),
        case=case,
        recipient=recipient,
        purpose=purpose,
        digest=digest_of(content),
        made_by=by,
        approval=approval,
    )
    PaperCopyPart.objects.create(setting=case.setting, copy=copy, case=case)
    record("case.printed", case, by=by, copy=str(copy.pk), digest=copy.digest)
    return copy


@transaction.atomic
def print_childs_file(
    *,
    by: Member,
    child: Child,
    recipient: str,
    purpose: str,
    hidden: Sequence[str] = (),
    approval: Approval,
) -> PaperCopy:
    """Make a paper of one child's file, with the given names blacked out, as another person agreed to."""
    require(may_print_file, by, child)
    _only_of_a_whole_record(by)
    file = childs_file.ChildsFile(child, by, capability="X")
    content = childs_file.content_of(file, Names(hidden))
    said = _of_file(child, recipient, purpose, content, hidden)
    _same_as_asked(approval, said)
    spend(approval, by=by, kind="print_childs_file", arguments=said)
    copy = PaperCopy.objects.create(
        setting=child.setting,
        code=readable_code(),
        child=child,
        recipient=recipient,
        purpose=purpose,
        digest=digest_of(content),
        hidden=list(hidden),
        made_by=by,
        approval=approval,
    )
    PaperCopyPart.objects.bulk_create(_parts(copy, file))
    record("child.file_printed", child, by=by, copy=str(copy.pk), digest=copy.digest)
    return copy


@transaction.atomic
def take_paper(*, by: Member, copy: PaperCopy) -> Printed:
    """Take a paper that was agreed to: within 72 hours, and only as long as nothing more was written."""
    require(may_take, by, copy)
    _only_of_a_whole_record(by)
    if copy.created_at < timezone.now() - TAKEN_WITHIN:
        raise RuleBroken("This paper was agreed to more than 72 hours ago. Ask for it again.")
    content = _content_now(copy, by)
    if digest_of(content) != copy.digest:
        raise RuleBroken(MORE_WRITTEN)
    record("paper.taken", copy, by=by)
    return Printed(copy, stamped(content, copy, _line_of(copy).link))


def _content_now(copy: PaperCopy, by: Member) -> Content:
    if copy.case is not None:
        give_keyring([copy.case], by.keyring)
        with_readers = bool(copy.approval.arguments["with_readers"])
        return whole_case.content_of(copy.case, readers_for=by if with_readers else None)
    if copy.child is None:
        raise LookupError(f"Paper {copy.pk} is of nothing.")
    file = childs_file.ChildsFile(copy.child, by, capability="X")
    return childs_file.content_of(file, Names(copy.hidden))


def _line_of(copy: PaperCopy) -> Line:
    """What the trail says of its making."""
    rows = Line.objects.filter(
        setting_id=copy.setting_id,
        subject_id__in=[one for one in (copy.case_id, copy.child_id) if one],
        event__in=["case.printed", "child.file_printed"],
    )
    return next(one for one in rows.order_by("-at") if one.details["copy"] == str(copy.pk))


def _of_case(
    case: Case, recipient: str, purpose: str, content: Content, *, with_readers: bool
) -> Arguments:
    """All that will be given out of a case, as the second person says yes to it."""
    return {
        "case": str(case.pk),
        "recipient": recipient,
        "purpose": purpose,
        "with_readers": with_readers,
        "content": digest_of(content),
    }


def _of_file(
    child: Child, recipient: str, purpose: str, content: Content, hidden: Sequence[str]
) -> Arguments:
    return {
        "child": str(child.pk),
        "recipient": recipient,
        "purpose": purpose,
        "hidden": list(hidden),
        "content": digest_of(content),
    }


def _same_as_asked(approval: Approval, said: Arguments) -> None:
    if approval.arguments.get("content") != said["content"]:
        raise RuleBroken(MORE_WRITTEN)


def _parts(copy: PaperCopy, file: childs_file.ChildsFile) -> list[PaperCopyPart]:
    cases = [PaperCopyPart(setting=copy.setting, copy=copy, case=one) for one in file.cases]
    alone = [one for one in file.concerns if not hasattr(one, "gathered")]
    return cases + [PaperCopyPart(setting=copy.setting, copy=copy, concern=one) for one in alone]


def _say_for_whom_and_why(recipient: str, purpose: str) -> None:
    if not recipient.strip() or not purpose.strip():
        raise RuleBroken("Say who gets this copy and why. Nothing was printed.")


def _only_of_a_whole_record(by: Member) -> None:
    """What is given out must be what was written. Filing and reading go on."""
    if not is_whole(by.setting_id):
        raise RuleBroken(
            "The record was found not to be whole, so no paper of it can be given out until that is "
            "cleared up. Nothing was printed. The manager and the committee lead were told."
        )
