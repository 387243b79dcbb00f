"""Asking the virus scanner about a file, where the installation has one (clamd)."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    import clamd

SECONDS = 30


class ScannerAwayError(Exception):
    """It gave no answer. What waits for it goes on waiting."""


def holds_a_virus(content: bytes) -> bool:
    """Whether the scanner knows something in it. Raises ScannerAwayError when it cannot say."""
    import clamd  # a tenth of every start, where few have a scanner

    try:
        answer = _scanner().instream(BytesIO(content))
    except (clamd.ClamdError, OSError, ValueError) as error:
        raise ScannerAwayError from error
    verdict = (answer or {}).get("stream", ("ERROR", ""))[0]
    if verdict not in {"OK", "FOUND"}:
        raise ScannerAwayError
    return bool(verdict == "FOUND")


def _scanner() -> clamd.ClamdNetworkSocket | clamd.ClamdUnixSocket:
    """HEDGEROW_CLAMD is a name with a port, or the path of a file socket."""
    import clamd

    if settings.CLAMD.startswith("/"):
        return clamd.ClamdUnixSocket(settings.CLAMD, timeout=SECONDS)
    host, _, port = settings.CLAMD.rpartition(":")
    return clamd.ClamdNetworkSocket(host, int(port), timeout=SECONDS)
