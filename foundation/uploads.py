"""Files that come with a form: thrown away while they arrive, but for a view that takes one."""

from collections.abc import Callable
from io import BytesIO
from typing import Any, TypeVar

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

MOST_BYTES = 10 * 1024 * 1024
FIELD = "file"  # the only name under which one is taken

May = Callable[..., bool]
View = TypeVar("View", bound=Callable[..., Any])


def takes_a_file(may: May, most: int = MOST_BYTES) -> Callable[[View], View]:
    """Let a view receive one file of so many bytes, where `may(request, **parts of the address)` says so.

    It is asked before the first byte of the file is kept. Every other view goes on refusing.
    """

    def decorate(view: View) -> View:
        view.may_take_file = may  # type: ignore[attr-defined]
        view.most_bytes = most  # type: ignore[attr-defined]
        return view

    return decorate


class RefuseFiles(FileUploadHandler):
    """Drops every file unread, keeps the rest of the form, and notes on the request that it did.

    Not one byte of the file reaches memory we keep, a temporary folder or the database (rule R33,
    test F38). The one file that a view takes stays in memory, up to the size it names; of a longer one
    nothing is kept, and `request.file_too_big` says so.
    """

    kept: BytesIO | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.request is None:
            raise SkipFile
        if self.field_name != FIELD or self.kept is not None or not _takes(self.request):
            self.request.refused_file = True  # type: ignore[attr-defined]
            raise SkipFile
        self.kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if self.kept is not None and not self._is_too_big:
            if start + len(raw_data) > _most(self.request):
                self.kept = BytesIO()
                self.request.file_too_big = True  # type: ignore[union-attr]
            else:
                self.kept.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        if self.kept is None or self._is_too_big:
            return None
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept, FIELD, self.file_name, self.content_type, file_size, self.charset
        )

    @property
    def _is_too_big(self) -> bool:
        return getattr(self.request, "file_too_big", False)


def _takes(request: HttpRequest) -> bool:
    """Whether the view this goes to takes a file, for whoever sends it. Unknown yet: no."""
    match = request.resolver_match
    may: May | None = getattr(match.func, "may_take_file", None) if match else None
    return may is not None and match is not None and may(request, **match.kwargs)


def _most(request: HttpRequest | None) -> int:
    match = request.resolver_match if request else None
    return getattr(match.func, "most_bytes", 0) if match else 0
