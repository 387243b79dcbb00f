"""The sheet to hang up or put away: eight words and a square that prove where the record stood."""

from pathlib import Path

import segno
from django.utils import timezone

from foundation.templatetags.uk import uk_datetime
from safeguarding.audit.checkpoints import text_of
from safeguarding.audit.models import Checkpoint
from safeguarding.documents.typeset import pdf
from safeguarding.people.models import Setting

TEMPLATE = Path(__file__).parent / "papers" / "sheet.typ"


def printed(setting: Setting, checkpoint: Checkpoint) -> bytes:
    """The sheet as PDF. No query."""
    lines = text_of(checkpoint)
    return pdf(
        TEMPLATE,
        {
            "title": f"Proof of the safeguarding record of {setting.name}",
            "name": setting.name,
            "at": uk_datetime(timezone.localtime(checkpoint.at)),
            "words": checkpoint.words.split(),
            "square": segno.make(lines, micro=False, error="l").svg_inline(border=0),
            "lines": lines.split(),
        },
    )
