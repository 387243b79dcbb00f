"""A copy of the trail that cannot be written is a sentence, and leaves no half of one behind."""

from io import StringIO
from pathlib import Path
from unittest import mock
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from safeguarding.audit import export
from safeguarding.audit.tests.given import BLUEBELLS, IN_BLUEBELLS, SUNFLOWERS, a_trail
from safeguarding.audit.tests.signed import signing_key

__all__ = ["signing_key"]
pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("signing_key")]


def refused(to: Path, **options: object) -> str:
    with pytest.raises(CommandError, match="Nothing was written") as said:
        call_command("export-trail", to=to, stdout=StringIO(), **options)
    return str(said.value)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    a_trail(2)
    assert "stick" in refused(tmp_path / "stick" / "trail.txt")


def test_a_disk_that_fills_leaves_no_half_of_a_copy(tmp_path: Path) -> None:
    a_trail(2)
    to = tmp_path / "trail.txt"
    full = mock.Mock(side_effect=OSError(28, "No space left on device"))
    with mock.patch.object(export, "write", full):
        assert "No space left" in refused(to)
    assert not to.exists(), "or the next try finds it there already"


def test_where_there_are_several_each_is_offered(tmp_path: Path) -> None:
    a_trail(2)
    a_trail(2, IN_BLUEBELLS)
    said = refused(tmp_path / "trail.txt")
    assert all(f"--setting {one}" in said for one in (SUNFLOWERS, BLUEBELLS))


def test_a_setting_that_is_none_has_no_copy(tmp_path: Path) -> None:
    a_trail(2)
    to = tmp_path / "trail.txt"
    assert "no setting" in refused(to, setting=uuid4())
    assert not to.exists()
    call_command("export-trail", to=to, setting=SUNFLOWERS, stdout=StringIO())
    assert to.exists()
