"""Acts of people, papers, reviews and learning, done once more on what is there by now."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from safeguarding.agreements import actions as agreements
from safeguarding.agreements.audiences import Audience, ours
from safeguarding.agreements.models import Agreement, Grant
from safeguarding.audit.trail import System
from safeguarding.directory import actions as directory
from safeguarding.directory.models import Contact
from safeguarding.governance.plan import actions as plan
from safeguarding.governance.plan.models import Improvement
from safeguarding.notifications.calendar import actions as calendar
from safeguarding.people import actions as people
from safeguarding.people import models
from safeguarding.people.before import Despite
from safeguarding.people.importing.kept import Kept
from safeguarding.people.roles import Role
from safeguarding.policies import actions as policies
from safeguarding.policies.adopting import Take
from safeguarding.policies.importing.clauses import Piece
from safeguarding.policies.models import Draft, Policy, PolicyVersion, Proposal, ProposalAnswer
from safeguarding.policies.reviews import actions as reviews
from safeguarding.policies.reviews import models as looked_at
from safeguarding.policies.reviews.models import Why
from safeguarding.procedures import actions as procedures
from safeguarding.procedures.library import definitions
from safeguarding.training import actions as training
from safeguarding.training import models as learnt
from safeguarding.training.given import Given
from safeguarding.training.permissions import REMINDS
from safeguarding.witness import actions as witness
from tests.architecture.acting import WHY, Act, Here
from tests.architecture.policies_made import ONE

DAY = timedelta(days=1)


def on_posts(h: Here) -> dict[str, Act]:
    n, today = h.n, timezone.localdate()
    of = h.the(models.Import, "import_id")
    new = h.of(models.RoleHeld, "people:confirm_role", "role_id")
    return {
        "give a role": lambda: people.grant_role(by=n.morgan, to=n.vic, role=Role.PRACTITIONER),
        "give the lead": lambda: people.grant_role(by=n.morgan, to=n.wren, role=Role.LEAD),
        "confirm a role": lambda: people.confirm_role(
            by=n.cleo, held=new, despite=Despite(WHY, today + 9 * DAY)
        ),
        "take the role back": lambda: people.end_role(by=n.morgan, held=new, reason=WHY),
        "end a role": lambda: people.end_role(
            by=n.morgan, held=h.the(models.RoleHeld, "role_id"), reason=WHY
        ),
        "end the lead": lambda: people.end_role(
            by=n.morgan, held=n.dana.roles_held.get(role=Role.LEAD), reason=WHY
        ),
        "end the deputy": lambda: people.end_role(
            by=n.morgan, held=n.devi.roles_held.get(role=Role.DEPUTY), reason=WHY
        ),
        "away": lambda: people.record_absence(by=n.morgan, about=n.dana, starts=today, ends=today),
        "close to": lambda: people.declare_relationship(
            by=n.dana, about=n.dana, kind="close", child=n.kit
        ),
        "carer": lambda: people.add_carer(
            by=n.morgan, family=h.the(models.Family, "family_id"), name="Gran", relation="carer"
        ),
        "room": lambda: people.add_room(by=n.morgan, name="Elms"),
        "family": lambda: people.add_family(by=n.morgan, name="Vale"),
        "admit": lambda: people.admit_child(by=n.morgan, known_as="Ash"),
        "return": lambda: people.record_return(by=n.morgan, child=n.kit),
        "columns": lambda: people.choose_columns(
            by=n.morgan, of=of, fields=["full_name", "room"], day_first=True
        ),
        "list": lambda: people.start_import(
            by=n.morgan, kind="children", text="Full name,Room\nAsh Vale,Oaks"
        ),
        "do a list": lambda: people.do_import(
            by=n.morgan, of=of, plan=Kept(of).plan(n.morgan).fingerprint
        ),
        "ask for a list": lambda: people.ask_import(
            by=n.morgan, of=of, plan=Kept(of).plan(n.morgan).fingerprint
        ),
        "calendar": lambda: calendar.make_calendar(by=n.dana),
        "prefer the other": lambda: people.prefer(by=n.priya, about="coach", wanted=True),
    }


def on_papers(h: Here) -> dict[str, Act]:
    """Policies, and their adoption."""
    n, draft = h.n, h.the(Draft, "draft_id")
    version, policy = h.the(PolicyVersion, "version_id"), h.the(Policy, "policy_id")
    waits = h.of(PolicyVersion, "policies:answer", "version_id")

    def answers(by: models.Member, answer: ProposalAnswer.Kind) -> object:
        proposal = Proposal.objects.get(version=waits)
        return policies.answer_proposal(
            by=by, proposal=proposal, answer=answer, seen=waits.digest, reason=WHY
        )

    return {
        "yes": lambda: answers(n.cleo, ProposalAnswer.Kind.YES),
        "another yes": lambda: answers(n.omar, ProposalAnswer.Kind.YES),
        "not yet": lambda: answers(n.omar, ProposalAnswer.Kind.NO),
        "take back": lambda: policies.withdraw_proposal(
            by=n.dana, proposal=Proposal.objects.get(version=waits)
        ),
        "remind": lambda: policies.remind_approver(
            by=h.system, approver=Proposal.objects.get(version=waits).approvers.all()[0]
        ),
        "propose": lambda: policies.propose(by=n.dana, version=version, approvers=[n.cleo]),
        "propose it again": lambda: policies.propose(by=n.dana, version=waits, approvers=[n.cleo]),
        "change a draft": lambda: policies.change_draft(
            by=n.dana, draft=draft, seen=draft.states.count(), pieces=[Piece("1", "Aims", WHY)]
        ),
        "undo": lambda: policies.undo_draft(by=n.dana, draft=draft, seen=draft.states.count()),
        "save": lambda: policies.save_draft(
            by=n.dana, draft=draft, seen=draft.states.count(), title="Trips"
        ),
        "adopt": lambda: policies.adopt_duties(by=n.dana, takes=[Take("OSP-1-03", policy, "1")]),
        "adopt without": lambda: policies.adopt_duties(by=n.dana, takes=[Take("OSP-1-03")]),
        "another name": lambda: policies.add_alias(by=n.dana, policy=policy, name="Scooters"),
        "the next version": lambda: policies.write_version(
            by=n.dana, title="Bikes", parts=[ONE], made=PolicyVersion.Made.WRITTEN, policy=policy
        ),
        "add a step": lambda: procedures.add_step(
            by=n.dana,
            definition=definitions()["cyberbullying"],
            step={"id": "ours-1", "do": WHY, "by": "lead", "need": "must", "records": "note"},
            place=definitions()["cyberbullying"].steps[0].id,
            reason=WHY,
        ),
    }


def on_reviews(h: Here) -> dict[str, Act]:
    n, today = h.n, timezone.localdate()
    review, policy = h.the(looked_at.Review, "review_id"), h.the(Policy, "policy_id")
    way_in = looked_at.WayIn.objects.get(review__setting=n.setting)
    return {
        "ask": lambda: reviews.ask_for_review(by=n.priya, policy=policy, why=Why.OTHER, reason=WHY),
        "open": lambda: reviews.open_review(
            by=n.dana,
            policy=policy,
            why=Why.OTHER,
            input_until=today + 9 * DAY,
            due_on=today + 20 * DAY,
        ),
        "end": lambda: reviews.record_outcome(
            by=n.dana,
            review=review,
            kind=looked_at.ReviewOutcome.Kind.NO_CHANGE,
            considered=WHY,
            next_review_on=today + 300 * DAY,
        ),
        "say": lambda: reviews.say(by=n.sam, review=review, text=WHY),
        "a way in": lambda: reviews.make_way_in(by=n.dana, review=review),
        "no way in": lambda: reviews.close_way_in(by=n.dana, way_in=way_in),
        "by letter": lambda: reviews.say_by_letter(
            by=h.system,
            way_in=way_in,
            form=uuid4(),
            whose=looked_at.Voice.Whose.PARENT,
            text=WHY,
        ),
        "technical change": lambda: reviews.note_technical_change(
            by=n.dana,
            kind=looked_at.TechnicalChange.Kind.FILTER,
            changed_on=today,
            text=WHY,
        ),
        "prompt": lambda: reviews.prompt_review(
            by=h.system, policy=policy, why=Why.OTHER, prompt=str(uuid4())
        ),
        "guidance": lambda: reviews.prompt_for_guidance(by=h.system, setting=n.setting),
        "plan": lambda: plan.plan_improvement(by=n.dana, text=WHY, owner=n.sam, due_on=today + DAY),
        "improved": lambda: plan.finish_improvement(
            by=n.sam, improvement=h.the(Improvement, "improvement_id"), note=WHY
        ),
        "seen to": lambda: plan.finish_improvement(
            by=n.dana, improvement=h.the(Improvement, "improvement_id"), note=WHY
        ),
    }


def on_learning(h: Here) -> dict[str, Act]:
    n, today = h.n, timezone.localdate()
    given, clock = (
        Given("A talk", today, "talk", {"filtering": ["limits"]}),
        System(REMINDS, n.setting.pk),
    )
    induction = h.the(learnt.Induction, "induction_id")
    activity = h.the(learnt.Activity, "activity_id")
    return {
        "own": lambda: training.record_own(by=n.sam, given=given),
        "talk": lambda: training.record_training(
            by=n.morgan, given=given, present=[n.priya, n.sam]
        ),
        "item": lambda: training.add_item(by=n.dana, name="Fire", text=WHY, audiences=["staff"]),
        "no item": lambda: training.retire_item(by=n.dana, slug="own-the-gate", reason=WHY),
        "begin": lambda: training.begin_induction(by=n.morgan, member=n.sam, starts=today),
        "begin due": lambda: training.begin_inductions_due(by=clock, setting=n.setting),
        "sign": lambda: training.sign_items(
            by=n.priya, induction=induction, items=list(induction.items.all())[:1]
        ),
        "elsewhere": lambda: training.take_what_is_done_elsewhere(by=clock, inductions=[induction]),
        "held": lambda: training.answer_activity(by=n.dana, activity=activity, held_on=today),
        "not held": lambda: training.answer_activity(
            by=n.devi, activity=activity, held_on=None, note=WHY
        ),
        "remind": lambda: training.remind(by=clock, setting=n.setting),
    }


def on_access(h: Here) -> dict[str, Act]:
    n, grant = h.n, h.the(Grant, "grant_id")
    partnership = Contact.objects.get(setting=n.setting, slug="partnership", version=1)
    audience = Audience.COMMITTEE
    return {
        "write": lambda: agreements.write_agreement(
            by=n.dana, audience=audience, wording=ours(audience), change_note=WHY
        ),
        "give": lambda: agreements.give_access(by=n.morgan, to=n.sam, kind="wifi"),
        "give again": lambda: agreements.give_access(by=n.morgan, to=n.priya, kind="wifi"),
        "end": lambda: agreements.end_access(by=n.morgan, grant=grant),
        "end mine": lambda: agreements.end_access(by=n.priya, grant=grant, note=WHY),
        "run out": lambda: agreements.run_out(by=h.system, grants=[grant]),
        "accept on paper": lambda: agreements.accept(
            by=n.priya,
            agreement=h.the(Agreement, "agreement_id"),
            seen=h.the(Agreement, "agreement_id").digest,
        ),
        "hand out": lambda: witness.hand_out(by=h.system, setting=n.setting),
        "no proof": lambda: witness.say_nobody_has_proof(by=h.system, setting=n.setting),
        "no partnership": lambda: directory.remove_contact(by=n.dana, contact=partnership),
        "list of the area": lambda: directory.choose_area(by=n.dana, area="kent"),
        "another mailbox": lambda: witness.name_mailbox(by=n.morgan, name="Them", email="a@b.test"),
    }
