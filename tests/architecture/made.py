"""People, papers and what waits for somebody, for the addresses that are tried."""

from datetime import timedelta
from io import BytesIO

import pikepdf
from allauth.mfa.models import Authenticator
from django.utils import timezone

from demo.cast import Nursery
from foundation.models import Record
from safeguarding.approvals.actions import approve
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, PaperCopy
from safeguarding.directory.actions import set_local_rule
from safeguarding.governance.actions import make_pack
from safeguarding.governance.models import Pack
from safeguarding.governance.papers.tasks import set_pack
from safeguarding.governance.plan.actions import write_evaluation
from safeguarding.governance.plan.models import Evaluation, Improvement
from safeguarding.law.values import Value
from safeguarding.people import actions as people
from safeguarding.people.keyring import make_pair
from safeguarding.people.models import Family, PersonKey, Room, User
from safeguarding.people.roles import Role
from safeguarding.policies.actions import Part, adopt_duties, write_version
from safeguarding.policies.adopting import Take
from safeguarding.policies.models import Policy, PolicyVersion
from safeguarding.policies.reviews import actions as reviews
from safeguarding.policies.reviews.models import Review, Why
from safeguarding.procedures.actions import add_step
from safeguarding.procedures.library import definitions
from safeguarding.training import actions as learning
from safeguarding.training.given import Given
from safeguarding.training.models import Reaches


def absence(at: Nursery) -> Record:
    """Somebody is away for a day."""
    day = timezone.localdate()
    return people.record_absence(by=at.morgan, about=at.vic, starts=day, ends=day)


def policy(at: Nursery) -> Policy:
    """A policy as somebody wrote it down."""
    parts = [Part("1", "Why we have it", "So that children are safe.")]
    made = PolicyVersion.Made.WRITTEN
    return write_version(by=at.dana, title="Online safety", parts=parts, made=made).policy


def asked_for(at: Nursery, policy: Policy) -> Record:
    """Somebody asks for a policy to be looked at."""
    return reviews.ask_for_review(by=at.priya, policy=policy, why=Why.OTHER, reason="Look again.")


def review(at: Nursery, policy: Policy) -> Review:
    """A review of it, that is open."""
    today = timezone.localdate()
    first, last = today + timedelta(days=30), today + timedelta(days=60)
    return reviews.open_review(
        by=at.dana, policy=policy, why=Why.OTHER, input_until=first, due_on=last
    )


def technical_step(case: Case) -> dict[str, str]:
    """A step that technical staff are asked to do, and its procedure."""
    run = case.runs.get(definition_id="filtering-breach")
    step = next(step for step in run.definition.steps if step.by == "technical")
    return {"run_id": str(run.pk), "step_id": step.id}


def adapted(at: Nursery) -> Record:
    """A step that the nursery added to a procedure."""
    step = {"id": "ours-1", "do": "Tell the key person.", "by": "lead", "need": "must"}
    return add_step(
        by=at.dana,
        definition=definitions()["welfare-concern"],
        step=step | {"records": "note"},
        place="decide",
        reason="Our partnership asks for it.",
    )


def asked(at: Nursery) -> Record:
    """A child's file that somebody asked to give out, and that waits for a second person."""
    said = {"recipient": "His father", "purpose": "He asked to see it"}
    return actions.ask_to_print_file(by=at.dana, child=at.kit, **said)


def paper(at: Nursery, case: Case) -> Record:
    """A paper that another person said yes to."""
    approval = actions.ask_to_print_case(
        by=at.dana, case=case, recipient="Ruth Field", purpose="Meeting"
    )
    approve(by=at.morgan, approval=approval, seen=approval.digest)
    return PaperCopy.objects.get(approval=approval)


def glass(at: Nursery) -> Record:
    """The glass that the manager broke for a child."""
    return actions.break_glass(
        by=at.morgan, child=at.isla, code="agency", reason="The police are here and ask."
    )


def family(at: Nursery) -> Family:
    assert at.kit.family is not None
    return at.kit.family


def room(at: Nursery) -> Room:
    assert at.kit.room is not None
    return at.kit.room


def tie(at: Nursery) -> Record:
    return people.declare_relationship(by=at.sam, about=at.sam, kind="close", other_member=at.vic)


def rule_to_come(at: Nursery) -> Record:
    """A value of the setting's own that begins tomorrow."""
    said = {"rule_id": "report.read", "reason": "We are always here."}
    tomorrow = timezone.localdate() + timedelta(days=1)
    return set_local_rule(by=at.dana, value=Value.parse("1 hour"), **said, starts=tomorrow)


