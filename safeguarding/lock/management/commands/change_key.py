"""manage.py change_key: what bin/run calls to change the key, or to go on with it."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from foundation import changing, keys, slots

BY_HAND = (
    "Only bin/run changes the key: it has stopped all else before. Nothing was changed. Sign in, and press "
    "Change the key on the page Locking and keys."
)


class Command(BaseCommand):
    help = (
        "Changes the key of a locked installation. Nothing else may be running. bin/run calls it."
    )
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        if keys.given() is None or sys.stdin.isatty():
            raise CommandError(BY_HAND)  # a key file, or a passphrase that was typed in this window
        if not slots.exist(settings.DATA):
            raise CommandError(
                "There are no passphrases here, so the key stays. Nothing was changed."
            )
        try:
            changing.change_key(settings.DATA, settings.KEY, keys.given_next())
        except (changing.NotChanged, slots.NotOpened) as refused:
            raise CommandError(str(refused)) from None
