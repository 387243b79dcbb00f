"""Mails that lie as files, since no mail server was named."""

import os
import time
from pathlib import Path

from pytest_django import Settings

from safeguarding.notifications.tasks import forget_mail_files

DAY = 24 * 60 * 60


def lies_there(file: Path, days: int) -> Path:
    file.write_text("There is something for you.")
    then = time.time() - days * DAY
    os.utime(file, (then, then))
    return file


def test_after_sixty_days_they_are_thrown_away(settings: Settings, tmp_path: Path) -> None:
    settings.MAIL_FOLDER = tmp_path
    old, new = (lies_there(tmp_path / f"{days}.log", days) for days in (61, 59))
    put_there = lies_there(tmp_path / "list.txt", 61)

    forget_mail_files.call()

    assert not old.exists()
    assert new.exists()
    assert put_there.exists()


def test_where_there_never_was_one_nothing_is_thrown_away(
    settings: Settings, tmp_path: Path
) -> None:
    settings.MAIL_FOLDER = tmp_path / "mail"
    forget_mail_files.call()
    assert not settings.MAIL_FOLDER.exists()
