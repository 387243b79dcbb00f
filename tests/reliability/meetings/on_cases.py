"""Acts on cases, and on what waits and runs out beside them, done once more on what is there by now."""

from collections.abc import Sequence
from functools import partial

from django.db.models import F
from django.utils import timezone

from safeguarding.approvals import actions as approvals
from safeguarding.approvals.asked import those_able
from safeguarding.approvals.models import Approval
from safeguarding.concerns import actions as concerns
from safeguarding.concerns import models as held
from safeguarding.concerns.actions import Device, Receiver, StepRef
from safeguarding.directory.models import Contact
from safeguarding.notifications import actions as notifications
from safeguarding.notifications.ladders import climb
from safeguarding.notifications.models import Clock
from safeguarding.people import models
from safeguarding.portal import actions as portal
from tests.architecture import examples
from tests.architecture.acting import WHY, Act, Here


def on_steps(h: Here) -> dict[str, Act]:
    """Every step that can be come to, done and left out, of what is not finished yet."""
    found: dict[str, Act] = {}
    for run in h.case.runs.exclude(definition_id="welfare-concern"):
        for state in run.states():
            if state.status != "locked":
                name, ref = f"{run.definition_id}/{state.step.id}", StepRef(run, state.step.id)
                found[f"do {name}"] = partial(examples._settle, h.n, h.case, ref, state)
                found[f"leave out {name}"] = partial(
                    concerns.leave_out, by=h.n.devi, case=h.case, step=ref, reason=WHY
                )
    return found


def taken_out(h: Here) -> held.Concern:
    """The report that may be taken out of the case."""
    return h.of(held.Concern, "concerns:take_out", "concern_id")  # type: ignore[no-any-return]


def on_casework(h: Here) -> dict[str, Act]:
    n, case = h.n, h.case
    letter = {"name": "more.txt", "content": b"More.", "text": WHY}
    return {
        "write": lambda: concerns.add_entry(by=n.devi, case=case, text=WHY),
        "decide": lambda: concerns.decide(by=n.dana, case=case, to_act=True, text=WHY, reasons=WHY),
        "close": lambda: concerns.close_case(by=n.dana, case=case, outcome=WHY),
        "reopen": lambda: concerns.reopen_case(by=n.dana, case=case, reason=WHY),
        "refer": lambda: concerns.refer(
            by=n.dana,
            case=case,
            agency=Contact.objects.filter(setting=n.setting).takes_referrals()[0],
            route="By telephone",
            text=WHY,
        ),
        "let know": lambda: concerns.let_know(by=n.dana, case=case, member=n.wren, reason=WHY),
        "add a file": lambda: concerns.add_file(by=n.dana, case=case, **letter),  # type: ignore[arg-type]
        "clear files": lambda: concerns.clear_files(by=n.dana, case=case, reason=WHY),
        "hand work over": lambda: concerns.hand_work_over(
            by=n.dana, to=n.devi, cases={case: WHY}, reports=[], reason=WHY, stops_reading=True
        ),
        "gather it": lambda: concerns.gather(by=n.dana, concern=taken_out(h), case=case),
        "add to it": lambda: concerns.add_to_report(
            by=n.priya, concern=taken_out(h), text=WHY, fingerprint="ab" * 32
        ),
        "share": lambda: concerns.share_record(by=n.dana, of=case),
        "share a report": lambda: concerns.share_record(by=n.dana, of=h.concern),
        "ask to print": lambda: concerns.ask_to_print_case(
            by=n.dana, case=case, recipient="Ruth", purpose=WHY
        ),
        "ask to print a file": lambda: concerns.ask_to_print_file(
            by=n.dana, child=n.isla, recipient="Ruth", purpose=WHY
        ),
        "open": lambda: concerns.open_case(
            by=n.dana,
            concern=h.concern,
            title=WHY,
            record_class="C1",
            procedures=["welfare-concern"],
            reasons=WHY,
        ),
        "class of a picture": lambda: concerns.reclassify_case(
            by=n.dana, case=case, record_class="C4", reason=WHY
        ),
        "keep led": lambda: concerns.keep_led(by=h.system, record_of=case),
        "left devices": lambda: concerns.see_to_left_devices(by=h.system, case=case),
        "hand on offers": lambda: concerns.hand_on_offers(by=h.system, member=n.devi),
        "hand on clocks": lambda: notifications.hand_on_clocks(by=h.system, member=n.dana),
        "shut out": lambda: concerns.shut_out_account(by=h.system, member=n.sam),
        "break the glass": lambda: concerns.break_glass(
            by=n.morgan, child=n.noor, code="agency", reason="The police are here and ask."
        ),
        "report": lambda: examples._reported(n),
        "mentions a child": lambda: concerns.add_from_outside(
            by=h.system, concern=h.concern, text=f"With {n.kit.full_name}.", fingerprint="ef" * 32
        ),
        "tell us": lambda: examples._told(n),
        "open the form": lambda: portal.open_form(by=n.dana),
    }


