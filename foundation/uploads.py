"""No file enters this system: what a form sends as a file is thrown away while it arrives."""

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class RefuseFiles(FileUploadHandler):
    """Drops every file unread, keeps the rest of the form, and notes on the request that it did.

    Not one byte of the file reaches memory we keep, a temporary folder or the database (rule R33, test F38).
    """

    def new_file(self, *_args: object, **_kwargs: object) -> None:
        if self.request is not None:
            self.request.refused_file = True  # type: ignore[attr-defined]
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002
        return None

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:  # noqa: ARG002
        return None
