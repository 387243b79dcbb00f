"""Where else somebody can turn: beside the form, on its receipt and where it cannot be used (rule R11)."""

from safeguarding.directory.models import Contact
from safeguarding.directory.urgent import LOCAL, NATIONAL, Line, as_line
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
    """Whom to call outside, and how to complain or blow the whistle. One query."""
    contacts = Contact.objects.filter(setting=setting, slug__in=[*LOCAL, *OWN]).current()
    known = {one.slug: as_line(one) for one in contacts if not one.is_incomplete}
    local = [known[slug] for slug in LOCAL if slug in known]
    return {
        "outside": [*map(dict, NATIONAL), *local, *([] if "lado" in known else [LADO])],
        "beside": [
            known.get("complaints", COMPLAINTS),
            known.get("whistleblowing", WHISTLEBLOWING),
        ],
    }
