"""The keys of files, wrapped anew when the key of the installation is changed."""

from foundation.changing import in_rows, seals

from . import files
from .models import StoredFile


@seals
def keys_of_files(old: bytes, new: bytes) -> None:
    """Each file keeps its own key; only what it is wrapped with changes."""
    in_rows(
        StoredFile.objects.all(),
        "wrapped_key",
        lambda row: files.wrapped_anew(row.wrapped_key, row.pk, old, new),
    )
