"""Reports and cases to begin a test with, made through the real actions."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from demo.cast import Nursery
from safeguarding.approvals.actions import approve
from safeguarding.approvals.asked import those_asked
from safeguarding.approvals.models import Approval
from safeguarding.concerns import actions, kinds
from safeguarding.concerns.actions import Printed
from safeguarding.concerns.models import Case, Concern, PaperCopy
from safeguarding.concerns.report import Person, Report
from safeguarding.people.models import Child, Member

WELFARE, IMAGE, GROOMING = "welfare-concern", "nude-image", "child-sexual-exploitation"
SAID = "Kit said the man in the game asked for a photo."


def a_report(kind: str = WELFARE, *people: Person, **changes: Any) -> Report:
    """What a practitioner would send, with whatever the test changes."""
    said: dict[str, Any] = {
        "kind": kind,
        "risk_area": "contact",
        "in_danger_now": False,
        "told_lead": "yes",
        "happened_on": timezone.localdate(),
        "heard": SAID,
        "people": people,
    }
    return Report(**said | changes)


def filed(by: Member, report: Report | None = None, key: UUID | None = None) -> Concern:
    """A report that somebody sent."""
    return actions.file_report(by=by, key=key or uuid4(), report=report or a_report())


def about(member: Member) -> Report:
    """A report that says that a member did something."""
    return a_report(WELFARE, Person("alleged", member=member))


def told(concern: Concern) -> set[str]:
    """First names of everyone who was told of a report."""
    rows = concern.recipients.select_related("member__user")
    return {row.member.display_name.split()[0] for row in rows}


def opened(
    by: Member,
    concern: Concern,
    *,
    record_class: str = "",
    procedures: Sequence[str] = (),
    let_know: Sequence[Member] = (),
) -> Case:
    """The case that somebody opened on a report, with the procedure that goes with its kind."""
    return actions.open_case(
        by=by,
        concern=concern,
        title="Video on room tablet",
        record_class=record_class or concern.record_class,
        procedures=procedures or [kinds.procedure_for(concern.kind, concern.record_class)],
        let_know=let_know,
        reasons="It has to be looked into.",
    )


def a_case(reporter: Member, lead: Member, report: Report | None = None) -> Case:
    """A case, from report to triage."""
    return opened(lead, filed(reporter, report))


def again(member: Member) -> Member:
    """The same member as the next request would see them, with the roles they hold now."""
    return Member.objects.with_roles(timezone.localdate()).get(pk=member.pk)


def typed(
    report_kind: str = WELFARE, *, people: Sequence[dict[str, str]] = (), **changes: str
) -> dict[str, str]:
    """The report form as a browser would send it."""
    today: date = timezone.localdate()
    answers = {
        "key": str(uuid4()),
        "in_danger_now": "no",
        "kind": report_kind,
        "happened_on_day": str(today.day),
        "happened_on_month": str(today.month),
        "happened_on_year": str(today.year),
        "heard": SAID,
        "risk_area": "unsure",
        "told_lead": "yes",
        "people-TOTAL_FORMS": str(max(len(people), 1)),
        "people-INITIAL_FORMS": "0",
    }
    for number, person in enumerate(people):
        answers |= {f"people-{number}-{name}": value for name, value in person.items()}
    return answers | changes


def agreed(approval: Approval) -> Approval:
    """Another person, of those who are asked, says yes to exactly what was asked for."""
    approve(by=those_asked(approval)[0], approval=approval, seen=approval.digest)
    return approval


def case_on_paper(by: Member, case: Case, **said: Any) -> Printed:
    """A paper of a case that another person said yes to, as whoever asked takes it."""
    approval = agreed(actions.ask_to_print_case(by=by, case=case, **said))
    return actions.take_paper(by=by, copy=PaperCopy.objects.get(approval=approval))


def file_on_paper(by: Member, child: Child, **said: Any) -> Printed:
    """A paper of a child's file that another person said yes to."""
    approval = agreed(actions.ask_to_print_file(by=by, child=child, **said))
    return actions.take_paper(by=by, copy=PaperCopy.objects.get(approval=approval))


def ended(by: Member, case: Case, outcome: str = "The child is safe.") -> None:
    """A case closed; by two people where it is about an adult here."""
    if case.record_class != "C3":
        actions.close_case(by=by, case=case, outcome=outcome)
        return
    approval = actions.ask_to_close(by=by, case=case, outcome=outcome)
    if not those_asked(approval):
        cleo = case.setting.members.get(name="Cleo Barnes")
        actions.let_know(by=by, case=case, member=cleo, reason="the second person")
    agreed(approval)


def leave_alone(by: Member, case: Case) -> None:
    """Everybody else leaves the list of a case."""
    for granted in case.need_to_know.filter(ended__isnull=True).exclude(member=by):
        actions.end_need_to_know(by=by, case=case, granted=granted, reason="Not needed.")


def url(n: Nursery, name: str, *args: Any) -> str:
    """The address of a page about concerns."""
    return n.setting.link_to(f"concerns:{name}", *args)


def day(name: str = "on", days: int = 0) -> dict[str, str]:
    """A day, as a form sends it."""
    then = timezone.localdate() + timedelta(days=days)
    return {f"{name}_{part}": str(getattr(then, part)) for part in ("day", "month", "year")}
