"""Lists brought in through the real actions, for the tests."""

from safeguarding.people import actions
from safeguarding.people.importing.kept import Kept
from safeguarding.people.importing.plans import Plan
from safeguarding.people.models import Import, ImportDone, Member

HEADINGS = "Full name,Date of birth,Room,Family name,Carer 1 name,Carer 1 relation"
ASH_FILE = f"{HEADINGS}\r\nAsh Vale,27/03/2022,Oaks,Vale,Jo Vale,mother\r\n"


def begun(by: Member, *lines: str, kind: str = "children", headings: str = HEADINGS) -> Import:
    """A list with its columns, ready to be looked at."""
    text = "\n".join([headings, *lines])
    of = actions.start_import(by=by, kind=kind, text=text)
    actions.choose_columns(by=by, of=of, fields=Kept(of).offered, day_first=True)
    return of


def planned(by: Member, *lines: str, kind: str = "children", headings: str = HEADINGS) -> Plan:
    return Kept(begun(by, *lines, kind=kind, headings=headings)).plan(by)


def brought(
    by: Member, *lines: str, kind: str = "children", headings: str = HEADINGS
) -> ImportDone:
    """Looked at, and done."""
    of = begun(by, *lines, kind=kind, headings=headings)
    return actions.do_import(by=by, of=of, plan=Kept(of).plan(by).fingerprint)


def said(plan: Plan) -> list[str]:
    """What is to be put right, with the number of its line."""
    return [f"{one.line}: {one.what}" for one in plan.problems]
