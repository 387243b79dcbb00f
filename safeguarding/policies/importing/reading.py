"""From a file or pasted words to clauses. The file is read in a process of its own that can do little."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from foundation.errors import RuleBroken

from . import clauses, workbench
from .clauses import Piece
from .kinds import WHY, kind_of
from .lines import Read
from .marked import read_text

WORKBENCH = Path(workbench.__file__)
LONGEST = 30  # seconds; on a slow machine that is busy with other things
MOST_PASTED = 1_000_000
NO_CLAUSE = "There are no words in it that could be a clause. Nothing was kept."


@dataclass(frozen=True)
class Brought:
    """What was found in a file: its lines, its clauses, and the digest of the file."""

    kind: str
    sha256: str
    title: str
    source: list[str]
    pieces: list[Piece]


def from_file(name: str, content: bytes) -> Brought:
    """Read a file. Raises RuleBroken, which says what is wrong with it and that nothing was kept."""
    kind = kind_of(name, content)
    return _brought(kind, content, _read_apart(kind, content))


def from_words(words: str) -> Brought:
    """The same for words that were pasted."""
    if len(words) > MOST_PASTED:
        raise RuleBroken("This is too long to paste. Send it as a file.")
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    return _brought("pasted", words.encode(), read_text(words))


def _brought(kind: str, content: bytes, read: Read) -> Brought:
    title, pieces = clauses.found(read.lines)
    if not pieces:
        raise RuleBroken(NO_CLAUSE)
    return Brought(kind, hashlib.sha256(content).hexdigest(), title, read.source, pieces)


def _read_apart(kind: str, content: bytes) -> Read:
    command = [sys.executable, "-I", "-B", str(WORKBENCH), kind]
    try:
        done = subprocess.run(  # noqa: S603  our own program; the file comes by standard input
            command,
            input=content,
            capture_output=True,
            timeout=LONGEST,
            env={name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ},
            cwd=WORKBENCH.parent,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RuleBroken(WHY["huge"]) from None
    if done.returncode or not done.stdout:
        raise RuleBroken(WHY["broken"])
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise RuleBroken(WHY[answer["refused"]])
    return Read.from_json(answer)
