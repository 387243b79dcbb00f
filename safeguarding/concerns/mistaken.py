"""When what was begun or recorded by mistake may be set aside, or a case be said to be about no picture."""

from collections.abc import Sequence

from safeguarding.procedures.models import Outcome, Run

from .models import Case, Concern, CustodyEnd, CustodyItem
from .models.guarding import (
    PICTURES,
    follows_for_pictures,
    guarded_by_hand,
    is_so,
    reported,
    wanting_a_procedure,
)

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
ANOTHER_REPORTED = (
    "A report in this case is about a picture of a child, so a procedure for pictures is followed. Start the "
    "right one for pictures first. Then set this one aside."
)
GUARDED_FOR_A_PICTURE = (
    "This case is guarded as one about a picture of a child, not only because of this procedure. Start the "
    "right one for pictures first; or say, with a second person, that the case is about no picture. Then set "
    "this one aside."
)
NOT_GUARDED = "This case is not guarded as one about a picture of a child. Nothing was changed."
REPORTED_SO = (
    "A report in this case is about a picture of a child, so a procedure for pictures is followed to its "
    "end. If the report belongs elsewhere, take it out of this case first."
)
BY_A_PROCEDURE = (
    "This case is guarded so closely only because of a procedure that it follows. If that was begun by "
    "mistake, say so beneath the procedure."
)
NOTHING_WANTED = (
    "Nothing more is wanted: no report in this case is about a picture of a child now, and it follows no "
    "procedure for pictures. It can be closed without one."
)
A_REPORT_CAME = (
    "A report in this case is about a picture of a child. So a procedure for pictures is followed all the "
    "same before the case can be closed."
)
ONE_IS_FOLLOWED = (
    "A procedure for pictures is followed in this case. It is carried out to its end, or set aside by two "
    "people, before the case can be closed."
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


def numbers_of(item: CustodyItem) -> list[str]:
    """Its number, and those on its case that were said to be the same device, also by way of another."""
    found, asked = [], [item]
    while asked:
        one = asked.pop()
        found.append(one.number)
        same = CustodyItem.objects.filter(ends__same_as=one, of_case__case=item.case)
        asked += same.order_by("created_at")
    return found


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
        or (_for_a_picture(case, mine, others) if mine.definition.imagery else "")
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


def _for_a_picture(case: Case, run: Run, others: Sequence[Run]) -> str:
    """Where there may be a picture of a child, a procedure for pictures is followed."""
    if Concern.objects.filter(gathered__case=case, kind=run.definition_id).exists():
        return A_PICTURE_REPORTED
    if follows_for_pictures(others):
        return ""
    if is_so(case, reported()):
        return ANOTHER_REPORTED
    return GUARDED_FOR_A_PICTURE if is_so(case, wanting_a_procedure()) else ""


def why_about_a_picture(case: Case) -> str:
    """Why it cannot be said that a case is about no picture, and what to do instead; empty where it can."""
    if not case.is_open:
        return CLOSED
    if case.record_class != PICTURES:
        return NOT_GUARDED
    if is_so(case, reported()):
        return REPORTED_SO
    runs = [one for one in case.runs if one.definition.imagery and not one.set_aside]
    if not is_so(case, guarded_by_hand()):
        return BY_A_PROCEDURE if runs else NOTHING_WANTED
    done = next((one.first_done for one in runs if one.first_done), None)
    return DONE.format(done.do) if done else ""


def what_still_asks(case: Case) -> str:
    """What asks for a procedure for pictures although two people said that it is about none; or nothing."""
    if is_so(case, reported()):
        return A_REPORT_CAME
    return ONE_IS_FOLLOWED if case.is_open and follows_for_pictures(case.runs) else ""
