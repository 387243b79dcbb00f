"""A real record behind every kind of id in the addresses, made through real actions."""

from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

from django.utils import timezone

from demo.cast import Nursery, open_nursery
from foundation.models import Record
from safeguarding.agreements.actions import give_access
from safeguarding.concerns import actions
from safeguarding.concerns.actions import Device, Receiver, StepRef
from safeguarding.concerns.models import (
    Case,
    CaseFile,
    Concern,
    CustodyItem,
    Destruction,
    Entry,
    FileFrozen,
    Referral,
    ReviewAction,
)
from safeguarding.concerns.report import Person, Report
from safeguarding.directory.models import Contact
from safeguarding.notifications.calendar.actions import make_calendar
from safeguarding.notifications.models import Notification
from safeguarding.policies.actions import adopt_duties
from safeguarding.policies.adopting import Take
from safeguarding.policies.models import Policy
from safeguarding.policies.reviews.actions import make_way_in, say
from safeguarding.portal.actions import tell_us
from safeguarding.portal.told import Told, public_form
from safeguarding.procedures.engine import StepState
from safeguarding.procedures.models import Run
from safeguarding.witness.actions import name_mailbox

from .addresses import Address
from .agreed import access_ended, draft, signed
from .cases_made import gathered, held_back, low_level
from .made import (
    a_pack,
    absence,
    adapted,
    an_import,
    answered,
    asked,
    asked_for,
    confirmed,
    ending,
    family,
    given,
    glass,
    looked,
    new_key,
    own_item,
    own_topic,
    paper,
    passkey,
    review,
    room,
    rule_to_come,
    technical_step,
    tie,
    topic_to_come,
    training,
)
from .policies_made import of_policies

# What stands in a part of an address that is a word of ours, and nobody's record.
WORDS = {
    "code": "2222-2222",
    "what": "entry",
    "step_id": "first-facts",
    "definition_id": "welfare-concern",
    "rule_id": "report.read",
    "topic_slug": "the-pond",
    "item_slug": "own-the-gate",
    "step": "setting",
    "uidb36": "0",
    "key": "set-password",
    "text_id": "online-safety-policy",
    "page_id": "people",
    "place": "1",
    "older": "1",
    "duty_id": "OSP-1-03",
    "token": "a-secret",
    "audience": "staff",
}


@dataclass
class Examples:
    """A nursery in which something of everything has happened, and the ids of it."""

    nursery: Nursery
    ids: dict[str, str] = field(default_factory=dict)
    of_one_address: dict[str, dict[str, str]] = field(default_factory=dict)

    def of(self, address: Address) -> dict[str, str]:
        """A value for every part of an address."""
        return self.ids | self.of_one_address.get(str(address), {})

    def path(self, filled: str) -> str:
        """An address inside this setting, as a browser asks for it."""
        return f"/at/{self.nursery.setting.slug}{filled}"


def lived_in(name: str) -> Examples:
    """A nursery of this name with an example of every id. A new kind of id is added here."""
    at = open_nursery(name)
    concern = _reported(at)
    case = _opened(at, _reported(at))
    granted = actions.let_know(by=at.dana, case=case, member=at.morgan, reason="Plans the staff.")
    second = gathered(at, case)
    records: dict[str, Record] = {
        "concern_id": concern,
        "case_id": case,
        "entry_id": Entry.objects.filter(case=case).earliest("created_at"),
        "referral_id": _referred(at, case),
        "granted_id": granted,
        "named_id": case.everyone_involved().filter(child__isnull=False).earliest("created_at"),
        "run_id": case.runs.get(definition_id="welfare-concern"),
        "action_id": _reviewed(at, case),
        "item_id": (item := _secured(at, case)),
        "handover_id": actions.hand_work_over(
            by=at.dana, to=at.devi, cases={case: ""}, reports=[], reason="Away."
        ),
        "file_id": _letter(at, case),
        "frozen_id": (frozen := _frozen(at, case)),
        "asked_id": _instructed(at, frozen),
        "offer_id": actions.offer_handover(
            by=at.dana, item=item, receiver=Receiver(to=at.devi), place="Cupboard"
        ),
        "contact_id": Contact.objects.filter(setting=at.setting).earliest("name"),
        "notification_id": Notification.objects.filter(recipient=at.dana).earliest("created_at"),
        "child_id": at.kit,
        "family_id": family(at),
        "room_id": room(at),
        "carer_id": family(at).carers.get(),
        "role_id": at.priya.roles_held.get(),
        "tie_id": tie(at),
        "key_id": new_key(at),
        "absence_id": absence(at),
        "ending_id": ending(at),
        "import_id": an_import(at),
        "member_id": at.priya,
        "adaptation_id": adapted(at),
        "mailbox_id": name_mailbox(by=at.morgan, name="The council", email="eyfs@council.test"),
        "approval_id": asked(at),
        "copy_id": paper(at, case),
        "glass_id": glass(at),
        **training(at),
        "agreement_id": (signature := signed(at)).agreement,
        "signature_id": signature,
        "pack_id": a_pack(at),
        **dict(zip(("evaluation_id", "improvement_id"), looked(at), strict=True)),
        "local_rule_id": rule_to_come(at),
        "requirement_id": topic_to_come(at),
        "grant_id": give_access(by=at.morgan, to=at.priya, kind="wifi"),
        "ended_id": access_ended(at),
    }
    policies, special = of_policies(at)
    written = Policy.objects.get(pk=policies["policy_id"].pk)
    reviewed = {
        "review_id": (looked_at := review(at, written)),
        "request_id": asked_for(at, written),
        "task_id": looked_at.tasks.get(kind="read"),
        "voice_id": say(by=at.priya, review=looked_at, text="It is too long."),
    }
    every = records | policies | reviewed
    ids = {name: str(record.pk) for name, record in every.items()}
    adopt_duties(by=at.dana, takes=[Take(WORDS["duty_id"])])
    own_item(at)
    own_topic(at)
    special |= {
        "policies:say_by_letter": {"code": make_way_in(by=at.dana, review=looked_at).code},
        "notifications:feed": {"token": make_calendar(by=at.dana)},
        "concerns:technical_step": technical_step(case),
        "training:correct_answer": {"activity_id": str(answered(at).pk)},
        "training:paper": {"attendance_id": str(confirmed(at).pk)},
        "portal:letters": {"concern_id": str(held_back(_told(at)).pk)},
        "people:confirm_role": {"role_id": str(given(at).pk)},
        "agreements:publish": {"agreement_id": str(draft(at).pk)},
        "concerns:take_out": {"concern_id": str(second.pk)},
        "concerns:report_named_in_error": {"named_id": str(concern.involvements.get().pk)},
        "concerns:pattern": {"case_id": str(low_level(at).pk)},
    }
    return Examples(at, {**WORDS, **ids, "pk": str(passkey(at.dana.user).pk)}, special)


