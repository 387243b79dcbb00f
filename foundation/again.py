"""What was sent and could not be taken, put into the page that says so: to send once more, or to copy.

A browser that is told to go back shows our boxes empty. They ask it to remember nothing, because
whoever sits down next at a shared screen could go back as well.
"""

from typing import Any

from django.http import HttpRequest

from .words import visible, without_pictures

WRITTEN_BY = "written_by"  # the note of whose form it is; see safeguarding.people.held
TOKEN = "csrfmiddlewaretoken"  # noqa: S105  the name of a box
NEVER_KEPT = {TOKEN, WRITTEN_BY, "code", "credential", "passphrase", "again", "sheet_words"}
LONGEST_NAME = 100  # characters in the name of a box; ours are shorter


def may_be_kept(name: str) -> bool:
    """Whether what stands in a box of this name is no secret."""
    if len(name) > LONGEST_NAME or without_pictures(name) != name:
        return False
    return name not in NEVER_KEPT and "password" not in name.casefold()


def words_in(request: HttpRequest) -> list[str]:
    """What was written in sentences, as opposed to what was chosen or ticked; safe to be shown."""
    sent = _read(request)
    values = [value for name in filter(may_be_kept, sent) for value in sent.getlist(name)]
    return [visible(without_pictures(value)) for value in values if " " in value.strip()]


def to_send(request: HttpRequest) -> dict[str, Any]:
    """The same form, for a page that needs no database; empty where nothing was written.

    Only its words where it carries no note of whose it was, or a file or a secret was part of it.
    """
    sent, words = _read(request), words_in(request)
    secret = [name for name in sent if not may_be_kept(name) and name not in {TOKEN, WRITTEN_BY}]
    if WRITTEN_BY not in sent or secret or request.FILES:
        return {"words": words} if words else {}
    boxes = [(name, without_pictures(value)) for name in sent for value in sent.getlist(name)]
    return {"to": request.get_full_path(), "boxes": boxes, "words": words}


def to_copy(request: HttpRequest) -> dict[str, Any]:
    """What a page needs that shows the words only: sent again, they would be refused again."""
    words = words_in(request)
    return {"again": {"words": words}, "confidential": bool(words)}


def _read(request: HttpRequest) -> Any:
    """What was sent, if it was read already: what could not be read is not asked for again."""
    return getattr(request, "_post", {}) if request.method == "POST" else {}
