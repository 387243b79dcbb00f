"""Acts that somebody could do next in a lived-in nursery, each by its own action (F19)."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from safeguarding.agreements import actions as agreements
from safeguarding.agreements.models import Agreement, GrantEnded, Signature
from safeguarding.approvals import actions as approvals
from safeguarding.approvals.models import Approval
from safeguarding.audit.trail import System
from safeguarding.backups import actions as backups
from safeguarding.directory import actions as directory
from safeguarding.directory.models import Contact
from safeguarding.governance import actions as governance
from safeguarding.law.values import Unit, Value
from safeguarding.notifications.calendar import actions as calendar
from safeguarding.people import actions as people
from safeguarding.people import given, models
from safeguarding.people.permissions import OPERATOR
from safeguarding.people.roles import Role
from safeguarding.policies import actions as policies
from safeguarding.policies.actions import building
from safeguarding.policies.builder.given import Given as Chosen
from safeguarding.policies.builder.library import texts
from safeguarding.policies.duties import catalogue
from safeguarding.policies.models import Alias, Draft, PolicyVersion
from safeguarding.policies.reviews import actions as reviews
from safeguarding.policies.reviews import models as looked_at
from safeguarding.procedures import actions as procedures
from safeguarding.procedures.models import Adaptation
from safeguarding.training import actions as training
from safeguarding.training import models as learnt
from safeguarding.witness import actions as witness
from safeguarding.witness.models import Mailbox

from .acting import SOON, WHY, Act, Here, by_the_clock, on_cases, on_reports, on_what_cases_hold
from .examples import Examples


def acts(at: Examples) -> Iterator[tuple[str, Act]]:
    """All of them. None is there for the next: each is tried, and none is done."""
    here = Here(at)
    for some in (on_agreements, on_approvals, on_cases, on_what_cases_hold, on_reports, by_the_clock,
                 on_people, on_policies, on_training, on_the_rest):  # fmt: skip
        yield from some(here).items()


def on_agreements(h: Here) -> dict[str, Act]:
    n, today = h.n, timezone.localdate()
    agreement = h.the(Agreement, "agreement_id")
    seen = {"agreement": agreement, "seen": getattr(agreement, "digest", "")}
    return {
        "accept": lambda: agreements.accept(by=n.sam, **seen),
        "refuse": lambda: agreements.refuse(by=n.sam, **seen),
        "withdraw": lambda: agreements.withdraw(
            by=n.priya, signature=h.the(Signature, "signature_id")
        ),
        "wrong sheet": lambda: agreements.destroy_scan(
            by=n.morgan, signature=h.the(Signature, "signature_id")
        ),
        "scan": lambda: agreements.read_scan(
            by=n.morgan, signature=h.the(Signature, "signature_id")
        ),
        "go on": lambda: agreements.go_on(by=n.dana, agreement=agreement),
        "ask to sign": lambda: agreements.ask_to_sign(
            by=h.system, agreement=agreement, people=[n.sam]
        ),
        "unsigned": lambda: agreements.tell_of_unsigned(by=h.system, agreement=agreement),
        "off": lambda: agreements.switch_off(by=n.morgan, ended=h.the(GrantEnded, "ended_id")),
        "open end": lambda: agreements.tell_of_open_end(
            by=h.system, ended=h.the(GrantEnded, "ended_id")
        ),
        "publish": lambda: agreements.ask_to_publish(
            by=n.dana,
            agreement=h.of(Agreement, "agreements:publish", "agreement_id"),
            in_force_from=today,
        ),
    }


def on_approvals(h: Here) -> dict[str, Act]:
    n, waits = h.n, h.the(Approval, "approval_id")
    return {
        "read": lambda: approvals.read_approval(by=n.morgan, approval=waits),
        "approve": lambda: approvals.approve(by=n.morgan, approval=waits, seen=waits.digest),
        "refuse an approval": lambda: approvals.refuse(by=n.morgan, approval=waits, reason=WHY),
        "withdraw an approval": lambda: approvals.withdraw(by=n.dana, approval=waits),
        "widen": lambda: approvals.widen(by=h.system, approval=waits),
        "say over": lambda: approvals.say_over(by=h.system, approval=waits),
    }


def on_people(h: Here) -> dict[str, Act]:
    n, today = h.n, timezone.localdate()
    new = given.Person("Alex Example", "alex@example.org", frozenset({Role.PRACTITIONER}))
    of = h.the(models.Import, "import_id")
    return {
        "end absence": lambda: people.end_absence(
            by=n.morgan, absence=h.the(models.Absence, "absence_id")
        ),
        "add member": lambda: people.add_member(by=n.morgan, person=new),
        "invite": lambda: people.invite(by=n.morgan, to=n.priya),
        "factor": lambda: people.remove_second_factor(
            by=System(OPERATOR, n.setting.pk), user=n.dana.user
        ),
        "address": lambda: people.change_address(
            by=System(OPERATOR, n.setting.pk), user=n.dana.user, email="dana@new.example"
        ),
        "carer": lambda: people.end_carer(
            by=n.morgan, carer=h.the(models.Carer, "carer_id"), reason=WHY
        ),
        "leaving": lambda: people.record_leaving(by=n.morgan, child=n.kit, on=today),
        "change": lambda: people.change_child(by=n.morgan, child=n.kit, known_as="Kit"),
        "name": lambda: people.rename_member(by=n.morgan, member=n.priya, name="Priya Rao"),
        "room": lambda: people.rename_room(
            by=n.morgan, room=h.the(models.Room, "room_id"), name="Elms"
        ),
        "family": lambda: people.rename_family(
            by=n.morgan, family=h.the(models.Family, "family_id"), name="Elm"
        ),
        "forget": lambda: people.forget_import(by=n.morgan, of=of),
        "key": lambda: people.confirm_key(by=n.morgan, key=h.the(models.PersonKey, "key_id")),
        "prefer": lambda: people.prefer(by=n.priya, about="coach", wanted=False),
        "end role": lambda: people.confirm_end(
            by=n.cleo, ending=h.the(models.RoleEnded, "ending_id")
        ),
        "about": lambda: people.describe_setting(
            by=n.morgan, about=given.About("Sunflowers", "nursery", "#0b5563")
        ),
        "group": lambda: people.join_group(by=System(OPERATOR, n.setting.pk), name="Meadow"),
        "hours": lambda: people.set_opening_hours(by=n.morgan, hours=[]),
        "terms": lambda: people.set_terms(by=n.morgan, terms=[given.TermDates("T", today, SOON)]),
        "tie": lambda: people.confirm_relationship(
            by=n.morgan, tie=h.the(models.Relationship, "tie_id")
        ),
        "end tie": lambda: people.end_relationship(
            by=n.morgan, tie=h.the(models.Relationship, "tie_id"), reason=WHY
        ),
    }


def on_policies(h: Here) -> dict[str, Act]:
    n = h.n
    version, draft = h.the(PolicyVersion, "version_id"), h.the(Draft, "draft_id")
    review, text = h.the(looked_at.Review, "review_id"), texts()["online-safety-policy"]
    a_duty = catalogue()["OSP-1-03"]
    asked = h.the(looked_at.ReviewRequest, "request_id")
    return {
        "answers": lambda: building.keep_answers(by=n.dana, text=text, given=Chosen()),
        "build": lambda: building.build_policy(by=n.dana, text=text, given=Chosen()),
        "withdraw a proposal": lambda: policies.withdraw_proposal(
            by=n.dana,
            proposal=h.of(PolicyVersion, "policies:withdraw", "version_id").proposals.get(),
        ),
        "missing": lambda: policies.tell_of_missing(
            by=h.system,
            approver=h.of(PolicyVersion, "policies:withdraw", "version_id")
            .proposals.get()
            .approvers.all()[0],
        ),
        "forget a draft": lambda: policies.forget_draft(by=n.dana, draft=draft),
        "alias": lambda: policies.end_alias(by=n.dana, alias=h.the(Alias, "alias_id")),
        "loss": lambda: policies.accept_loss(
            by=n.dana,
            version=h.of(PolicyVersion, "policies:accept_loss", "version_id"),
            duty_id="OSP-1-01",
            reason=WHY,
        ),
        "no review": lambda: reviews.refuse_review(by=n.dana, request=asked, reason=WHY),
        "known": lambda: reviews.note_known_review(
            by=n.dana, policy=version.policy, reviewed_on=timezone.localdate(), source=WHY
        ),
        "voice": lambda: reviews.answer_voice(
            by=n.dana,
            voice=h.the(looked_at.Voice, "voice_id"),
            did=looked_at.VoiceAnswer.Did(looked_at.VoiceAnswer.Did.values[0]),
            said=WHY,
            text=WHY,
        ),
        "task": lambda: reviews.do_task(
            by=n.dana, task=h.the(looked_at.ReviewTask, "task_id"), note=WHY
        ),
        "write down": lambda: reviews.write_down(
            by=n.dana,
            review=review,
            whose=looked_at.Voice.Whose(looked_at.Voice.Whose.values[0]),
            how=looked_at.Voice.How(looked_at.Voice.How.values[0]),
            people=3,
            text=WHY,
        ),
        "adaptation": lambda: procedures.end_adaptation(
            by=n.dana, adaptation=h.the(Adaptation, "adaptation_id"), reason=WHY
        ),
        "word": lambda: governance.attest(
            by=n.dana,
            duty=a_duty,
            text=WHY,
            until=timezone.localdate() + timedelta(days=9),
        ),
        "no word": lambda: governance.deny(
            by=n.dana,
            duty=a_duty,
            text=WHY,
            do_next=WHY,
            until=timezone.localdate() + timedelta(days=9),
        ),
        "ask for a word": lambda: governance.ask_for_word(
            by=n.dana,
            duty=a_duty,
            asked=n.morgan,
            due_on=timezone.localdate() + timedelta(days=9),
        ),
        "pack": lambda: governance.make_pack(
            by=n.dana, as_of=timezone.now(), form="zip", recipient="Ofsted"
        ),
    }


def on_training(h: Here) -> dict[str, Act]:
    n, induction = h.n, h.the(learnt.Induction, "induction_id")
    attendance = h.the(learnt.Attendance, "attendance_id")
    items, today = list(induction.items.all()), timezone.localdate()
    year = Value(12, Unit.MONTHS)
    return {
        "register": lambda: training.give_register(by=n.dana, about=None),
        "show": lambda: training.show_items(
            by=n.morgan, induction=induction, items=items[:1], on=today, presenter=n.dana
        ),
        "untick": lambda: training.say_ticked_by_mistake(
            by=n.morgan, induction=induction, items=items, reason=WHY
        ),
        "leave out": lambda: training.leave_out_inductions(
            by=n.morgan, inductions=[induction], reason=WHY
        ),
        "confirm": lambda: training.confirm_attendance(by=n.morgan, attendance=attendance),
        "correct": lambda: training.correct_attendance(
            by=n.morgan, attendance=attendance, reason=WHY
        ),
        "certificate": lambda: training.read_certificate(
            by=n.morgan, certificate=h.the(learnt.Certificate, "certificate_id")
        ),
        "wrong file": lambda: training.destroy_certificate(
            by=n.morgan, certificate=h.the(learnt.Certificate, "certificate_id")
        ),
        "topic": lambda: training.add_topic(
            by=n.dana, name="Bikes", about=WHY, every=year, roles=[Role.PRACTITIONER]
        ),
        "topic anew": lambda: training.change_topic(
            by=n.dana, slug="the-pond", name="The pond", about=WHY, every=year
        ),
        "item anew": lambda: training.change_item(
            by=n.dana,
            slug="own-the-gate",
            name="The gate",
            text=WHY,
            audiences=["staff"],
            first_day=True,
        ),
        "ask": lambda: training.ask_of_role(
            by=n.dana,
            topic="filtering",
            role=Role.VOLUNTEER,
            starts=today,
            every=Value(6, Unit.MONTHS),
        ),
        "not asked": lambda: training.leave_out_for_role(
            by=n.dana, topic="filtering", role=Role.VOLUNTEER, starts=today, reason=WHY
        ),
    }


def on_the_rest(h: Here) -> dict[str, Act]:
    n, contact = h.n, h.the(Contact, "contact_id")
    details = directory.Details(
        "Council", contact.kind, contact.level, tuple(contact.audience), WHY, phone="01632 960000"
    )
    return {
        "contact": lambda: directory.add_contact(by=n.dana, details=details),
        "change": lambda: directory.change_contact(by=n.dana, contact=contact, details=details),
        "check": lambda: directory.check_contact(by=n.dana, contact=contact),
        "remove": lambda: directory.remove_contact(by=n.dana, contact=contact),
        "rule": lambda: directory.set_local_rule(
            by=n.dana,
            rule_id="report.read",
            value=Value(1, Unit.HOURS),
            reason=WHY,
            starts=timezone.localdate(),
        ),
        "calendar": lambda: calendar.close_calendar(by=n.dana),
        "mailbox": lambda: witness.remove_mailbox(
            by=n.morgan, mailbox=h.the(Mailbox, "mailbox_id")
        ),
        "anchor": lambda: witness.take_anchor(by=n.dana, how="sheet"),
        "words": lambda: witness.hold_against(by=n.dana, words="academic " * 8),
        "drill": lambda: backups.record_drill(
            by=n.dana, done_on=timezone.localdate(), sheet="A", went_well=True
        ),
    }
