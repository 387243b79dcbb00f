"""Making papers: a case, or the file of one child, for one recipient and one purpose."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from foundation.codes import readable_code
from foundation.encrypted import give_keyring
from foundation.errors import RuleBroken
from foundation.templatetags.uk import uk_datetime
from safeguarding.audit.models import Entry as Line
from safeguarding.audit.state import is_whole
from safeguarding.audit.trail import record
from safeguarding.concerns import seals
from safeguarding.concerns.models import Case, PaperCopy, PaperCopyPart
from safeguarding.concerns.papers import case as whole_case
from safeguarding.concerns.papers import child as childs_file
from safeguarding.concerns.papers.content import Content, digest_of
from safeguarding.concerns.papers.hiding import Names
from safeguarding.concerns.permissions import may_print, may_print_file
from safeguarding.people.models import Child, Member
from safeguarding.people.permissions import require


@dataclass(frozen=True)
class Printed:
    """A paper that may now be set: the row that says so, and everything that stands on it."""

    copy: PaperCopy
    content: Content


@transaction.atomic
def print_case(
    *, by: Member, case: Case, recipient: str, purpose: str, with_readers: bool = False
) -> Printed:
    """Make a paper of a whole case, for a recipient and a purpose."""
    require(may_print, by, case)
    _say_for_whom_and_why(recipient, purpose)
    _only_of_a_whole_record(by)
    give_keyring([case], by.keyring)
    seals.refuse_closed(case, by)
    seals.ready(case, by)
    content = whole_case.content_of(case, readers=with_readers)
    copy = PaperCopy.objects.create(
        setting=case.setting,
        code=readable_code(),
        case=case,
        recipient=recipient,
        purpose=purpose,
        digest=digest_of(content),
        made_by=by,
    )
    PaperCopyPart.objects.create(setting=case.setting, copy=copy, case=case)
    line = record("case.printed", case, by=by, copy=str(copy.pk), digest=copy.digest)
    return Printed(copy, _stamped(content, copy, by, line))


@transaction.atomic
def print_childs_file(
    *, by: Member, child: Child, recipient: str, purpose: str, hidden: Sequence[str] = ()
) -> Printed:
    """Make a paper of one child's file, with the given names blacked out, for a recipient and a purpose."""
    require(may_print_file, by, child)
    _say_for_whom_and_why(recipient, purpose)
    _only_of_a_whole_record(by)
    file = childs_file.ChildsFile(child, by, capability="X")
    content = childs_file.content_of(file, Names(hidden))
    copy = PaperCopy.objects.create(
        setting=child.setting,
        code=readable_code(),
        child=child,
        recipient=recipient,
        purpose=purpose,
        digest=digest_of(content),
        hidden=list(hidden),
        made_by=by,
    )
    PaperCopyPart.objects.bulk_create(_parts(copy, file))
    line = record("child.file_printed", child, by=by, copy=str(copy.pk), digest=copy.digest)
    return Printed(copy, _stamped(content, copy, by, line))


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


def _stamped(content: Content, copy: PaperCopy, by: Member, line: Line) -> Content:
    """The content, with what stands on each page. The trail is named by its link, never by a count."""
    return {
        **content,
        "copy": copy.code,
        "recipient": copy.recipient,
        "purpose": copy.purpose,
        "printed": f"{uk_datetime(timezone.localtime(copy.created_at))} by {by.display_name}",
        "digest": copy.digest,
        "trail": line.link,
    }
