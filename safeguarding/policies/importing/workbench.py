"""Reads one policy that came from outside, in a process of its own that can do little.

Started by reading.py as a program: the kind is its argument, the file comes by standard input, and what
was read leaves by standard output. What a crafted file could make a reader do, it does here: without our
keys, records or files, in little time and memory. It knows no Django and none of our settings.
"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
SECONDS = 20
MEMORY = 1024 * 1024 * 1024  # of addresses; what is really used stays far below


def main() -> None:
    sys.path.insert(0, str(ROOT))
    from safeguarding.documents.workbench import limit
    from safeguarding.policies.importing.refused import RefusedError

    reader = reader_of(sys.argv[1])
    content = sys.stdin.buffer.read()
    limit(SECONDS, MEMORY)
    try:
        answer = reader(content).as_json()
    except RefusedError as refused:
        answer = {"refused": str(refused)}
    except (MemoryError, RecursionError):
        answer = {"refused": "huge"}
    sys.stdout.write(json.dumps(answer))


def reader_of(kind: str):  # type: ignore[no-untyped-def]  # what it gives is imported in there
    """What reads this kind. All of it is loaded before anything is forbidden."""
    if kind == "docx":
        from safeguarding.policies.importing.word import read_word as read
    elif kind == "pdf":
        from safeguarding.policies.importing.portable import read_pdf as read
    elif kind == "html":
        from safeguarding.policies.importing.web import read_html as read
    else:
        from safeguarding.policies.importing.words import read_bytes as read
    return read


if __name__ == "__main__":
    main()
