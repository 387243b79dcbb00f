"""The small process: python -m safeguarding.lock.gate <port> <state> <why>."""

import os
import sys
from typing import Any

import django
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application


class Handler(WSGIRequestHandler):
    timeout = 20  # seconds for a slow one

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the base class's name
        """Nothing: an address of somebody's computer belongs in no log."""


class Server(ThreadedWSGIServer):
    daemon_threads = True
    request_queue_size = 128


def main() -> None:
    port, state, why = sys.argv[1:4]
    os.environ["DJANGO_SETTINGS_MODULE"] = "safeguarding.lock.gate.settings"
    django.setup(set_prefix=False)
    from safeguarding.lock.gate.state import set_to

    set_to(state, why)
    server = Server(("127.0.0.1", int(port)), Handler)
    server.set_app(get_wsgi_application())
    server.serve_forever()


if __name__ == "__main__":
    main()
