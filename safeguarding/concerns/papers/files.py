"""The files of cases, listed for paper: what each is called, not what it holds; never with pictures."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef
from django.template.defaultfilters import filesizeformat

from foundation.errors import RuleBroken
from foundation.keyrings import Unreadable, give_keyring, keyring_of
from foundation.templatetags.uk import uk_datetime
from safeguarding.concerns.models import Case, CaseFile, FileFrozen
from safeguarding.documents import files
from safeguarding.procedures.models import Run

from .hiding import Hide, of_ours

FROZEN = "Frozen: nobody opens it"
DESTROYED = "Destroyed as the police instructed"
DAMAGED = "Cannot be read"
KINDS = {"pdf": "PDF", "txt": "Text", "eml": "E-mail", "docx": "Word document"}


def listed(cases: Collection[Case], hide: Hide) -> list[list[str]]:
    """Name, kind, size, who added it when, and the digest: each file opens as its case does. Two queries."""
    runs = Run.objects.filter(subject_id__in=[case.pk for case in cases])
    with_pictures = {run.subject_id for run in runs if run.definition.imagery}
    taking = [case for case in cases if case.record_class != "C4" and case.pk not in with_pictures]
    frozen = FileFrozen.objects.standing().filter(case_file=OuterRef("pk"))
    rows = CaseFile.objects.filter(entry__case__in=taking).annotate(is_frozen=Exists(frozen))
    beside = rows.select_related("file", "entry__written_by__user").order_by("created_at")
    by_id = {case.pk: case for case in taking}
    for row in beside:
        give_keyring([row], keyring_of(by_id[row.entry.case_id]))
    kept = [(row, bool(getattr(row, "is_frozen"))) for row in beside]  # noqa: B009  annotated
    return [_line(row, hide, is_frozen=is_frozen) for row, is_frozen in kept]


def _line(row: CaseFile, hide: Hide, *, is_frozen: bool) -> list[str]:
    stored = row.file
    kind = KINDS.get(stored.kind, stored.kind)
    size = filesizeformat(stored.size).replace("\xa0", " ")
    by = f"{of_ours(row.entry.writer, hide)}, {uk_datetime(row.created_at)}"
    return [hide(stored.name), kind, size, by, _state(row, is_frozen=is_frozen)]


def _state(row: CaseFile, *, is_frozen: bool) -> str:
    """SHA-256 of the content; of what is frozen nothing is worked out (rule R34)."""
    if row.file.destroyed_at:
        return DESTROYED
    if is_frozen:
        return FROZEN
    if isinstance(row.file.wrapped_key, Unreadable):
        return row.file.wrapped_key
    try:
        return files.digest_of(row.file)
    except RuleBroken:
        return DAMAGED
