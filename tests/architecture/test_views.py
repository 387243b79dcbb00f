"""Every page has a door, and reads only what whoever stands there may read (rules R2, R6)."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from .addresses import Address, inside, outside
from .source import short, tree, views_modules

DOORS = {"members", "case content", "keeping people", "signed in", "anyone", "public"}
INSIDE_DOORS = {"members", "case content", "keeping people"}
READS = {"readable_by", "sent_by", "led_by", "to_confirm", "to_approve"}
MANAGERS = {"objects", "_default_manager", "_base_manager"}

# Pages without a door of people's: they are the ground's, and the ground knows no people.
WITHOUT_A_DOOR = {
    "foundation.views.health": "says only whether the machine is well; machines ask it",
    "foundation.views.quiet": "tells nobody anything, for when someone walks up behind",
}

# Pages with which a stolen password could make a lead, shut one out, or send a referral astray.
POWER = (
    *("people:add_member", "people:invite", "people:grant_role", "people:end_role"),
    "people:rename",
    *("people:about", "people:hours", "people:terms", "people:ties", "people:end_tie"),
    *("people:add_carer", "people:end_carer"),
    *("people:waiting", "people:confirm_role", "people:confirm_end"),
    *("people:import_start", "people:import_children", "people:import_staff", "people:import"),
    *("people:import_columns", "people:import_problems", "people:import_progress"),
    *("people:import_forget", "people:import_children_example", "people:import_staff_example"),
    *("directory:add", "directory:area", "directory:change"),
    *("directory:check", "directory:remove"),
    "directory:put_back",
    *("procedures:add_step", "procedures:change_step", "procedures:end"),
    *("directory:local_rule", "directory:take_back", "portal:keep"),
    *("policies:bring_in", "policies:bring_in_version", "policies:draft_save", "policies:propose"),
    *("policies:accept_loss", "policies:withdraw", "policies:add_alias", "policies:end_alias"),
    *("agreements:write", "agreements:questions", "agreements:publish", "agreements:write_down"),
    *("agreements:give", "agreements:end"),
    *("backups:sheets", "backups:read_back"),
)

# Pages inside a setting that anybody at all may use; they learn nothing of who that is.
FOR_THE_PUBLIC = {
    *("portal:tell", "portal:replies", "notifications:feed"),
    *("policies:letter_code", "policies:say_by_letter"),
}

# Pages that work without the second check, though they stand among those about cases.
ABOUT_CONCERNS_WITHOUT_SECOND_CHECK = {
    "report": "reporting a worry never waits for a second factor (rule R1)",
    "mine": "shows how far one's own reports have come, not what they say",
    "receipt": "shows how far one's own report has come, not what it says",
    "add": "takes words in and shows none",
    "action": "shows its owner what to change, and nothing of the case it comes from",
    "custody": "lists numbers and places; whoever reads cases passes the second check first",
    "custody_item": "shows what a device is only to readers of its case who passed the check",
    "custody_label": "shows a number and nothing else",
    "hand_over": "asks whom a device goes to, and shows nothing of the case",
    "custody_offer": "shows whoever is asked from whom, to whom and where",
    "technical_step": "shows technical staff what to do, and nothing of the case it is for",
}

# Questions to tables that do not go through a member, and why that is right.
OTHER_READS = {
    ("people/views.py", "Setting.objects.exists"): "before the first set-up there is nobody",
    ("people/views.py", "Member.objects.open_to"): "the person's own memberships, to choose from",
    ("people/account_views.py", "Authenticator.objects.filter"): "the person's own second factors",
    ("today/welcome/views.py", "Setting.objects.exists"): "closes the first set-up for good",
    ("today/welcome/views.py", "Member.objects.filter"): "the setting that was opened just now",
    (
        "policies/reviews/views/outside.py",
        "WayIn.objects.with_code",
    ): "nobody asks; a code opens one policy that is looked at",
    ("portal/views/public.py", "Teller.objects.with_receipt"): "nobody asks; a code opens one row",
    ("portal/views/public.py", "Pause.objects.standing"): "whether the setting's own form is open",
    (
        "notifications/calendar/views.py",
        "CalendarAddress.objects.with_token",
    ): "nobody asks; a secret opens one member's dates",
    (
        "notifications/calendar/views.py",
        "Member.objects.with_roles",
    ): "whose secret it is, with their roles of today",
    (
        "concerns/views/readings.py",
        "Member.objects.staff_of",
    ): "names to ask about, for who lets in",
    ("concerns/views/steps.py", "Run.objects.filter"): "with runs_of(member): a run knows no case",
}


def test_there_are_pages() -> None:
    assert len(inside()) > 40
    assert len(outside()) > 20


@pytest.mark.parametrize("address", [*inside(), *outside()], ids=str)
def test_a_page_has_a_door(address: Address) -> None:
    name = f"{address.view.__module__}.{address.view.__qualname__}"
    if name in WITHOUT_A_DOOR:
        return
    assert getattr(address.view, "door", None) in DOORS, (
        f"{name} has no door: decorate it with one of people/pages.py"
    )


@pytest.mark.parametrize("address", inside(), ids=str)
def test_inside_a_setting_nobody_comes_without_being_a_member(address: Address) -> None:
    door = getattr(address.view, "door", None)
    expected = {"public"} if str(address) in FOR_THE_PUBLIC else INSIDE_DOORS

    assert door in expected or address.name == "quiet"


@pytest.mark.parametrize("name", POWER)
def test_a_page_that_gives_power_asks_for_the_second_check(name: str) -> None:
    [address] = [one for one in inside() if str(one) == name]

    assert address.view.door == "keeping people"  # type: ignore[attr-defined]


@pytest.mark.parametrize("address", inside("concerns"), ids=str)
def test_a_page_about_cases_asks_for_the_second_check(address: Address) -> None:
    """Unless it is one of the few that show nothing of a case."""
    is_free = address.name in ABOUT_CONCERNS_WITHOUT_SECOND_CHECK

    assert address.view.door == ("members" if is_free else "case content")  # type: ignore[attr-defined]


def test_the_exceptions_are_still_there() -> None:
    for name in WITHOUT_A_DOOR:
        module, _, view = name.rpartition(".")
        assert hasattr(import_module(module), view)
    names = {address.name for address in inside("concerns")}
    assert set(ABOUT_CONCERNS_WITHOUT_SECOND_CHECK) <= names
    found = {(_place(path), read) for path in views_modules() for read, _ in table_reads(path)}
    assert set(OTHER_READS) <= found, "an exception nobody needs any more"


@pytest.mark.parametrize("path", views_modules(), ids=short)
def test_a_page_reads_through_whoever_asks(path: Path) -> None:
    others = {
        f"line {line}": read
        for read, line in table_reads(path)
        if read.rpartition(".")[2] not in READS and (_place(path), read) not in OTHER_READS
    }
    assert others == {}, "start at .objects.readable_by(request.member)"


def table_reads(path: Path) -> Iterator[tuple[str, int]]:
    """Everything asked of a table directly: `Case.objects.readable_by`, with its line."""
    for node in ast.walk(tree(path)):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Attribute)
            and node.value.attr in MANAGERS
        ):
            yield ast.unparse(node), node.lineno
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("get_object"):
            yield ast.unparse(node.func), node.lineno


def _place(path: Path) -> str:
    return short(path).removeprefix("safeguarding/")