def on_devices(h: Here) -> dict[str, Act]:
    n, case, item = h.n, h.case, h.the(held.CustodyItem, "item_id")
    asked, frozen = h.the(held.Destruction, "asked_id"), h.the(held.FileFrozen, "frozen_id")
    mother = Receiver(name="Ms Lund", organisation="Her mother", purpose="owner", witness=n.priya)
    return {
        "take": lambda: concerns.take_into_custody(
            by=n.dana, case=case, device=Device("Tablet 9", "ours", "Sam"), place="Safe"
        ),
        "offer": lambda: concerns.offer_handover(
            by=n.dana, item=item, receiver=Receiver(to=n.devi), place="Cupboard"
        ),
        "offer out": lambda: concerns.offer_handover(
            by=n.dana, item=item, receiver=mother, place="The door"
        ),
        "freeze": lambda: concerns.freeze_file(
            by=n.dana, case_file=h.the(held.CaseFile, "file_id"), reason=WHY
        ),
        "no destruction": lambda: concerns.decline_destruction(by=n.cleo, asked=asked, reason=WHY),
        "destruction": lambda: concerns.approve_destruction(
            by=n.cleo, asked=asked, bound_to=asked.bound_to
        ),
        "ask to thaw": lambda: concerns.ask_to_thaw(by=n.dana, frozen=frozen, reason=WHY),
        "advice": lambda: concerns.lift_quarantine(
            by=n.dana,
            item=item,
            officer="PC Hall",
            force="Kent Police",
            reference="P-1",
            advised_at=timezone.now(),
            advice=WHY,
        ),
    }


def on_answers(h: Here) -> dict[str, Act]:
    """A yes and a no to each kind of thing that waits."""
    found: dict[str, Act] = {}
    for one in Approval.objects.waiting(timezone.now()).order_by("created_at"):
        if able := those_able(one):
            able = sorted(able, key=lambda member: member.pk)
            found |= _answers(one, [able[0], able[-1]])
    return found


def _answers(one: Approval, able: Sequence[models.Member]) -> dict[str, Act]:
    about = f"{one.kind} {str(one.about_id)[-3:]}"
    return {
        f"yes to {about}": lambda: approvals.approve(by=able[0], approval=one, seen=one.digest),
        f"another yes to {about}": lambda: approvals.approve(
            by=able[1], approval=one, seen=one.digest
        ),
        f"no to {about}": lambda: approvals.refuse(by=able[1], approval=one, reason=WHY),
        f"back {about}": lambda: approvals.withdraw(by=one.asked_by, approval=one),
    }


def on_clocks(h: Here) -> dict[str, Act]:
    """What the worker does where nobody did what was due."""
    # What runs last, so that it counts; what was stopped a moment ago the worker may have found before.
    stopped_first = F("stopped_at").asc(nulls_last=True)
    clocks = Clock.objects.filter(setting=h.n.setting).order_by(stopped_first, "created_at", "pk")
    return {
        f"{one.subject_kind} {str(one.subject_id)[-3:]} {one.key}": partial(climb, one.pk)
        for one in clocks
    }