def _reported(at: Nursery) -> Concern:
    report = Report(
        kind="welfare-concern",
        risk_area="content",
        in_danger_now=False,
        told_lead="yes",
        happened_on=timezone.localdate(),
        saw="He was very quiet after looking at the tablet.",
        people=(Person("harmed", child=at.kit),),
    )
    return actions.file_report(by=at.priya, key=uuid4(), report=report)


def _told(at: Nursery) -> Concern:
    """What somebody without an account sent."""
    words = Report(
        kind="other",
        risk_area="unsure",
        in_danger_now=False,
        told_lead="",
        happened_on=None,
        saw="He is often hungry.",
    )
    told = Told(words, told_as="parent")
    return tell_us(by=public_form(at.setting), setting=at.setting, form=uuid4(), told=told)[0]


def _opened(at: Nursery, concern: Concern) -> Case:
    return actions.open_case(
        by=at.dana,
        concern=concern,
        title="Quiet after the tablet",
        record_class="C1",
        procedures=["welfare-concern", "filtering-breach"],
        reasons="To understand what happened.",
    )


def _referred(at: Nursery, case: Case) -> Referral:
    agency = Contact.objects.filter(setting=at.setting).takes_referrals()[0]
    return actions.refer(by=at.dana, case=case, agency=agency, route="By telephone", text="Asked.")


def _letter(at: Nursery, case: Case) -> CaseFile:
    said = {"name": "letter.txt", "content": b"A letter.", "text": "From her mother."}
    return actions.add_file(by=at.dana, case=case, **said)  # type: ignore[arg-type]


def _frozen(at: Nursery, case: Case) -> FileFrozen:
    """A letter that should not have been added."""
    wrong = _letter(at, case)
    return actions.freeze_file(by=at.dana, case_file=wrong, reason="Not ours to hold.")


def _instructed(at: Nursery, frozen: FileFrozen) -> Destruction:
    """What the police said of it. It waits for a second person."""
    said = {"officer": "PC Hall", "force": "Kent Police", "reference": "P-1"}
    now = timezone.now()
    return actions.ask_to_destroy(
        by=at.dana, frozen=frozen, **said, instructed_at=now, instruction="Destroy it."
    )


def _secured(at: Nursery, case: Case) -> CustodyItem:
    device = Device("Acorns tablet 1", "ours", "Sam Whitlock")
    return actions.take_into_custody(by=at.dana, case=case, device=device, place="Safe")


def _reviewed(at: Nursery, case: Case) -> ReviewAction:
    """Follow the procedure to its review, which asks Priya to change something."""
    run = case.runs.get(definition_id="welfare-concern")
    for step in run.definition.steps:
        state = Run.objects.get(pk=run.pk).state(step.id)
        assert state is not None
        if not state.is_settled:
            _settle(at, case, StepRef(run, step.id), state)
    return ReviewAction.objects.get(entry__case=case)


def _settle(at: Nursery, case: Case, step: StepRef, state: StepState) -> None:
    by = at.dana
    if state.way_out:
        actions.leave_out(by=by, case=case, step=step, reason="Not needed here.")
    elif state.step.records == "answers":
        answers = dict.fromkeys(state.step.asks, False)
        actions.answer_step(by=by, case=case, step=step, answers=answers)
    elif state.step.records == "decision":
        actions.decide(by=by, case=case, to_act=True, text="Watch.", reasons="Calm.", step=step)
    elif state.step.records == "review":
        wanted = [("Talk about it at the next meeting", at.priya, date(2030, 1, 1))]
        actions.review_handling(by=by, case=case, text="Well.", actions=wanted, step=step)
    else:
        actions.add_entry(by=by, case=case, text="Done.", step=step)
