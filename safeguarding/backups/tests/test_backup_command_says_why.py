"""bin/manage backup says in a sentence why no backup was made, whatever it was."""

from unittest import mock

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError
from sqlcipher3 import dbapi2 as sqlcipher

from foundation import sealed
from safeguarding.backups import archive, ours


@pytest.mark.parametrize(
    "wrong",
    [
        archive.Changed("files/one"),
        OperationalError("database or disk is full"),
        sqlcipher.OperationalError("database is locked"),
        sealed.CannotOpen("It is cut short."),
    ],
)
def test_whatever_went_wrong_is_a_sentence(wrong: Exception) -> None:
    with (
        mock.patch.object(ours, "back_up", side_effect=wrong),
        pytest.raises(CommandError, match="No backup was made"),
    ):
        call_command("backup")


@pytest.mark.parametrize("kind", [OperationalError, sqlcipher.OperationalError, OSError])
def test_a_full_disk_is_called_so_by_whichever_library_noticed(kind: type[Exception]) -> None:
    assert "no room left" in ours.why(kind("database or disk is full"))
