"""When what was begun or recorded by mistake may be set aside, and in which words it may not."""

from collections.abc import Sequence

from safeguarding.procedures.models import Outcome, Run

from . import kinds
from .models import Case, Concern, CustodyEnd, CustodyItem, Entry

CLOSED = "This case is closed. Reopen it first, saying why."
OF_AN_ADULT = (
    "A record about an adult who works or helps here keeps its procedures. Carry out the steps, and say in "
    "each that nothing was found, where that is so."
)
ALREADY = "This procedure is set aside already. Nothing was changed."
DONE = (
    "Something was done in it: “{}” If that was a slip, say in the chronology that it was recorded in error, "
    "then ask again. If it was done, go on with the procedure."
)
THE_ONLY_ONE = (
    "This is the only procedure that the case follows. Start the right one first, under “Follow a further "
    "procedure”. Then set this one aside."
)
BEGUN_BY_A_STEP = (
    "A step of “{}” begins this procedure, and that step was done. If that was a slip, say so of the step in "
    "the chronology, then ask again."
)
A_PICTURE_REPORTED = (
    "A report in this case is about what this procedure is for, a picture of a child. So it is followed. If "
    "the report belongs elsewhere, take it out of this case first."
)
GUARDED_FOR_A_PICTURE = (
    "This case is guarded as one about a picture of a child, not only because of this procedure. So one for "
    "pictures is followed. Start the right one for pictures first. Then set this one aside."
)
NOT_HERE = "This device is no longer in our custody. Nothing was changed."
HANDED_OVER = (
    "This device was handed over, and a second person said so: it was with us. Where it is to go, hand it "
    "over to the police or back to its owner."
)
NOT_ITSELF = (
    "Choose another device, of this case or of one you lead, that was not recorded by mistake itself. "
    "Nothing was changed."
)
WENT_BACK = (
    "The other one went back to its owner, and this one is in quarantine. Ask the police first, and record "
    "here what they advise. Nothing was changed."
)


def why_device_kept(item: CustodyItem) -> str:
    """Why a device cannot be said to be recorded by mistake, and what to do instead; empty where it can."""
    if not item.is_in_custody:
        return NOT_HERE
    if not item.case.is_open:
        return CLOSED
    return HANDED_OVER if item.now.number > 1 else ""


def why_not_the_same(item: CustodyItem, other: CustodyItem) -> str:
    """Why a device cannot be the one with another number; empty where it can."""
    if other.pk == item.pk or other.by_mistake:
        return NOT_ITSELF
    back = any(one.kind == CustodyEnd.Kind.OWNER for one in other.ends.all())
    advised = hasattr(getattr(other, "quarantine", None), "lifted")
    return WENT_BACK if back and item.is_quarantined and not advised else ""


def because_it_follows(title: str) -> str:
    """Why a case is guarded more closely once it follows a procedure, as the record has it."""
    return f"It follows: {title}"


def as_it_began(title: str) -> str:
    """How the chronology begins to say that a procedure was started later than the case."""
    return f"Started: {title}."


def why_kept(case: Case, run: Run) -> str:
    """Why a procedure cannot be set aside, and what to do instead; empty where it can."""
    all_of_it = list(case.runs)
    mine = next(one for one in all_of_it if one.pk == run.pk)
    others = [one for one in all_of_it if one.pk != run.pk and not one.set_aside]
    return (
        _for_the_case(case)
        or _for_what_was_done(mine)
        or ("" if others else THE_ONLY_ONE)
        or _for_another(mine, others)
        or (_for_a_picture(case, all_of_it, mine, others) if mine.definition.imagery else "")
    )


def _for_the_case(case: Case) -> str:
    if not case.is_open:
        return CLOSED
    return OF_AN_ADULT if case.record_class == "C3" else ""


def _for_what_was_done(run: Run) -> str:
    if run.set_aside:
        return ALREADY
    return DONE.format(run.first_done.do) if run.first_done else ""


def _for_another(run: Run, others: Sequence[Run]) -> str:
    """Whether a step of another procedure asks for this one: it would have begun it."""
    for other in others:
        done = {row.step for row in other.settled if row.how == Outcome.How.DONE}
        if any(run.definition_id in other.definition.by_id[one].starts for one in done):
            return BEGUN_BY_A_STEP.format(other.title)
    return ""


def _for_a_picture(case: Case, runs: Sequence[Run], run: Run, others: Sequence[Run]) -> str:
    """Where there may be a picture of a child, a procedure for pictures is followed."""
    reports = Concern.objects.filter(gathered__case=case).values_list("kind", "record_class")
    if any(kind == run.definition_id for kind, _ in reports):
        return A_PICTURE_REPORTED
    if any(one.definition.imagery for one in others):
        return ""
    reported = any(kinds.is_imagery(kind) or guarded == "C4" for kind, guarded in reports)
    return GUARDED_FOR_A_PICTURE if reported or _is_guarded_by_hand(case, runs) else ""


def _is_guarded_by_hand(case: Case, runs: Sequence[Run]) -> bool:
    """Whether somebody said by hand that it is about a picture; no procedure alone did."""
    if case.record_class != "C4":
        return False
    change = case.reclassifications.filter(changed_to="C4").order_by("-created_at").first()
    if change is not None:
        return change.reason not in {because_it_follows(one.title) for one in runs}
    # From the beginning: by a procedure it was opened with, or by the hand of whoever opened it.
    notes = [one.text for one in case.entries.filter(kind=Entry.Kind.NOTE)]
    later = {one.pk for one in runs for text in notes if text.startswith(as_it_began(one.title))}
    return not any(one.definition.imagery and one.pk not in later for one in runs)
