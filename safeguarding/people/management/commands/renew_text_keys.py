"""Encrypt every text anew that an older key encrypted. It may be stopped and started again."""

from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import models, transaction

from foundation import fence
from foundation.encrypted import EncryptedTextField, renewed
from safeguarding.people.models import Setting

AT_ONCE = 200


class Command(BaseCommand):
    help = "Encrypt anew, with the newest key, what older keys encrypted. Run it after a key was replaced."

    def handle(self, *args: Any, **options: Any) -> None:
        done = left = 0
        settings = list(Setting.objects.values_list("pk", flat=True))
        for model in apps.get_models():
            fields = [
                one for one in model._meta.concrete_fields if isinstance(one, EncryptedTextField)
            ]
            for setting_id in settings if fields else ():
                with fence.inside(setting_id):
                    changed, closed = _renew(model, fields, setting_id)
                done, left = done + changed, left + closed
        self.stdout.write(f"{done} texts are encrypted with the newest key.")
        if left:
            self.stdout.write(f"{left} could not be opened and stayed as they are.")


def _renew(model: type[models.Model], fields: list[Any], setting_id: UUID) -> tuple[int, int]:
    """Row by row, each in a transaction of its own: what is done stays done."""
    done = left = 0
    rows = model._default_manager.filter(setting=setting_id).order_by("pk")
    for row in rows.iterator(chunk_size=AT_ONCE):
        new = {one.name: renewed(row, one) for one in fields}
        left += sum(1 for value in new.values() if value is False)
        changed = {name: value for name, value in new.items() if value}
        if changed:
            with transaction.atomic():
                model._default_manager.filter(pk=row.pk).update(**changed)
            done += len(changed)
    return done, left
