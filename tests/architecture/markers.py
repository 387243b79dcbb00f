"""Words that occur nowhere else, put into every text a person wrote, to see where they come out again."""

import re
from collections.abc import Iterator
from contextlib import suppress

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Model

from foundation.encrypted import EncryptedJSONField, EncryptedTextField, Sealed, about
from safeguarding.people.models import Setting

from .test_tenancy import TENANT

WRITTEN_BY_A_PERSON = re.compile(
    r"^[A-Z][a-z]|\s"
)  # codes, ids and digests are small letters without a gap
NOT_WORDS = {"wrapped_key", "wrapped", "sealed", "public"}  # keys, which may begin like a sentence
FOREIGN, CASES = "zqforeign", "zqcase"


def plant(word: str, setting: Setting, app: str = "") -> list[str]:
    """Put the word, with its table and column, where something was written; the columns it is in now."""
    kept = {"audit", "law"}  # the trail takes no change, and a rule is no person's words
    apps = {model._meta.app_label for model in TENANT} - kept
    return [
        f"{model._meta.db_table}.{field.name}"
        for model in TENANT
        if model._meta.app_label in ({app} if app else apps)
        for field in texts(model)
        if _planted(word, model, field, setting)
    ]


def texts(model: type[Model]) -> Iterator[models.Field[str, str]]:
    """The columns in which a person writes."""
    for field in model._meta.concrete_fields:
        if field.name in NOT_WORDS or not isinstance(field, models.CharField | models.TextField):
            continue
        if not field.choices:
            yield field


def _planted(
    word: str, model: type[Model], field: models.Field[str, str], setting: Setting
) -> bool:
    of_setting = model._default_manager.filter(setting=setting)
    if isinstance(field, EncryptedTextField):
        return _planted_encrypted(word, model, field, setting)
    values = of_setting.values_list(field.name, flat=True)[:20]
    if not any(WRITTEN_BY_A_PERSON.search(value or "") for value in values):
        return False
    said = f"{word} {model._meta.model_name} {field.name}"[: field.max_length or 200]
    try:
        with transaction.atomic():
            return bool(of_setting.update(**{field.name: said}))
    except IntegrityError:  # must be unique: one of them is enough; or may not be changed at all
        with suppress(IntegrityError), transaction.atomic():
            first = of_setting.filter(pk=of_setting.values("pk")[:1])
            return bool(first.update(**{field.name: said}))
        return False


def _planted_encrypted(
    word: str, model: type[Model], field: EncryptedTextField, setting: Setting
) -> bool:
    """The same in a column that is encrypted: a value that opens with the key of the setting."""
    if isinstance(field, EncryptedJSONField):
        return False
    rows = model._base_manager.filter(setting=setting)[:20]
    written = [one for one in rows if WRITTEN_BY_A_PERSON.search(getattr(one, field.name) or "")]
    key_id = settings.TEXT_KEYS.newest(setting.pk)
    key = settings.TEXT_KEYS.key(setting.pk, key_id)
    for row in written:
        said = Sealed.of(
            f"{word} {model._meta.model_name} {field.name}", key_id, key, about(row, field)
        )
        with suppress(IntegrityError), transaction.atomic():
            model._base_manager.filter(pk=row.pk).update(**{field.name: said})
    return bool(written)
