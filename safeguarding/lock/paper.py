"""The recovery sheets as a paper: one page for each keeper."""

from collections.abc import Sequence
from pathlib import Path

from django.utils import timezone

from foundation.moments import say_date
from foundation.sheets import set_number
from safeguarding.documents.typeset import pdf
from safeguarding.people.models import Setting

TEMPLATE = Path(__file__).parent / "papers" / "sheets.typ"


def printed(setting: Setting, keepers: Sequence[str], words: Sequence[str]) -> bytes:
    """Three pages, each to be handed to one keeper."""
    return pdf(
        TEMPLATE,
        {
            "title": f"Recovery sheets of {setting.name}",
            "name": setting.name,
            "made": say_date(timezone.localdate()),
            "set": set_number(words[0]),
            "sheets": [
                {"keeper": keeper, "number": number, "words": text.split()}
                for number, (keeper, text) in enumerate(zip(keepers, words, strict=True), start=1)
            ],
        },
    )
