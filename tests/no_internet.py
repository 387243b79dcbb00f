"""No test reaches the internet: a socket may go to this computer, and nowhere else."""

import ipaddress
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest


def is_here(address: Any) -> bool:
    """Whether the address is a file socket or this computer."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0]).partition("%")[0]
    try:
        return host in {"", "localhost"} or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def refuse_away(address: Any) -> None:
    if not is_here(address):
        raise AssertionError(f"A test tried to reach {address!r}. Tests stay on this computer.")


def guarded(real: Callable[..., Any], place: int) -> Callable[..., Any]:
    """The same function, but the address at that place of its arguments must be here."""

    def call(*args: Any, **kwargs: Any) -> Any:
        refuse_away(args[place])
        return real(*args, **kwargs)

    return call


def guarded_look_up(real: Callable[..., Any]) -> Callable[..., Any]:
    """The same look-up of names, but only for this computer's own."""

    def call(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        refuse_away((name or "", 0))
        return real(host, *args, **kwargs)

    return call


@pytest.fixture(autouse=True, scope="session")
def no_internet() -> Iterator[None]:
    """Refuse everything that would leave this computer: connections, packets, names."""
    with pytest.MonkeyPatch.context() as patch:
        for name, place in (("connect", 1), ("connect_ex", 1), ("sendto", -1)):
            patch.setattr(socket.socket, name, guarded(getattr(socket.socket, name), place))
        patch.setattr(socket, "getaddrinfo", guarded_look_up(socket.getaddrinfo))
        yield
