"""What of ours takes two people: papers, closing an allegation, a thawed file, what was a mistake (R23)."""

from safeguarding.approvals.kinds import Kind, Said, takes_two
from safeguarding.approvals.models import Approval
from safeguarding.people.models import Child, Member
from safeguarding.procedures.models import Run

from . import actions
from .mistaken import numbers_of
from .models import Case, CustodyItem, FileFrozen
from .permissions import (
    may_read_this_case,
    may_see_frozen,
    second_for_allegation,
    second_for_case,
    second_for_file,
)

NEVER = "It never was with us: nobody here ever had it"
LOOK_FIRST = (
    "Look yourself whether this device is here, where it is written to be, and ask whoever is written to "
    "have it. If it is here, or you do not know, say no: it stays in custody."
)
TWICE = "It is with us under another number: {}"
LOOK_AT_BOTH = (
    "Look yourself whether the device with that number and this one are the same. If they are not, or you do "
    "not know, say no: both stay in custody."
)
LOOK_WITH_THEM = (
    "That number is of another case, and is not shown here. Let whoever asked show you that device and this "
    "one. If they are not the same, or you do not know, say no: both stay in custody."
)
IN_QUARANTINE = "It is in quarantine: the police have given no advice on it yet. "


def _case(approval: Approval) -> Case:
    return Case.objects.select_related("setting").get(pk=approval.about_id)


def _child(approval: Approval) -> Child:
    return Child.objects.select_related("setting").get(pk=approval.about_id)


def _of_paper(approval: Approval) -> list[tuple[str, str]]:
    said = approval.arguments
    return [("Who gets it", str(said["recipient"])), ("What for", str(said["purpose"]))]


def _page_of(case: Case, member: Member) -> str:
    return case.path if may_read_this_case(member, case) else ""


def _says_print_case(approval: Approval, member: Member) -> Said:
    case = _case(approval)
    readers = "Yes" if approval.arguments["with_readers"] else "No"
    lines = [
        ("What goes out", f"The whole case {case.reference} as a PDF, with every name in it"),
        *_of_paper(approval),
        ("Also who was let in", readers),
    ]
    return Said(lines, _page_of(case, member))


def _says_print_file(approval: Approval, member: Member) -> Said:  # noqa: ARG001  the same for all
    child, hidden = _child(approval), approval.arguments["hidden"]
    count = len(hidden) if isinstance(hidden, list) else 0
    lines = [
        ("What goes out", f"The file of {child.full_name} as a PDF"),
        *_of_paper(approval),
        ("Blacked out", f"{count} name{'' if count == 1 else 's'} of others"),
    ]
    return Said(lines)


def _says_close(approval: Approval, member: Member) -> Said:
    case = _case(approval)
    lines = [
        ("What ends", f"The work on case {case.reference}, about an adult here"),
        ("How it turned out", str(approval.arguments["outcome"])),
    ]
    return Said(lines, _page_of(case, member))


def _frozen(approval: Approval) -> FileFrozen:
    return FileFrozen.objects.select_related("setting").get(pk=str(approval.arguments["frozen"]))


def _says_thaw(approval: Approval, member: Member) -> Said:
    frozen = _frozen(approval)
    lines = [
        ("What is opened again", f"Frozen file {frozen.code}: whoever reads its case opens it"),
        ("Why", str(approval.arguments["reason"])),
    ]
    return Said(lines, frozen.path if may_see_frozen(member, frozen) else "")


def _thaw(approval: Approval, asker: Member) -> None:
    reason = str(approval.arguments["reason"])
    actions.thaw_file(by=asker, frozen=_frozen(approval), reason=reason, approval=approval)


def _says_set_aside(approval: Approval, member: Member) -> Said:
    """Which procedure it is says what the case is about: whoever does not read it sees only its number."""
    case = _case(approval)
    page = _page_of(case, member)
    named = f"“{_run(approval).title}”" if page else "One of the procedures"
    lines = [
        ("What is set aside", f"{named} on case {case.reference}: nothing in it is owed any more"),
        ("Why it was a mistake", str(approval.arguments["reason"])),
        ("What stays", "The case, its other procedures, and how closely it is guarded"),
    ]
    return Said(lines, page)


def _run(approval: Approval) -> Run:
    return Run.objects.get(pk=str(approval.arguments["run"]), subject_id=approval.about_id)


def _set_aside(approval: Approval, asker: Member) -> None:
    actions.set_aside_procedure(
        by=asker,
        case=_case(approval),
        run=_run(approval),
        reason=str(approval.arguments["reason"]),
        approval=approval,
    )


def _item(approval: Approval, name: str = "item") -> CustodyItem:
    rows = CustodyItem.objects.filter(setting=approval.setting_id)
    rows = rows.select_related("setting", "of_case__case__setting")
    return rows.get(pk=str(approval.arguments[name]))


def _same_as(approval: Approval) -> CustodyItem | None:
    return _item(approval, "same_as") if approval.arguments["same_as"] else None


