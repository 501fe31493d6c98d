"""Addresses: how they are written, whose they are, and whom X-Forwarded-For names."""

import socket

import pytest

from core.runtime.addresses import Networks, address_of, forwarded_for, is_loopback, parsed, shown


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.10", "::1", "0::1", "::ffff:127.0.0.1"])
def test_loopback(address: str) -> None:
    assert is_loopback(address)


@pytest.mark.parametrize(
    "address", ["10.0.0.1", "192.168.1.1", "fe80::1", "unknown", "", "8.8.8.8", "::ffff:8.8.8.8"]
)
def test_not_loopback(address: str) -> None:
    assert not is_loopback(address)


@pytest.mark.parametrize(
    ("host", "written"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("::1", "0::1"),
        ("2001:DB8::0:1", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1%eth0"),
    ],
)
def test_an_address_can_stand_in_a_line(host: str, written: str) -> None:
    address = parsed(host)
    assert address is not None
    assert shown(address) == written
    assert parsed(written) == address


def test_of_a_socket() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        with socket.create_connection(listener.getsockname()) as client:
            assert address_of(client) == "127.0.0.1"
        assert address_of(listener) == "unknown"
    one, other = socket.socketpair()
    with one, other:
        assert address_of(one) == "unknown"


def test_networks() -> None:
    networks = Networks(["10.0.0.0/8", "192.0.2.7", "2001:db8::/32"])
    for inside in ("10.1.2.3", "192.0.2.7", "2001:db8::1", "::ffff:10.0.0.1"):
        assert inside in networks
    for outside in ("11.0.0.1", "192.0.2.8", "0::1", "unknown", ""):
        assert outside not in networks
    assert "10.0.0.1" not in Networks([])


@pytest.mark.parametrize(
    ("values", "client"),
    [
        (["192.0.2.1"], "192.0.2.1"),
        (["192.0.2.1, 10.0.0.1"], "192.0.2.1"),
        (["192.0.2.1", "10.0.0.1,10.0.0.2"], "192.0.2.1"),
        (["1.1.1.1, 192.0.2.1, 10.0.0.1"], "192.0.2.1"),  # the first was made up
        (["nonsense, 192.0.2.1"], "192.0.2.1"),
        (["10.0.0.9, 10.0.0.1"], "10.0.0.9"),  # a proxy itself
        (["::1"], "0::1"),
        (["192.0.2.1:5000"], "192.0.2.1"),
        (["[2001:db8::1]:5000"], "2001:db8::1"),
        (["[2001:db8::1]"], "2001:db8::1"),
        (["2001:db8::1"], "2001:db8::1"),
        ([""], None),
        (["unknown"], None),
        (["192.0.2.1, nonsense"], None),
        (["192.0.2.1, "], None),
        (["192.0.2.1:x:y"], "192.0.2.1"),
    ],
)
def test_forwarded_for(values: list[str], client: str | None) -> None:
    assert forwarded_for(values, Networks(["10.0.0.0/8"])) == client
