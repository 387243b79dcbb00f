"""What lies in the drop: a form as it was sent, with the moment, for taking in later."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from uuid import UUID, uuid4

from foundation import drop
from foundation.codes import code_of_form
from foundation.words import OURS, without_pictures

Fields = Mapping[str, Sequence[str]]
TELL, REPORT = "tell", "report"
MANY = 12  # in an hour; further ones may be misuse
MOST = 200_000  # characters of one box
NEVER_KEPT = {"csrfmiddlewaretoken"}


@dataclass(frozen=True)
class Sent:
    """One form as it was sent."""

    id: str
    form: Literal["tell", "report"]
    setting: str
    key: str
    filed_at: str
    fields: dict[str, list[str]]
    may_be_abuse: bool = False

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.filed_at)


def put_in(data: Path, form: Literal["tell", "report"], setting: str, fields: Fields) -> str:
    """Keep a form in the drop; the code of its receipt. The same form again gives the same code.

    Raises OSError where the disk does not take it, and ValueError where there is nobody to seal to.
    """
    typed = {
        name: [_kept(one) for one in fields[name]] for name in fields if name not in NEVER_KEPT
    }
    key = _key(typed)
    said = json.dumps([form, setting, key, typed], sort_keys=True)
    sent = Sent(
        id=hashlib.sha256(f"hedgerow drop {said}".encode()).hexdigest()[:32],
        form=form,
        setting=setting,
        key=key,
        filed_at=datetime.now(UTC).isoformat(),
        fields=typed,
        may_be_abuse=drop.of_late(data) >= MANY,
    )
    drop.keep(data, sent.id, json.dumps(asdict(sent)).encode())
    return code_of_form(key)


def read(content: bytes) -> Sent:
    """The form again. Raises ValueError when it is not one."""
    try:
        found = Sent(**json.loads(content))
        UUID(found.key)
        if not found.moment.tzinfo or found.form not in {TELL, REPORT}:
            raise ValueError
    except (TypeError, ValueError, AttributeError):
        raise ValueError("This is not a form of ours.") from None
    return found


def _key(typed: dict[str, list[str]]) -> str:
    try:
        return str(UUID(typed.get("key", [""])[0]))
    except (ValueError, IndexError):
        return str(uuid4())


def _kept(text: str) -> str:
    return without_pictures(text[:MOST]).replace(OURS, "")
