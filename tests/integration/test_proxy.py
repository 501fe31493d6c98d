"""Behind a proxy: PROXY headers before whatever is spoken, and the limit per address."""

import itertools
import socket
import struct
from collections.abc import Iterator

import pytest

from core.runtime.proxy import V2_START
from tests.fakes.irc import Client, Closed, codes, one
from tests.fakes.server import HOST, Server, wait_until

CONFIG = """
[limits]
connections_per_address = 2
[proxy]
protocol = ["127.0.0.0/8"]
[tls]
plaintext = "anywhere"
"""
LOCAL = V2_START + b"\x20\x00\x00\x00"
_cases = itertools.count()
NICK = b"NICK ann\r\nUSER ann 0 * :Ann\r\n"


def header(address: str) -> bytes:
    return f"PROXY TCP4 {address} 127.0.0.1 40000 5000\r\n".encode()


def header_2(address: str, entries: bytes = b"") -> bytes:
    body = socket.inet_aton(address) + socket.inet_aton(HOST) + struct.pack("!HH", 1, 2) + entries
    return V2_START + struct.pack("!BBH", 0x21, 0x11, len(body)) + body


def in_three(data: bytes) -> list[bytes]:
    return [data[:1], data[1:20], data[20:]]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("proxy"), workers=2, config=CONFIG) as running:
        yield running


def connected(server: Server, *portions: bytes) -> Client:
    """A connection that has sent these bytes, a portion each."""
    client = server.connect()
    for portion in portions:
        client.send_bytes(portion)
    return client


def host_of(client: Client, nick: str) -> str:
    """What others see of where a client is."""
    return one(client.ask(f"WHOIS {nick}"), "311").params[3]


@pytest.mark.parametrize(
    ("portions", "host"),
    [
        ([header("192.0.2.1")], "192.0.2.1"),
        ([b"PROXY TCP6 ::1 ::1 1 2\r\n"], "0::1"),
        ([b"PROXY UNKNOWN\r\n"], HOST),
        ([header_2("192.0.2.2")], "192.0.2.2"),
        ([header_2("192.0.2.2", b"\x04\x01\x00" + bytes(256))], "192.0.2.2"),
        ([LOCAL], HOST),
        (in_three(header("192.0.2.3")), "192.0.2.3"),
        (in_three(header_2("192.0.2.4")), "192.0.2.4"),
    ],
)
@pytest.mark.parametrize("together", [True, False])
def test_the_address_is_the_clients(
    server: Server, portions: list[bytes], host: str, together: bool
) -> None:
    nick = f"proxied{next(_cases)}"
    if together:
        portions = [*portions[:-1], portions[-1] + f"NICK {nick}\r\n".encode()]
    with connected(server, *portions) as client:
        client.register(nick)
        assert host_of(client, nick) == host


def test_tls_behind_it(server: Server) -> None:
    with connected(server, header("192.0.2.5")) as client:
        client.start_tls(HOST)
        client.register("safe")
        assert host_of(client, "safe") == "192.0.2.5"
        assert "671" in codes(client.ask("WHOIS safe"))


def test_tls_at_the_proxy(server: Server) -> None:
    entry = b"\x20\x00\x05\x01\0\0\0\0"
    with connected(server, header_2("192.0.2.6", entry)) as client:
        client.register("outside")
        assert "671" in codes(client.ask("WHOIS outside"))


def test_a_websocket_behind_it(server: Server) -> None:
    with connected(server, header("192.0.2.7"), b"GET / HTTP/1.1\r\n\r\n") as client:
        assert client.read_line() == b"HTTP/1.1 426 Upgrade Required\r\n"


@pytest.mark.parametrize(
    "data",
    [
        NICK,
        b"\x16\x03\x01\x02\x00",
        b"GET / HTTP/1.1\r\n\r\n",
        b"PROXY TCP4 192.0.2.1 127.0.0.1 1\r\n" + NICK,
        b"PROXY TCP4 " + b"1" * 100,
        V2_START + b"\x21\x11\xff\xff",
        V2_START + b"\x31\x11\x00\x00",
    ],
)
def test_without_a_header_nothing_is_served(server: Server, data: bytes) -> None:
    with connected(server, data) as client:
        assert client.until_closed() == []


def test_the_limit_is_the_clients(server: Server) -> None:
    """It holds on all workers together, and not for the proxy."""
    address = header("192.0.2.9")
    with connected(server, address) as first, connected(server, address) as second:
        first.register("first")
        second.register("second")
        with connected(server, address + NICK) as third:
            assert codes(third.until_closed()) == ["ERROR"]
        with connected(server, header("192.0.2.10")) as other:
            other.register("other")
        first.close()
        wait_until(lambda: _is_served(server, address), "one that closes makes room")


def _is_served(server: Server, start: bytes) -> bool:
    with connected(server, start + b"PING x\r\n") as client:
        try:
            return client.read().command != "ERROR"
        except Closed:
            return False


def test_the_client_decides_over_plain_text(tmp_path_factory: pytest.TempPathFactory) -> None:
    """By default only loopback may do without TLS, and it is the client's address that counts."""
    config = '[proxy]\nprotocol = ["127.0.0.1"]\n'
    with Server(tmp_path_factory.mktemp("strict"), workers=1, config=config) as server:
        with connected(server, header("192.0.2.1") + NICK) as client:
            (error,) = client.until_closed()
            assert "TLS" in error.params[0]
        with connected(server, header_2("192.0.2.1", b"\x20\x00\x05\x01\0\0\0\0")) as client:
            client.register("secure")
        with connected(server, LOCAL) as client:
            client.register("local")


def test_from_elsewhere_it_is_no_header(tmp_path_factory: pytest.TempPathFactory) -> None:
    """It is an unknown command to a server that expects none from there."""
    config = '[proxy]\nprotocol = ["192.0.2.1"]\n'
    with (
        Server(tmp_path_factory.mktemp("other"), workers=1, config=config) as server,
        connected(server, header("192.0.2.1") + NICK) as client,
    ):
        messages = client.read_until(lambda message: message.command == "422")
        assert codes(messages)[0] == "451"
        assert host_of(client, "ann") == HOST
