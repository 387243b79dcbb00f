"""Where the pages for everyone are, in full, and squares that a telephone can read."""

import segno
from django.conf import settings

from safeguarding.people.models import Setting


def address_of(setting: Setting, page: str) -> str:
    """The whole address of a page of a setting, for paper and for telephones."""
    return f"{settings.ADDRESS}{setting.link_to(page)}"


def square(text: str) -> str:
    """A QR code as an address that holds its own drawing."""
    return str(segno.make(text, micro=False, error="m").svg_data_uri(scale=4, border=2))
