"""Who to call now. These lines stand on every page, whatever the database says or cannot say."""

from uuid import UUID

from django.db.models import QuerySet

from foundation.prepared import prepared
from safeguarding.directory.models import STAY, Contact
from safeguarding.people.models import Setting

Line = dict[str, str]

NATIONAL: tuple[Line, ...] = (
    {
        "name": "A child in danger now",
        "number": "999",
        "href": "tel:999",
        "when": "a life is in danger or a crime is happening",
    },
    {
        "name": "Police",
        "number": "101",
        "href": "tel:101",
        "when": "not an emergency",
    },
    {
        "name": "Click CEOP",
        "number": "",
        "href": "https://www.ceop.police.uk/Safety-Centre/",
        "when": "sexual contact with a child online",
    },
    {
        "name": "NSPCC whistleblowing",
        "number": "0800 028 0285",
        "href": "tel:08000280285",
        "when": "a worry that is not dealt with here",
    },
    {
        "name": "Ofsted",
        "number": "0300 123 1231",
        "href": "tel:03001231231",
        "when": "a worry about a setting",
    },
)
OUTSIDE = ("Police", "Ofsted", "NSPCC whistleblowing")
NOT_YET = "its number is not written down here yet; ask your council, or ring one of the others"


def _lado(setting: UUID) -> QuerySet[Contact]:
    return Contact.objects.filter(setting=setting, slug="lado").to_be_called()[:1]


_LADO = prepared(_lado)


def urgent_help(setting: Setting | None = None) -> list[Line]:
    """The national lines; with a setting, also its LADO and social care. One query, or none."""
    lines = [dict(line) for line in NATIONAL]
    return lines if setting is None else [*lines, *local_lines(setting).values()]


def local_lines(setting: Setting) -> dict[str, Line]:
    """Where allegations and referrals go, as a second person checked it, each by its slug. One query."""
    own: dict[str, Contact] = {}
    for contact in Contact.objects.filter(setting=setting, slug__in=STAY).to_be_called():
        own.setdefault(contact.slug, contact)
    known = sorted(own.values(), key=lambda contact: contact.name)
    return {contact.slug: as_line(contact) for contact in known if not contact.is_incomplete}


def outside_numbers(setting: Setting) -> list[Line]:
    """Whom to call about an adult here, outside the setting: its LADO, and the national lines. One query.

    They stand before the form of a report, on its receipt, and wherever nobody inside can deal with it.
    """
    outside = [dict(line) for line in NATIONAL if line["name"] in OUTSIDE]
    [own] = _LADO(setting.pk) or [None]
    if own is None or own.is_incomplete:
        where = {"href": setting.link_to("directory:contacts"), "number": "", "when": NOT_YET}
        return [{"name": "The LADO of your council", **where}, *outside]
    return [as_line(own), *outside]


def as_line(contact: Contact) -> Line:
    """A contact of the setting, as the strip shows it."""
    href = contact.phone_href if contact.phone else contact.link or f"mailto:{contact.email}"
    return {
        "name": contact.name,
        "number": contact.phone,
        "href": href,
        "when": contact.when_to_use,
    }
