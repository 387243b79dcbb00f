"""Where else somebody can turn: beside the form, on its receipt and where it cannot be used (rule R11)."""

from safeguarding.directory.models import Contact
from safeguarding.directory.urgent import NATIONAL, Line, as_line, local_lines
from safeguarding.people.models import Setting

# What the setting's own directory says takes the place of these words.
LADO: Line = {
    "name": "The LADO of your council",
    "number": "",
    "href": "",
    "when": "a worry about an adult who works with children. Your council’s switchboard puts you through",
}
COMPLAINTS: Line = {
    "name": "Complaints",
    "number": "",
    "href": "",
    "when": "ask at the setting for its complaints procedure. You may also complain to Ofsted",
}
WHISTLEBLOWING: Line = {
    "name": "Whistleblowing",
    "number": "0800 028 0285",
    "href": "tel:08000280285",
    "when": "you work here and cannot raise it here, or it was not dealt with",
}
OWN = ("complaints", "whistleblowing")


def ways(setting: Setting) -> dict[str, list[Line]]:
    """Whom to call outside, and how to complain or blow the whistle. Two queries."""
    contacts = Contact.objects.filter(setting=setting, slug__in=OWN).current()
    known = {one.slug: as_line(one) for one in contacts if not one.is_incomplete}
    local = local_lines(setting)
    missing = [] if "lado" in local else [LADO]
    return {
        "outside": [*map(dict, NATIONAL), *local.values(), *missing],
        "beside": [
            known.get("complaints", COMPLAINTS),
            known.get("whistleblowing", WHISTLEBLOWING),
        ],
    }