def _says_by_mistake(approval: Approval, member: Member) -> Said:
    """What a device is, only whoever reads its case sees: its number says nothing."""
    case, said = _case(approval), approval.arguments
    item, same = _item(approval), _same_as(approval)
    other = _number_here(same, case) if same else ""
    numbers = " and ".join(numbers_of(item))
    lines = [
        ("Which device", f"Custody number {numbers}, on case {case.reference}"),
        ("What is said of it", TWICE.format(other or "on another case") if same else NEVER),
        ("How that came", str(said["reason"])),
        ("Where it is written to be", item.now.place),
        ("Who is written to have it", item.now.keeper_in_short),
        ("Before you say yes", _look(approval, other)),
    ]
    readable = CustodyItem.objects.readable_by(member).filter(pk=item.pk).exists()
    return Said(lines, item.path if readable else "")


def _number_here(item: CustodyItem, case: Case) -> str:
    """Its number; nothing where it is of another case, of which nobody is to learn here."""
    return item.number if item.case.pk == case.pk else ""


def _look(approval: Approval, other: str) -> str:
    said = approval.arguments
    quarantine = IN_QUARANTINE if said["quarantine"] else ""
    if not said["same_as"]:
        return quarantine + LOOK_FIRST
    return quarantine + (LOOK_AT_BOTH if other else LOOK_WITH_THEM)


def _by_mistake(approval: Approval, asker: Member) -> None:
    actions.end_custody_by_mistake(
        by=asker,
        item=_item(approval),
        same_as=_same_as(approval),
        reason=str(approval.arguments["reason"]),
        approval=approval,
    )


def _mistaken_item(approval: Approval) -> str:
    """Its page; the page of its case, where what was asked is sealed and not open now."""
    item = dict(approval.arguments).get("item")
    return approval.setting.link_to("concerns:custody_item", item) if item else _case(approval).path


def _says_no_picture(approval: Approval, member: Member) -> Said:
    """That there might be a picture says what the case is about: who does not read it sees its number."""
    case = _case(approval)
    page = _page_of(case, member)
    what = (
        "is about no picture of a child" if page else "needs no procedure further to those it has"
    )
    lines = [
        ("What is said", f"Case {case.reference} {what}: it can be closed without one"),
        ("Why", str(approval.arguments["reason"])),
        ("What stays", "The case, its procedures, and how closely it is guarded"),
    ]
    return Said(lines, page)


def _say_no_picture(approval: Approval, asker: Member) -> None:
    reason = str(approval.arguments["reason"])
    actions.say_no_picture(by=asker, case=_case(approval), reason=reason, approval=approval)


def _print_case(approval: Approval, asker: Member) -> None:
    said = approval.arguments
    actions.print_case(
        by=asker,
        case=_case(approval),
        recipient=said["recipient"],
        purpose=said["purpose"],
        with_readers=said["with_readers"],
        approval=approval,
    )


def _print_file(approval: Approval, asker: Member) -> None:
    said = approval.arguments
    actions.print_childs_file(
        by=asker,
        child=_child(approval),
        recipient=said["recipient"],
        purpose=said["purpose"],
        hidden=said["hidden"],
        approval=approval,
    )


def _close(approval: Approval, asker: Member) -> None:
    outcome = str(approval.arguments["outcome"])
    actions.close_case(by=asker, case=_case(approval), outcome=outcome, approval=approval)


def _paper(approval: Approval) -> str:
    return approval.setting.link_to("concerns:paper", approval.paper.pk)


takes_two(
    "print_case",
    Kind("Give out a case on paper", second_for_case, _says_print_case, _print_case, _paper),
)
takes_two(
    "print_childs_file",
    Kind(
        "Give out a child’s file on paper", second_for_file, _says_print_file, _print_file, _paper
    ),
)
takes_two(
    "close_case",
    Kind(
        "Close an allegation",
        second_for_allegation,
        _says_close,
        _close,
        lambda one: _case(one).path,
    ),
)
takes_two(
    "thaw_file",
    Kind(
        "Open a frozen file again",
        second_for_case,
        _says_thaw,
        _thaw,
        lambda one: _case(one).setting.link_to("concerns:chronology", one.about_id),
    ),
)
takes_two(
    "set_aside_procedure",
    Kind(
        "Set aside a procedure begun by mistake",
        second_for_case,
        _says_set_aside,
        _set_aside,
        lambda one: _case(one).path,
    ),
)
takes_two(
    "device_by_mistake",
    Kind(
        "Say that a device in custody was recorded by mistake",
        second_for_case,
        _says_by_mistake,
        _by_mistake,
        _mistaken_item,
    ),
)
takes_two(
    "say_no_picture",
    Kind(
        "Say that a case needs no further procedure",
        second_for_case,
        _says_no_picture,
        _say_no_picture,
        lambda one: _case(one).path,
    ),
)
