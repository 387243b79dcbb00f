"""Where this program may send anything: the places its settings name, and this computer.

No page, rule or task asks for an address that a person typed. Should a library try, or a change slip
in, the interpreter itself refuses: it tells a hook of every connection, from whatever code. PostgreSQL
is reached by a library in C, which the hook does not see; its address is DATABASE_URL and nothing else.
"""

import ipaddress
import sys
from functools import cache
from typing import Any

from django.conf import settings

NAMES = {"socket.getaddrinfo", "socket.gethostbyname"}
PLACES = {"socket.connect", "socket.sendto", "socket.sendmsg"}
WATCHED = frozenset(NAMES | PLACES)


class OutboundRefusedError(PermissionError):
    """Something tried to reach a place that the settings do not name."""


@cache
def guard() -> None:
    """From now on, and for as long as this process lives. Once is enough."""
    sys.addaudithook(_watch)


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in WATCHED:  # of thousands a second this is the only question
        return
    if event in NAMES:
        refuse_name(arguments[0])
    else:
        refuse_place(arguments[1])


def refuse_name(host: Any) -> None:
    """Only names of the list are looked up, so that no other has an address."""
    name = host.decode() if isinstance(host, bytes) else host
    if not _is_here(name or "") and name not in {host for host, _ in settings.OUTBOUND}:
        raise OutboundRefusedError("This place is not on the list of places outside.")


def refuse_place(address: Any) -> None:
    """Only the doors of the list are knocked at. A path or a number is a socket of this computer."""
    if not isinstance(address, tuple) or _is_here(str(address[0])):
        return
    if address[1] not in {port for _, port in settings.OUTBOUND}:
        raise OutboundRefusedError("This place is not on the list of places outside.")


def _is_here(host: str) -> bool:
    name = host.partition("%")[0]
    try:
        return name in {"", "localhost"} or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
