"""Run by a test in a process of its own: the product's pages, served by a child that may be killed.

Each line it reads starts a new child, which has everything loaded and nothing open. It answers with
the child's process id.
"""

import os
import sys
from socket import SO_REUSEADDR, SOL_SOCKET, socket
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIServer

PORT = int(sys.argv[1])


class Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.reliability.settings"
    from django.core.wsgi import get_wsgi_application
    from django.urls import get_resolver

    application = get_wsgi_application()
    get_resolver("config.setting_urls")._populate()
    listening = socket()
    listening.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", PORT))
    listening.listen(64)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            serve(listening, application)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


def serve(listening: socket, application: object) -> None:
    from django.core.servers.basehttp import WSGIRequestHandler

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its own name
            pass

    server = Threaded(("127.0.0.1", PORT), Quiet, bind_and_activate=False)
    server.socket.close()
    server.socket = listening
    server.server_name, server.server_port = "localhost", PORT
    server.setup_environ()
    server.set_app(application)  # type: ignore[arg-type]
    server.serve_forever(poll_interval=0.05)


if __name__ == "__main__":
    main()
