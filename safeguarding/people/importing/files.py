"""The files we give out: an example of each list, and the lines to put right."""

from collections.abc import Iterable, Sequence

from django.http import QueryDict

from .cells import Problem
from .columns import Sheet

EXAMPLES: dict[str, list[list[str]]] = {
    "children": [
        [
            *("First name", "Last name", "Known as", "Date of birth", "Room", "Family name"),
            *("Carer 1 name", "Carer 1 relation", "Carer 2 name", "Carer 2 relation"),
        ],
        ["Rowan", "Example", "", "27/03/2022", "Acorns", "Example", "Jo Example", "mother", "", ""],
        ["Ash", "Example", "Ashy", "2023-10-05", "Oaks", "Example", "Jo Example", "mother", "", ""],
    ],
    "staff": [
        ["Name", "E-mail", "Role", "First day", "Last day"],
        ["Alex Example", "alex@example.org", "Practitioner, Deputy DSL", "01/09/2026", ""],
        ["Sam Example", "sam@example.org", "Volunteer", "", "18/12/2030"],
    ],
}


def problems(found: Iterable[Problem]) -> Iterable[Sequence[str]]:
    yield ("Line", "Column", "What stands there", "What to do")
    for one in found:
        yield (str(one.line), one.column, one.value, one.what)


def columns_sent(sent: QueryDict, sheet: Sheet) -> list[str]:
    """The fields as the form was sent, to ask about dates in the columns just chosen; empty if none."""
    names = [f"column_{number}" for number in range(len(sheet.headings))]
    return [sent.get(name, "") for name in names] if names and names[0] in sent else []
