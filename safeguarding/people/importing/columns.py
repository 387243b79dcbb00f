"""Which column is what: the fields of each kind of list, and what people call them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from foundation.errors import RuleBroken

from .reading import Row

CARERS = 4
LOOKED_AT = 10  # rows at the top among which the headings are looked for
CHILDREN: dict[str, tuple[str, ...]] = {
    "full_name": ("full name", "child", "child name", "childs name", "name", "pupil", "pupil name"),
    "first_name": ("first name", "forename", "given name", "legal forename", "firstname"),
    "last_name": ("last name", "surname", "family name surname", "legal surname", "lastname"),
    "known_as": ("known as", "preferred name", "chosen name", "preferred forename", "calling name"),
    "born_on": ("date of birth", "dob", "birth date", "birthday", "birthdate", "born", "born on"),
    "room": ("room", "group", "class", "base room", "room name", "key group", "registration group"),
    "family": ("family", "family name", "household", "account name", "family account"),
}
for _number in range(1, CARERS + 1):
    _who = ("carer", "parent", "guardian", "contact", "parent carer")
    CHILDREN[f"carer_{_number}"] = (
        *(f"{one} {_number}" for one in _who),
        *(f"{one} {_number} name" for one in _who),
        *(f"{one} name" for one in _who if _number == 1),
        *(_who if _number == 1 else ()),
        *(("mother", "mother name") if _number == 1 else ()),
        *(("father", "father name") if _number == 2 else ()),
    )
    CHILDREN[f"relation_{_number}"] = (
        *(f"{one} {_number} relation" for one in _who),
        *(f"{one} {_number} relationship" for one in _who),
        f"relation {_number}",
        f"relationship {_number}",
        *(("relation", "relationship") if _number == 1 else ()),
    )
STAFF: dict[str, tuple[str, ...]] = {
    "name": ("name", "full name", "staff name", "staff member", "employee", "employee name"),
    "first_name": CHILDREN["first_name"],
    "last_name": CHILDREN["last_name"],
    "email": ("email", "e mail", "email address", "e mail address", "work email"),
    "roles": ("role", "roles", "job", "job title", "position", "post"),
    "starts": ("start", "starts", "start date", "first day", "from", "date started"),
    "ends": ("end", "ends", "end date", "last day", "until", "date left", "leaving date"),
}
FIELDS = {"children": CHILDREN, "staff": STAFF}
DATES = {"children": ("born_on",), "staff": ("starts", "ends")}
LABELS = {
    "full_name": "Full name",
    "first_name": "First name",
    "last_name": "Last name",
    "known_as": "Known as",
    "born_on": "Date of birth",
    "room": "Room",
    "family": "Family name",
    "name": "Full name",
    "email": "E-mail address",
    "roles": "Role",
    "starts": "First day",
    "ends": "Last day",
    **{f"carer_{n}": f"Carer {n}: name" for n in range(1, CARERS + 1)},
    **{f"relation_{n}": f"Carer {n}: who they are" for n in range(1, CARERS + 1)},
}
NO_HEADINGS = (
    "We did not find a row of headings, such as “First name, Last name, Date of birth”. Put one above "
    "the names, or use our example file. Nothing was kept."
)


@dataclass(frozen=True)
class Sheet:
    """A list with its headings and the rows below them."""

    headings: list[str]
    rows: list[Row]

    @property
    def fingerprint(self) -> str:
        """The same for the same headings, and for nobody who lacks our key."""
        text = "\x1f".join(_plain(one) for one in self.headings)
        return salted_hmac("import headings", text, algorithm="sha256").hexdigest()

    def values(self, column: int) -> list[str]:
        """What stands in a column."""
        return [row.cells[column] for row in self.rows if column < len(row.cells)]


def sheet_of(rows: Sequence[Row], kind: str) -> Sheet:
    """Find the headings among the first rows. What stands above them is a title."""
    known = [sum(bool(one) for one in guess(row.cells, kind)) for row in rows[:LOOKED_AT]]
    place = known.index(max(known))
    if known[place] < 2:
        place = 0
        if known[0] == 0 and any(re.search(r"\d|@", cell) for cell in rows[0].cells):
            raise RuleBroken(NO_HEADINGS)
    below = list(rows[place + 1 :])
    if not below:
        raise RuleBroken("There are headings, and no names below them. Nothing was kept.")
    return Sheet([cell.strip() for cell in rows[place].cells], below)


def guess(headings: Sequence[str], kind: str) -> list[str]:
    """The field of each column by its heading; empty where we do not know. None is given twice."""
    names = {word: field for field, words in FIELDS[kind].items() for word in words}
    found: list[str] = []
    for heading in headings:
        field = names.get(_plain(heading), "")
        found.append("" if field in found else field)
    return found


def check(fields: Sequence[str], kind: str) -> None:
    """Refuse a choice of columns from which nobody could be brought in."""
    used = [one for one in fields if one]
    if twice := [one for one in used if used.count(one) > 1]:
        raise RuleBroken(f"Two columns are “{LABELS[twice[0]]}”. Choose one of them.")
    full = "full_name" if kind == "children" else "name"
    if full not in used and not {"first_name", "last_name"} <= set(used):
        raise RuleBroken("Say which column is the full name, or which are the first and last name.")
    if kind == "staff" and not {"email", "roles"} <= set(used):
        raise RuleBroken("Say which column is the e-mail address and which is the role.")
    orphans = [
        n for n in range(1, CARERS + 1) if f"relation_{n}" in used and f"carer_{n}" not in used
    ]
    if orphans:
        raise RuleBroken(f"Say which column is the name of carer {orphans[0]}.")


def _plain(heading: str) -> str:
    letters = re.sub(r"[’']", "", heading.casefold())
    return " ".join(re.sub(r"[^\w]+|_", " ", letters).split())
