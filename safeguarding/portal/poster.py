"""The poster for the door: where to tell us, and who to call, as the setting's directory has them."""

from pathlib import Path
from urllib.parse import urlsplit

import segno

from safeguarding.directory.models import Contact
from safeguarding.documents.typeset import pdf
from safeguarding.people.models import Setting

from .codes import address_of

TEMPLATE = Path(__file__).parent / "papers" / "poster.typ"
EMERGENCY = "999"
ON_IT = ("childline", "ceop")
BIGGEST, SMALLEST, WIDTH = 28, 9, 930  # points of type; about how many of them fit on one line


def printed(setting: Setting) -> bytes:
    """The poster as PDF. One query."""
    address = address_of(setting, "portal:tell")
    shown = address.partition("://")[2]
    return pdf(
        TEMPLATE,
        {
            "title": f"Worried about a child? Tell {setting.name}",
            "name": setting.name,
            "colour": setting.brand_colour,
            "address": shown,
            "size": max(SMALLEST, min(BIGGEST, WIDTH // len(shown))),
            "square": segno.make(address, micro=False, error="q").svg_inline(border=0),
            "emergency": EMERGENCY,
            "lines": lines(setting),
        },
    )


def lines(setting: Setting) -> list[dict[str, str]]:
    """Childline and CEOP, as the directory says they are reached."""
    contacts = Contact.objects.filter(setting=setting, slug__in=ON_IT).current()
    known = {one.slug: one for one in contacts if not one.is_incomplete}
    return [
        {"name": _name(known[slug]), "call": known[slug].phone or _host(known[slug].link)}
        for slug in ON_IT
        if slug in known
    ]


def _name(contact: Contact) -> str:
    return f"{contact.name}, {contact.hours[:1].lower()}{contact.hours[1:]}".rstrip(", ")


def _host(link: str) -> str:
    return urlsplit(link).netloc.removeprefix("www.")
