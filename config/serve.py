"""The web server. Its processes are given the key as they start, and it is written nowhere."""

import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from foundation import keys

WORKERS = 2


def load(key: bytes | None) -> Callable[..., Any]:
    """What answers, in a process of its own: its key came with it."""
    if key is not None:
        keys.hold(key)
    from config.wsgi import application  # reads the settings, which need the key

    return application


def main() -> None:
    """Serve on the port that is given, until told to stop."""
    server = Granian(
        "config.wsgi:application",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=WORKERS,
        # One thread to a worker: each has a connection, and each connection a cache of 64 MB.
        blocking_threads=1,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.error,
        workers_kill_timeout=3,
        respawn_failed_workers=True,
        respawn_interval=1,
    )
    server.serve(target_loader=partial(load, keys.given()), wrap_loader=False)


if __name__ == "__main__":
    from config import serve  # by its name, so that its processes find `load`

    serve.main()
