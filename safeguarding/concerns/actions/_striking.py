"""Writing that an entry was recorded in error, with the step that it settled. Only actions use it."""

from safeguarding.concerns.models import Case, Entry
from safeguarding.people.models import Member
from safeguarding.procedures.actions import take_step_back

from ._writing import follow, write_entry


def strike(case: Case, entry: Entry, *, by: Member, reason: str) -> Entry:
    """From now on it does not count: the step that it settled is owed again."""
    said = write_entry(case, Entry.Kind.IN_ERROR, by=by, text=reason, corrects=entry.pk)
    if entry.outcome:
        take_step_back(by=by, leads=True, outcome=entry.outcome)
        follow(case, entry.outcome.run)
    return said
