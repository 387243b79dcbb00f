"""How far the trail had come: a small file beside the database, written every half minute.

A log that was deleted, or an older copy of the database put in its place, is whole in itself. Only
something kept apart from it can tell that entries are gone.
"""

import hashlib
import hmac
import json
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from foundation import keys
from foundation.sqlcipher.damage import Damaged

from .durable import write_whole
from .manifest import Heads

FILE = "mark.json"
LONDON = ZoneInfo("Europe/London")
PUT_BACK, PUT_FORWARD = timedelta(minutes=2), timedelta(hours=1)  # less is a clock being set right
TOLD_FOR = timedelta(days=1)
_ran: list[tuple[float, datetime]] = []  # when this process wrote the last one, by two clocks
LINK_AT = "SELECT link FROM audit_entry WHERE setting_id = ? AND seq = ?"


def keep(data: Path, key: bytes, heads: Heads, at: datetime) -> None:
    """Write down where the chains end now, and for a day that the clock of the computer jumped."""
    said: dict[str, Any] = {"at": at.isoformat(), "heads": dict(heads)}
    before = read(data, key)
    jumped = _jump(before, at) or before.get("jumped")
    if jumped and abs(at - datetime.fromisoformat(jumped[1])) < TOLD_FOR:
        said["jumped"] = jumped
    _ran[:] = [(time.monotonic(), at)]
    write_whole(data / FILE, json.dumps({**said, "sign": _sign(said, key)}).encode())


def _jump(before: dict[str, Any], at: datetime) -> list[str] | None:
    """Which way the clock went since the mark before, other than by going on; and when it was noticed."""
    if before and datetime.fromisoformat(before["at"]) > at + PUT_BACK:
        return ["back", at.isoformat()]
    for beat, then in _ran:
        passed = timedelta(seconds=time.monotonic() - beat)  # no clock that anybody can set
        if at - then > passed + PUT_FORWARD:
            return ["ahead", at.isoformat()]
    return None


def jumped(data: Path, key: bytes, at: datetime) -> str:
    """Which way the clock jumped within a day: "back", "ahead", or nothing."""
    said = read(data, key)
    if said and datetime.fromisoformat(said["at"]) > at + PUT_BACK:
        return "back"
    way, when = said.get("jumped") or ("", at.isoformat())
    return str(way) if abs(at - datetime.fromisoformat(when)) < TOLD_FOR else ""


def read(data: Path, key: bytes) -> dict[str, Any]:
    """What was last written down. Nothing when there is none, or when it is not of this installation."""
    try:
        said: dict[str, Any] = json.loads((data / FILE).read_bytes())
        sign = str(said.pop("sign"))
    except (OSError, ValueError, KeyError, AttributeError):
        return {}
    return said if keys.agree(sign, _sign(said, key)) else {}


def compare(connection: Any, data: Path, key: bytes) -> None:
    """Raise Damaged when the database does not hold what it held when the mark was written."""
    said = read(data, key)
    for setting, (seq, link) in said.get("heads", {}).items():
        row = connection.execute(LINK_AT, [setting, seq]).fetchone()
        if seq and (row is None or row[0] != link):
            at = datetime.fromisoformat(said["at"]).astimezone(LONDON)
            raise Damaged("older", f"what was there on {at.day} {at:%B %Y at %H:%M} is not in it.")


def _sign(said: dict[str, Any], key: bytes) -> str:
    text = json.dumps(said, sort_keys=True).encode()
    return hmac.new(keys.derive(key, "mark"), text, hashlib.sha256).hexdigest()
