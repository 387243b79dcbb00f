"""Finding equal words again though they are encrypted: a keyed digest beside them."""

import hmac
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models

from foundation.keyrings import Unreadable


def likeness(setting_id: UUID, kind: str, words: str) -> str:
    """A keyed digest by which equal words are found again though they are encrypted. Capitals are one."""
    said = f"{setting_id}|{kind}|{' '.join(words.split()).casefold()}".encode()
    return hmac.digest(settings.LIKENESS_KEY, said, "sha256").hex()[:32]


class LikenessField(models.CharField):  # type: ignore[type-arg]
    """The likeness of another field's words; empty where the row is sealed with a key of its own."""

    def __init__(self, *args: Any, of: str = "", **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **{"max_length": 32, "blank": True, "default": "", **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001, ARG002  Django’s
        words = model_instance.__dict__.get(self.of)
        if isinstance(words, str) and not isinstance(words, Unreadable):
            setting_id: UUID = getattr(model_instance, "setting_id")  # noqa: B009
            own = getattr(model_instance, "text_key", None)
            is_sealed = own is not None and own() is not None
            found = likeness(setting_id, self.of, words) if words and not is_sealed else ""
            setattr(model_instance, self.attname, found)
        return getattr(model_instance, self.attname)
