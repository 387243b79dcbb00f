"""People, papers and what waits for somebody, for the addresses that are tried."""

from allauth.mfa.models import Authenticator
from django.utils import timezone

from demo.cast import Nursery
from foundation.models import Record
from safeguarding.approvals.actions import approve
from safeguarding.concerns import actions
from safeguarding.concerns.models import (
    Case,
    PaperCopy,
)
from safeguarding.people import actions as people
from safeguarding.people.keyring import make_pair
from safeguarding.people.models import Family, PersonKey, User
from safeguarding.people.roles import Role
from safeguarding.procedures.actions import add_step
from safeguarding.procedures.library import definitions


def absence(at: Nursery) -> Record:
    """Somebody is away for a day."""
    day = timezone.localdate()
    return people.record_absence(by=at.morgan, about=at.vic, starts=day, ends=day)


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
    return actions.ask_to_print_file(by=at.dana, child=at.noor, **said)


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


def tie(at: Nursery) -> Record:
    return people.declare_relationship(by=at.sam, about=at.sam, kind="close", other_member=at.vic)


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
