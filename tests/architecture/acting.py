"""Acts on cases and reports that somebody could do next in a lived-in nursery (F19)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone

from safeguarding.audit.trail import System
from safeguarding.audit.verify import Report as Checked
from safeguarding.concerns import actions as concerns
from safeguarding.concerns import models as held
from safeguarding.concerns.actions import Device
from safeguarding.concerns.body import AREAS
from safeguarding.concerns.report import Mark, Person, Report
from safeguarding.governance import actions as governance
from safeguarding.notifications.models import Clock
from safeguarding.people import models
from safeguarding.policies.reviews import actions as reviews
from safeguarding.portal import actions as portal
from safeguarding.portal.models import Teller
from safeguarding.procedures.library import definitions
from safeguarding.witness import actions as witness

from . import cases_made
from .examples import Examples

Act = Callable[[], object]
SOON = date(2090, 1, 1)
WHY = "Because it is right."


class Here:
    """The nursery, the example of each kind, and the system itself."""

    def __init__(self, at: Examples) -> None:
        self.at, self.n = at, at.nursery
        self.system = System("Timed work", at.nursery.setting.pk)

    def the(self, model: Any, name: str) -> Any:
        """The example of this id."""
        return model.objects.get(pk=self.at.ids[name])

    def of(self, model: Any, address: str, name: str) -> Any:
        """The one that a single address needs."""
        return model.objects.get(pk=self.at.of_one_address[address][name])

    @property
    def case(self) -> held.Case:
        return self.the(held.Case, "case_id")  # type: ignore[no-any-return]

    @property
    def concern(self) -> held.Concern:
        return self.the(held.Concern, "concern_id")  # type: ignore[no-any-return]


def on_cases(h: Here) -> dict[str, Act]:
    n, case = h.n, h.case
    a_child, new = Person("harmed", child=n.noor), definitions()["cyberbullying"]
    return {
        "end": lambda: concerns.end_need_to_know(
            by=n.dana, case=case, granted=h.the(held.NeedToKnow, "granted_id"), reason=WHY
        ),
        "name": lambda: concerns.name_person(by=n.dana, case=case, person=a_child),
        "title": lambda: concerns.rename_case(by=n.dana, case=case, title="Tablet"),
        "error": lambda: concerns.say_named_in_error(
            by=n.dana, case=case, named=h.the(held.Involvement, "named_id"), reason=WHY
        ),
        "class": lambda: concerns.reclassify_case(
            by=n.dana, case=case, record_class="C2", reason=WHY
        ),
        "correct": lambda: concerns.correct_entry(
            by=n.dana, case=case, entry=h.the(held.Entry, "entry_id"), text=WHY
        ),
        "in error": lambda: concerns.say_recorded_in_error(
            by=n.dana,
            case=case,
            entry=h.the(held.Referral, "referral_id").entry,
            reason=WHY,
        ),
        "support": lambda: concerns.give_support(by=n.dana, case=case, text=WHY, child=n.kit),
        "parents": lambda: concerns.inform_parents(
            by=n.dana, case=case, were_told=True, text=WHY, who="Jo", told_by="Dana"
        ),
        "marks": lambda: concerns.record_marks(
            by=n.dana, case=case, marks=[Mark(next(iter(AREAS)), words="x")], text=WHY
        ),
        "reply": lambda: concerns.record_reply(
            by=n.dana, case=case, referral=h.the(held.Referral, "referral_id"), text=WHY
        ),
        "action": lambda: concerns.complete_action(
            by=n.priya, action=h.the(held.ReviewAction, "action_id"), note=WHY
        ),
        "procedure": lambda: concerns.start_procedure(
            by=n.dana, case=case, definition=new, reason=WHY
        ),
        "set aside": lambda: concerns.ask_to_set_aside(
            by=n.dana,
            case=case,
            run=get_object_or_404(case.runs, definition_id="filtering-breach"),
            reason=WHY,
        ),
        "no picture": lambda: concerns.ask_to_say_no_picture(
            by=n.dana, case=cases_made.guarded_by_hand(n), reason=WHY
        ),
        "gather": lambda: concerns.gather(by=n.dana, concern=h.concern, case=case),
        "take out": lambda: concerns.take_out(
            by=n.dana,
            concern=h.of(held.Concern, "concerns:take_out", "concern_id"),
            case=case,
            reasons=WHY,
        ),
        "hand on": lambda: hand_on(h, case),
        "take work": lambda: concerns.take_work(
            by=n.devi, handover=h.the(held.WorkHandover, "handover_id")
        ),
        "keep work": lambda: concerns.keep_work(
            by=n.devi, handover=h.the(held.WorkHandover, "handover_id"), reason=WHY
        ),
        "print": lambda: concerns.take_paper(by=n.dana, copy=h.the(held.PaperCopy, "copy_id")),
    }


@transaction.atomic
def hand_on(h: Here, case: held.Case) -> None:
    """What is owed by somebody who may not do it."""
    held.Case.objects.select_for_update(no_key=True).get(pk=case.pk)  # as whoever works on it
    Clock.objects.running().filter(subject_id=case.pk).update(owner=h.n.sam)
    concerns.hand_on(by=h.system, member=h.n.sam)


def on_what_cases_hold(h: Here) -> dict[str, Act]:
    n, item = h.n, h.the(held.CustodyItem, "item_id")
    offer = h.the(held.Offer, "offer_id")
    police = {"officer": "PC Hall", "reference": "P-1"}
    return {
        "accept a device": lambda: concerns.accept_handover(by=n.devi, offer=offer),
        "close an offer": lambda: concerns.close_offer(by=n.dana, offer=offer, reason=WHY),
        "keep a device": lambda: concerns.keep_on(
            by=n.dana, item=item, reason=WHY, look_again_on=timezone.localdate() + timedelta(days=7)
        ),
        "described": lambda: concerns.describe_device(
            by=n.dana, item=item, device=Device("Tablet 3", "ours", "Sam"), reason=WHY
        ),
        "by mistake": lambda: concerns.ask_to_end_custody(by=n.dana, item=item, reason=WHY),
        "destroyed": lambda: concerns.record_destroyed(by=n.dana, item=item, **police, text=WHY),
        "read a file": lambda: concerns.read_file(
            by=n.dana, case_file=h.the(held.CaseFile, "file_id")
        ),
        "frozen": lambda: concerns.see_frozen(
            by=n.dana, frozen=h.the(held.FileFrozen, "frozen_id")
        ),
        "pictures": lambda: concerns.choose_pictures(by=n.morgan, takes=True, reason=WHY),
        "glass": lambda: concerns.review_glass(
            by=n.dana, broken=h.the(models.BreakGlass, "glass_id"), was_right=True, note=WHY
        ),
    }


def on_reports(h: Here) -> dict[str, Act]:
    n, concern = h.n, h.concern
    told = h.of(held.Concern, "portal:letters", "concern_id")
    report = Report(
        "allegation",
        "conduct",
        in_danger_now=False,
        told_lead="yes",
        happened_on=timezone.localdate(),
        saw=WHY,
        people=(Person("alleged", member=n.sam),),
    )
    return {
        "read a report": lambda: concerns.read_concern(by=n.dana, concern=concern),
        "add": lambda: concerns.add_to_report(
            by=n.priya, concern=concern, text=WHY, fingerprint="ab" * 32
        ),
        "put aside": lambda: concerns.put_aside(by=n.dana, concern=concern, reasons=WHY),
        "name in a report": lambda: concerns.name_in_report(
            by=n.dana, concern=concern, person=Person("seen", child=n.noor)
        ),
        "error in a report": lambda: concerns.say_report_names_in_error(
            by=n.dana,
            concern=concern,
            named=h.of(held.Involvement, "concerns:report_named_in_error", "named_id"),
            reason=WHY,
        ),
        "answer": lambda: concerns.reply_to_reporter(
            by=n.dana, concern=concern, text=WHY, says_nothing_of_the_case=True
        ),
        "letter": lambda: portal.write_to_teller(
            by=n.dana, teller=Teller.objects.get(concern=told), text=WHY
        ),
        "teller": lambda: portal.read_teller(by=n.dana, teller=Teller.objects.get(concern=told)),
        "from outside": lambda: concerns.add_from_outside(
            by=h.system, concern=told, text=WHY, fingerprint="cd" * 32
        ),
        "allegation": lambda: concerns.start_allegation(
            by=n.dana, source=concern, key=uuid4(), report=report
        ),
        "pause": lambda: portal.pause_form(by=n.dana, reason=WHY),
        "held back": lambda: concerns.tell_of_held_back(by=h.system, concerns=[told]),
    }


def by_the_clock(h: Here) -> dict[str, Act]:
    def clock(kind: str) -> Clock:
        return Clock.objects.filter(subject_kind=kind, setting=h.n.setting).earliest("due_at")

    return {
        "unread": lambda: concerns.escalate_unread(by=h.system, concern=h.concern),
        "undecided": lambda: concerns.escalate_undecided(
            by=h.system, concern=h.concern, clock=clock("concern")
        ),
        "case": lambda: concerns.escalate_case_clock(by=h.system, case=h.case, clock=clock("case")),
        "glass": lambda: concerns.escalate_glass(
            by=h.system, broken=h.the(models.BreakGlass, "glass_id"), clock=clock("glass")
        ),
        "readings": lambda: concerns.tell_of_readings(
            by=h.system, setting=h.n.setting, monday=date(2026, 11, 16)
        ),
        "waiting": lambda: portal.tell_of_waiting(by=h.system, setting=h.n.setting),
        "check": lambda: witness.note_check(
            by=h.system, setting=h.n.setting, report=Checked(), whole=True
        ),
        "clocks": lambda: governance.keep_clocks(by=h.system, setting=h.n.setting),
        "reviews": lambda: reviews.begin_due(by=h.system, setting=h.n.setting),
    }
