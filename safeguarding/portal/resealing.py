"""What the public form has sealed, sealed anew when the key of the installation is changed."""

from foundation.changing import in_rows, seals
from safeguarding.people import sealing

from .models import SaidToBe


@seals
def identities(old: bytes, new: bytes) -> None:
    """Who somebody without an account said they are."""
    in_rows(
        SaidToBe.objects.all(),
        "sealed",
        lambda row: sealing.seal_anew(bytes(row.sealed), str(row.pk), old, new),
    )
