"""The keys of settings that a key service has wrapped, kept in the database."""

import base64
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from foundation.key_providers import Kept

from .models import SettingKey

SETTLED = timedelta(minutes=1)  # longer than a transaction that could still be undone


class InTheDatabase:
    """`foundation.key_providers.KeyStore` as rows."""

    def kept(self, setting_id: UUID) -> list[Kept]:
        rows = SettingKey.objects.filter(setting=setting_id).order_by("-created_at", "-pk")
        return [Kept(one.name, base64.b64decode(one.wrapped), one.public) for one in rows]

    def keep(self, setting_id: UUID, key: Kept) -> None:
        wrapped = base64.b64encode(key.wrapped).decode()
        row = SettingKey(setting_id=setting_id, name=key.name, wrapped=wrapped, public=key.public)
        row.save(force_insert=True)

    def is_settled(self, setting_id: UUID, name: str) -> bool:
        before = timezone.now() - SETTLED
        rows = SettingKey.objects.filter(setting=setting_id, name=name, created_at__lt=before)
        return rows.exists()