def topic_to_come(at: Nursery) -> Record:
    """A topic that is asked of volunteers from tomorrow on."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    return learning.ask_of_role(by=at.dana, topic="filtering", role=Role.VOLUNTEER, starts=tomorrow)


def new_key(at: Nursery) -> Record:
    """A key that waits for a second person."""
    for password in ("the first password", "one from a link"):
        make_pair(at.sam.user, password)
    return PersonKey.objects.newest().get(user=at.sam.user)


def given(at: Nursery) -> Record:
    """A role that waits for a second person."""
    return people.grant_role(by=at.morgan, to=at.omar, role=Role.DEPUTY)


def ending(at: Nursery) -> Record:
    """The end of a role that waits for a second person."""
    held = at.wren.roles_held.get(role=Role.DEPUTY_MANAGER)
    return people.end_role(by=at.morgan, held=held, reason="Works less from now.")


def an_import(at: Nursery) -> Record:
    """A list that was begun, with its columns."""
    of = people.start_import(by=at.morgan, kind="children", text="Full name,Room\nAsh Vale,Oaks")
    people.choose_columns(by=at.morgan, of=of, fields=["full_name", "room"], day_first=True)
    return of


def passkey(user: User) -> Authenticator:
    """A passkey's row, as allauth keeps it: making a real one needs a browser."""
    kind = Authenticator.Type.WEBAUTHN
    credential = {"name": "Office computer", "credential": {"clientExtensionResults": {}}}
    row: Authenticator = Authenticator.objects.create(user=user, type=kind, data=credential)
    return row


def training(at: Nursery) -> dict[str, Record]:
    """A course of her own that Priya wrote down, with its certificate; and her first weeks."""
    day = timezone.localdate()
    given = Given("A course", day, "online", {"filtering": ["limits"]})
    attendance = learning.record_own(by=at.priya, given=given)
    paper = {"name": "course.pdf", "content": a_pdf()}
    return {
        "attendance_id": attendance,
        "training_id": attendance.training,
        "certificate_id": learning.add_certificate(by=at.priya, attendance=attendance, **paper),  # type: ignore[arg-type]
        "activity_id": learning.plan_activity(
            by=at.dana, title="A story", planned_for=day, reaches=[Reaches.CHILDREN]
        ),
        "induction_id": shown(at),
    }


def shown(at: Nursery) -> Record:
    """Her first weeks, in which she was shown the last thing of the list."""
    day = timezone.localdate()
    begun = learning.begin_induction(by=at.morgan, member=at.priya, starts=day)
    last = begun.items.reverse()[:1]
    learning.show_items(by=at.morgan, induction=begun, items=last, on=day, presenter=at.dana)
    return begun


def answered(at: Nursery) -> Record:
    """Something on the plan, of which somebody said how it went."""
    day = timezone.localdate()
    planned = learning.plan_activity(
        by=at.dana, title="A song", planned_for=day, reaches=[Reaches.STAFF]
    )
    learning.answer_activity(by=at.dana, activity=planned, held_on=day)
    return planned


def own_item(at: Nursery) -> None:
    """Something the setting shows its new colleagues beside the ready-made list."""
    learning.add_item(by=at.dana, name="The gate", text="Its code.", audiences=["staff"])


def own_topic(at: Nursery) -> None:
    """Something the setting asks its volunteers to learn beside what comes ready-made."""
    year = Value.parse("1 year")
    learning.add_topic(
        by=at.dana, name="The pond", about="Who goes there.", every=year, roles=[Role.VOLUNTEER]
    )


def confirmed(at: Nursery) -> Record:
    """A talk that Priya was at, as the manager says."""
    given = Given("A talk", timezone.localdate(), "talk", {"filtering": ["limits"]})
    talk = learning.record_training(by=at.morgan, given=given, present=[at.priya])
    return talk.attendances.get()


def a_pdf() -> bytes:
    """An empty sheet."""
    made = BytesIO()
    with pikepdf.new() as sheet:
        sheet.add_blank_page()
        sheet.save(made)
    return made.getvalue()


def a_pack(at: Nursery) -> Pack:
    """A pack for an inspection, on paper."""
    adopt_duties(by=at.dana, takes=[Take("OSP-3-01")])
    made = make_pack(by=at.dana, as_of=timezone.now(), form="pdf", recipient="An inspector").pack
    set_pack.call(str(at.setting.pk), str(made.paper.pk))
    return made


def looked(at: Nursery) -> tuple[Evaluation, Improvement]:
    """A look at practice, and something for Sam to see to."""
    today = timezone.localdate()
    wanted = [("Charge the tablets", at.sam, today)]
    found = write_evaluation(
        by=at.dana, held_on=today, looked_at="Rooms.", strong="Doors.", improvements=wanted
    )
    return found, found.improvements.get()
