"""The letter with the code: where it leads, as an address, as a square for telephones, and on paper."""

from pathlib import Path

import segno
from django.conf import settings
from django.utils import timezone

from foundation.moments import MONTH_NAMES
from safeguarding.audit.trail import System
from safeguarding.documents.typeset import pdf
from safeguarding.people.models import Setting

from .models import Review, WayIn

TEMPLATE = Path(__file__).with_name("papers") / "letter.typ"


def by_letter(setting: Setting) -> System:
    """Who the trail says did it: nobody’s name."""
    return System("code of a letter", setting.pk)


def address_of(way_in: WayIn) -> str:
    """The whole address that the code opens."""
    return settings.ADDRESS + way_in.setting.link_to("policies:say_by_letter", way_in.code)


def square(text: str) -> str:
    """A QR code as an address that holds its own drawing."""
    return str(segno.make(text, micro=False, error="m").svg_data_uri(scale=4, border=2))


def printed(way_in: WayIn, review: Review) -> bytes:
    """The letter as PDF."""
    address, until = address_of(way_in), review.input_until
    return pdf(
        TEMPLATE,
        {
            "title": f"What do you think of our policy? {review.version.title}",
            "setting": review.setting.name,
            "policy": review.version.title,
            "address": address.partition("://")[2],
            "code": way_in.code,
            "square": segno.make(address, micro=False, error="q").svg_inline(border=0),
            "until": f"{until.day} {MONTH_NAMES[until.month - 1]} {until.year}",
            "today": f"{timezone.localdate():%-d %B %Y}",
        },
    )
