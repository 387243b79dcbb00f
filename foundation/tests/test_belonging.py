"""A key file that does not belong to the database is noticed before anything is done."""

import secrets
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from foundation.belonging import refuse_other_key


def test_the_same_key_may_come_again_and_another_is_refused(db: None, settings: Any) -> None:
    refuse_other_key()
    refuse_other_key()
    own, settings.KEY = settings.KEY, secrets.token_bytes(32)

    with pytest.raises(CommandError, match="does not belong to the database") as refused:
        call_command("prepare")

    assert settings.KEY.hex() not in str(refused.value)
    settings.KEY = own
    refuse_other_key()


def test_what_the_database_remembers_is_not_the_key(db: None, settings: Any) -> None:
    refuse_other_key()
    with connection.cursor() as cursor:
        cursor.execute("SELECT mark FROM installation_key")
        [(mark,)] = cursor.fetchall()

    assert len(mark) == 64
    assert mark != settings.KEY.hex()
