"""Everything that changes about settings, their people and their children: ask, change, record."""

from safeguarding.people.given import About, Opening, Person, TermDates

from .absences import end_absence, record_absence
from .accounts import add_member, change_address, invite, remove_second_factor
from .children import (
    add_carer,
    add_family,
    add_room,
    admit_child,
    change_child,
    end_carer,
    record_leaving,
    record_return,
)
from .importing import MANY, ask_import, choose_columns, do_import, forget_import, start_import
from .keys import confirm_key
from .names import rename_family, rename_member, rename_room
from .preferences import prefer
from .roles import confirm_end, confirm_role, end_role, grant_role
from .settings import (
    describe_setting,
    join_group,
    open_setting,
    set_opening_hours,
    set_terms,
)
from .ties import confirm_relationship, declare_relationship, end_relationship

__all__ = [
    "MANY",
    "About",
    "Opening",
    "Person",
    "TermDates",
    "add_carer",
    "add_family",
    "add_member",
    "add_room",
    "admit_child",
    "ask_import",
    "change_address",
    "change_child",
    "choose_columns",
    "confirm_end",
    "confirm_key",
    "confirm_relationship",
    "confirm_role",
    "declare_relationship",
    "describe_setting",
    "do_import",
    "end_absence",
    "end_carer",
    "end_relationship",
    "end_role",
    "forget_import",
    "grant_role",
    "invite",
    "join_group",
    "open_setting",
    "prefer",
    "record_absence",
    "record_leaving",
    "record_return",
    "remove_second_factor",
    "rename_family",
    "rename_member",
    "rename_room",
    "set_opening_hours",
    "set_terms",
    "start_import",
]
