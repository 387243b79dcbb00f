"""Acts that say that something was a slip, and those that take such a word back."""

from functools import partial

from django.http import Http404

from demo.cast import Nursery
from safeguarding.approvals.models import Approval
from safeguarding.concerns import actions as concerns
from safeguarding.concerns import models as held
from safeguarding.concerns.actions import Device
from safeguarding.concerns.tests.given import agreed
from safeguarding.notifications.ladders import climb
from safeguarding.notifications.models import Clock
from safeguarding.procedures.library import definitions
from tests.architecture import examples
from tests.architecture.acting import WHY, Act, Here

KINDS = ("set_aside", "referral", "reply", "answers", "decision", "left_out", "review")
ASIDE, WAITS, BEGUN = "online-hate", "filtering-breach", "child-device-brought-in"


def slipped(n: Nursery) -> dict[str, str]:
    """A case with a slip of each kind: one procedure set aside, one that waits for it, two reports."""
    case = examples._opened(n, examples._reported(n))
    action, referral = examples._reviewed(n, case), examples._referred(n, case)
    concerns.record_reply(by=n.dana, case=case, referral=referral, text=WHY)
    for one in (ASIDE, BEGUN):
        concerns.start_procedure(by=n.dana, case=case, definition=definitions()[one], reason=WHY)
    agreed(_asked(n, case, ASIDE))
    second = examples._reported(n)
    concerns.gather(by=n.dana, concern=second, case=case)
    waits = _asked(n, case, WAITS)
    return {
        "case_id": str(case.pk),
        "concern_id": str(second.pk),
        "named_id": str(second.involvements.get().pk),
        "action_id": str(action.pk),
        "referral_id": str(referral.pk),
        "approval_id": str(waits.pk),
        "entry_id": str(case.entries.get(kind="set_aside").pk),
        "item_id": str(examples._secured(n, case).pk),
    }


def _asked(n: Nursery, case: held.Case, definition: str) -> Approval:
    run = case.runs.get(definition_id=definition)
    return concerns.ask_to_set_aside(by=n.dana, case=case, run=run, reason=WHY)


def on_its_clocks(h: Here) -> dict[str, Act]:
    """What the worker does where nobody did what was due in this case: a name is one clock, and stays it."""
    clocks = Clock.objects.filter(subject_id=h.case.pk)
    return {one.key: partial(climb, one.pk) for one in clocks}


def _strike(h: Here, kind: str) -> held.Entry:
    """By Devi, who leads as well: of a procedure that was set aside, that takes it up again."""
    entry = h.case.entries.filter(kind=kind).order_by("created_at").last()
    if entry is None:
        raise Http404
    return concerns.say_recorded_in_error(by=h.n.devi, case=h.case, entry=entry, reason=WHY)


def on_slips(h: Here) -> dict[str, Act]:
    n, case = h.n, h.case
    report = partial(h.the, held.Concern, "concern_id")
    return {f"strike {kind}": partial(_strike, h, kind) for kind in KINDS} | {
        "set aside another": lambda: _asked(n, case, BEGUN),
        "set aside once more": lambda: _asked(n, case, ASIDE),
        "begin it again": lambda: concerns.start_procedure(
            by=n.devi, case=case, definition=definitions()[ASIDE], reason=WHY
        ),
        "take it out": lambda: concerns.take_out(
            by=n.devi, concern=report(), case=case, reasons=WHY
        ),
        "put it back": lambda: concerns.gather(by=n.devi, concern=report(), case=case),
        "a case of its own": lambda: concerns.open_case(
            by=n.devi,
            concern=report(),
            title=WHY,
            record_class="C1",
            procedures=["welfare-concern"],
            reasons=WHY,
        ),
        "named in error in it": lambda: concerns.say_report_names_in_error(
            by=n.devi,
            concern=report(),
            named=h.the(held.Involvement, "named_id"),
            reason=WHY,
        ),
        "described anew": lambda: concerns.describe_device(
            by=n.devi,
            item=h.the(held.CustodyItem, "item_id"),
            device=Device("Tablet 4", "ours", "Sam"),
            reason=WHY,
        ),
    }
