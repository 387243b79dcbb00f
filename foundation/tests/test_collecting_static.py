"""Styles and scripts are collected into a folder of ours, and nothing of anybody else's is cleared away."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError

from foundation.management.commands import prepare

pytestmark = pytest.mark.once


@pytest.fixture
def collecting(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that HEDGEROW_STATIC names."""
    settings.STATIC_ROOT = tmp_path / "public"
    monkeypatch.setattr(prepare, "digest_of_static", lambda: "this version")
    monkeypatch.setattr(prepare, "call_command", lambda *_, **__: None)
    return tmp_path / "public"


def test_a_folder_that_holds_something_else_is_refused(collecting: Path) -> None:
    records = collecting / "records" / "hedgerow.db"
    records.parent.mkdir(parents=True)
    records.write_text("all there is")
    with pytest.raises(CommandError, match="Nothing was changed"):
        prepare.Command().handle()
    assert records.read_text() == "all there is"


def test_our_own_is_cleared_also_where_that_was_cut_off(collecting: Path) -> None:
    collecting.mkdir()
    prepare.refuse_to_clear_what_is_not_ours(collecting)
    prepare.Command().collect_static()
    (collecting / "css").mkdir()
    (collecting / "css" / "old.css").touch()
    (collecting / prepare.STAMP).write_text("")
    prepare.refuse_to_clear_what_is_not_ours(collecting)
    prepare.Command().collect_static()
    assert [one.name for one in collecting.iterdir()] == [prepare.STAMP]
    assert (collecting / prepare.STAMP).read_text() == "this version"
