"""Letters to and from whoever told us without an account, as lines of the case. Only actions use it.

They belong to the report. Once it is part of a case, whoever reads the case reads them in its chronology,
also when it is closed: what a worried person writes is never turned away. When it is taken out of that
case, they leave it too.
"""

from collections.abc import Iterable
from datetime import datetime

from foundation.errors import RuleBroken
from foundation.keyrings import Unreadable, give_keyring
from safeguarding.concerns import seals
from safeguarding.concerns.models import Addendum, Case, Concern, Entry
from safeguarding.people.models import Member

Line = tuple[datetime, Member | None, str]


def put_on_case(concern: Concern, at: datetime, by: Member | None, text: str) -> None:
    """Put what was written just now on the case of a report, if it is part of one."""
    # Whoever takes the report into a case holds this row: one of the two sees what the other did.
    Concern.objects.select_for_update(no_key=True).get(pk=concern.pk)
    case = Case.objects.filter(gathered__concern=concern).first()
    if case is not None:
        seals.ready(case, by)
        _write(case, concern, [(at, by, text)])


def bring_along(concern: Concern, case: Case, by: Member) -> None:
    """When a report becomes part of a case, what was written to and fro before comes with it.

    Raises RuleBroken where the report is sealed, and `by` has not opened what is sealed.
    """
    to_them = [*concern.letters.select_related("written_by"), *concern.notes.all()]
    lines: list[Line] = [(one.created_at, one.written_by, one.text) for one in to_them]
    if concern.told_as:
        again = list(Addendum.objects.filter(concern=concern, added_by=None))
        give_keyring(again, by.keyring)
        for one in again:
            if isinstance(one.text, Unreadable):
                raise RuleBroken(f"Nothing was changed. {one.text}")
        lines += [(one.created_at, None, one.text) for one in again]
    _write(case, concern, sorted(lines, key=lambda line: line[0]))


def _write(case: Case, concern: Concern, lines: Iterable[Line]) -> None:
    Entry.objects.bulk_create(
        Entry(
            setting_id=case.setting_id,
            case=case,
            kind=Entry.Kind.LETTER if by else Entry.Kind.TOLD_AGAIN,
            written_by=by,
            text=text,
            happened_at=at,
            created_at=at,
            of_report=concern,
        )
        for at, by, text in lines
    )
