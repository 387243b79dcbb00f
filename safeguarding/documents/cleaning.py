"""Bytes in, clean bytes out, or RuleBroken with the sentence why not.

The kind is settled three ways that must agree: by the name, by what is in it, and by reading it. What
has a format that readers have been tricked with is read in a process of its own and written anew.
"""

import os
import subprocess
import sys
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from foundation.errors import RuleBroken

from . import kinds, workbench

WORKBENCH = Path(workbench.__file__)
LONGEST = 10  # seconds, also where the process has no limits of its own
WRITTEN_ANEW = {"pdf", "png", "jpg"}
WHY = {
    workbench.LIVELY: kinds.LIVELY,
    workbench.PICTURES: kinds.PICTURES,
    workbench.HUGE: kinds.HUGE,
}


@dataclass(frozen=True)
class Clean:
    """What may be kept: a safe name, the kind it was found to be, and what it holds now."""

    name: str
    kind: str
    content: bytes


def clean(name: str, content: bytes, *, pictures: bool = False) -> Clean:
    """The file as it may be kept. `pictures` is for a setting that allows them, never for C4."""
    safe, kind = kinds.look_at(name, content, pictures=pictures)
    if kind in WRITTEN_ANEW:
        content = _written_anew(kind, content, pictures=pictures)
    elif kind == "docx":
        content = _packed_anew(content)
    kinds.look_at(safe, content, pictures=pictures)
    return Clean(safe, kind, content)


def _written_anew(kind: str, content: bytes, *, pictures: bool) -> bytes:
    command = [sys.executable, "-I", "-B", str(WORKBENCH), kind, *["pictures"] * pictures]
    try:
        done = subprocess.run(  # noqa: S603  our own program; the file comes by standard input
            command,
            input=content,
            capture_output=True,
            timeout=LONGEST,
            env=_surroundings(),
            cwd=WORKBENCH.parent,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RuleBroken(kinds.HUGE) from None
    if done.returncode or not done.stdout:
        raise RuleBroken(WHY.get(done.returncode, kinds.NOT_WHAT_IT_SAYS))
    return done.stdout


def _packed_anew(content: bytes) -> bytes:
    """The same parts, and nothing that lay between, before or behind them."""
    out = BytesIO()
    try:
        with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
            for part in old.infolist():
                named = zipfile.ZipInfo(part.filename)
                new.writestr(named, old.read(part), zipfile.ZIP_DEFLATED)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, ValueError, EOFError):
        raise RuleBroken(kinds.NOT_WHAT_IT_SAYS) from None
    return out.getvalue()


def _surroundings() -> dict[str, str]:
    """No variable of ours reaches it, such as the place of the key; Windows cannot start without one."""
    return {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
