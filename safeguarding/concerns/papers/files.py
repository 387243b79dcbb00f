"""The files of cases, listed for paper: what each is called, not what it holds; never with pictures."""

from collections.abc import Collection

from django.template.defaultfilters import filesizeformat

from foundation.errors import RuleBroken
from foundation.templatetags.uk import uk_datetime
from safeguarding.concerns.models import Case, CaseFile
from safeguarding.documents import files
from safeguarding.procedures.models import Run

from .hiding import Hide

FROZEN = "Frozen: nobody opens it"
DESTROYED = "Destroyed as the police instructed"
DAMAGED = "Cannot be read"
KINDS = {"pdf": "PDF", "txt": "Text", "eml": "E-mail", "docx": "Word document"}


def listed(cases: Collection[Case], hide: Hide) -> list[list[str]]:
    """Name, kind, size, who added it when, and the digest. Two queries."""
    runs = Run.objects.filter(subject_id__in=[case.pk for case in cases])
    with_pictures = {run.subject_id for run in runs if run.definition.imagery}
    taking = [case for case in cases if case.record_class != "C4" and case.pk not in with_pictures]
    rows = CaseFile.objects.filter(entry__case__in=taking).select_related(
        "file", "frozen", "entry__written_by__user"
    )
    return [_line(row, hide) for row in rows.order_by("created_at")]


def _line(row: CaseFile, hide: Hide) -> list[str]:
    stored = row.file
    kind = KINDS.get(stored.kind, stored.kind)
    size = filesizeformat(stored.size).replace("\xa0", " ")
    by = f"{row.entry.writer}, {uk_datetime(row.created_at)}"
    return [hide(stored.name), kind, size, by, _state(row)]


def _state(row: CaseFile) -> str:
    """SHA-256 of the content; of what is frozen nothing is worked out (rule R34)."""
    if row.file.destroyed_at:
        return DESTROYED
    if hasattr(row, "frozen"):
        return FROZEN
    try:
        return files.digest_of(row.file)
    except RuleBroken:
        return DAMAGED
