"""What people have sealed, sealed anew when the key of the installation is changed."""

import base64
from collections.abc import Callable
from importlib import import_module
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings

from foundation import fence
from foundation.changing import in_rows, seals

from . import sealing
from .adapters import ABOUT
from .models import HeldForm, ImportText, KeyCopy, Setting


@seals
def typing_and_lists(old: bytes, new: bytes) -> None:
    """What was being typed, and lists that were begun."""
    in_rows(
        HeldForm.objects.all(),
        "sealed",
        lambda row: sealing.seal_anew(bytes(row.sealed), str(row.pk), old, new),
    )
    _in_each_setting(
        ImportText.objects.all(),
        lambda row: sealing.seal_anew(bytes(row.sealed), str(row.of_id), old, new),
    )


@seals
def keys_that_wait(old: bytes, new: bytes) -> None:
    """The keys of sealed records that nobody has a key pair for yet."""

    def changed(row: KeyCopy) -> str:
        content = base64.b64decode(row.sealed)
        again = sealing.seal_anew(content, f"waiting {row.key_id}", old, new)
        return base64.b64encode(again).decode()

    _in_each_setting(KeyCopy.objects.filter(to__isnull=True), changed)


def _in_each_setting(rows: Any, change: Callable[[Any], Any]) -> None:
    for setting in Setting.objects.all():
        with fence.inside(setting.pk):
            in_rows(rows.filter(setting=setting), "sealed", change)


@seals
def sessions(_old: bytes, _new: bytes) -> None:
    """They were signed with the old key, so everybody signs in again."""
    import_module(settings.SESSION_ENGINE).SessionStore.get_model_class().objects.all().delete()


@seals
def second_factors(old: bytes, new: bytes) -> None:
    """The secrets of code apps and recovery codes."""

    def changed(row: Authenticator) -> dict[str, Any]:
        return {
            name: sealing.seal_text_anew(value, ABOUT, old, new)
            if isinstance(value, str)
            else value
            for name, value in row.data.items()
        }

    in_rows(Authenticator.objects.all(), "data", changed)
