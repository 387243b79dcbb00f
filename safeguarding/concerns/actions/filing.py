"""Adding a file to a case, and reading it, where the case takes files at all (rule R33)."""

from django.db import transaction

from foundation.errors import RuleBroken
from foundation.keyrings import give_keyring
from safeguarding.audit.trail import record
from safeguarding.concerns import seals
from safeguarding.concerns.models import Case, CaseFile, Entry, FileFrozen, FilesCleared
from safeguarding.concerns.permissions import may_decide_on, may_read_file, may_write_on
from safeguarding.documents import files
from safeguarding.people.models import Member
from safeguarding.people.permissions import require

from ._writing import Happened, write_entry

TAKES_NONE = (
    "This case takes no file, because it is or may be about a picture of a child. Nothing was kept. "
    "Leave the file where it is, do not copy it or send it on, and write down what you were told."
)
FROZEN = (
    "This file is frozen: nobody opens it, and nobody deletes it. Do not look for another copy of it. "
    "What to do now, and what the police said, stands on its page, under its line in the chronology."
)
NOT_CLEARED = (
    "This case has come to be about a picture of a child, so the files it had before stay closed. "
    "They open again once somebody who leads the case has recorded that none of them holds such a "
    "picture. If one may, open nothing and call the police on 101."
)


@transaction.atomic
def add_file(
    *,
    by: Member,
    case: Case,
    name: str,
    content: bytes,
    text: str,
    happened_at: Happened = None,
) -> CaseFile:
    """Add a letter or paper to a case, encrypted with a key of its own. Never where pictures may come."""
    require(may_write_on, by, case)
    locked = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    if not locked.takes_files:
        raise RuleBroken(TAKES_NONE)
    entry = write_entry(case, Entry.Kind.FILE, by=by, text=text, happened_at=happened_at)
    pictures = locked.takes_pictures
    sealed_with = case.text_key()
    stored = files.keep(case.setting, name, content, pictures=pictures, sealed_with=sealed_with)
    added = CaseFile.objects.create(setting=case.setting, entry=entry, file=stored)
    record("case.file_added", case, by=by, file=str(stored.pk), kind=stored.kind, size=stored.size)
    return added


@transaction.atomic
def read_file(*, by: Member, case_file: CaseFile) -> bytes:
    """Open a file of a case. The trail says who did."""
    require(may_read_file, by, case_file)
    case = Case.objects.get(pk=case_file.entry.case_id)
    if FileFrozen.objects.standing().filter(case_file=case_file).exists():
        raise RuleBroken(FROZEN)
    if not case.takes_files and not case.files_cleared.exists():
        raise RuleBroken(NOT_CLEARED)
    give_keyring([case_file.file], by.keyring)
    content = files.read(case_file.file)
    record("file.read", case_file, by=by, case=str(case.pk))
    return content


@transaction.atomic
def clear_files(*, by: Member, case: Case, reason: str) -> FilesCleared:
    """Record that the files a case had before it was about pictures hold no such picture."""
    require(may_decide_on, by, case)
    if Case.objects.get(pk=case.pk).takes_files:
        raise RuleBroken("The files of this case are not closed, so there is nothing to say here.")
    if not reason.strip():
        raise RuleBroken("Write how you know, without opening them.")
    seals.ready(case, by)
    cleared = FilesCleared.objects.create(
        setting=case.setting, case=case, reason=reason, cleared_by=by
    )
    write_entry(case, Entry.Kind.NOTE, by=by, text=f"The files hold no such picture: {reason}")
    record("case.files_cleared", case, by=by)
    return cleared
