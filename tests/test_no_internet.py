"""The guard that keeps tests on this computer."""

import socket
import urllib.request

import pytest


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.org", 443), ("2001:db8::1", 80)])
def test_a_test_cannot_leave_this_computer(address: tuple[str, int]) -> None:
    with pytest.raises(AssertionError, match="Tests stay on this computer"):
        socket.create_connection(address, timeout=1)
    with socket.socket() as plain, pytest.raises(AssertionError, match="stay on this computer"):
        plain.connect(address)


def test_a_test_cannot_send_a_packet_away() -> None:
    packet = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with packet, pytest.raises(AssertionError, match="stay on this computer"):
        packet.sendto(b"?", ("192.0.2.1", 53))


def test_a_test_cannot_fetch_a_page() -> None:
    with pytest.raises(AssertionError, match="Tests stay on this computer"):
        urllib.request.urlopen("http://example.org", timeout=1)


def test_a_test_can_reach_a_server_of_its_own() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()
