"""No file enters this system: what a form sends as a file is thrown away while it arrives.

The one exception is a page that says so itself with `takes_a_text_file`: one file, not too large, held in
memory for that request only. What it holds is for that page to judge (ADR 0015, ADR 0027).
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

FIELD = "list"  # the name of the one box that may hold a file
MOST = 5 * 1024 * 1024  # bytes
Answering = TypeVar("Answering", bound=Callable[..., Any])


def takes_a_text_file(view: Answering) -> Answering:
    """Mark a page that takes one text file, in a box called `list`. No other page gets one byte."""
    view.takes_a_text_file = True  # type: ignore[attr-defined]
    return view


class RefuseFiles(FileUploadHandler):
    """Drops every file unread, keeps the rest of the form, and notes on the request that it did.

    Not one byte of the file reaches memory we keep, a temporary folder or the database (rule R33, test F38).
    A form that comes before anybody knows which page it is for, such as a stranger's, is never the exception.
    """

    taken: list[bytes] | None = None
    size = 0

    def new_file(self, field_name: str, *args: Any, **kwargs: Any) -> None:
        if (
            self.taken is None
            and field_name == FIELD
            and _is_for_a_page_that_takes_one(self.request)
        ):
            self.taken = []
            super().new_file(field_name, *args, **kwargs)
            return
        if self.request is not None:
            self.request.refused_file = True  # type: ignore[attr-defined]
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002
        self.size += len(raw_data)
        if self.taken is not None and self.size <= MOST:
            self.taken.append(raw_data)
        elif self.taken:
            self.taken.clear()
        return None

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:  # noqa: ARG002
        if self.taken is None:
            return None
        if self.size > MOST and self.request is not None:
            self.request.file_too_large = True  # type: ignore[attr-defined]
        return SimpleUploadedFile(FIELD, b"".join(self.taken), "text/plain")


def _is_for_a_page_that_takes_one(request: HttpRequest | None) -> bool:
    match = getattr(request, "resolver_match", None)
    return match is not None and getattr(match.func, "takes_a_text_file", False)
