"""WebSockets on the same port, in the clear and in TLS: from the handshake to the end.

Quoted is https://ircv3.net/specs/extensions/websocket.
"""

import itertools
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from websockets.exceptions import ConnectionClosedError, InvalidStatus
from websockets.typing import Subprotocol

from tests.fakes.irc import any_certificate, codes, one, texts
from tests.fakes.server import HOST, NO_FLOOD_GATE, Server, wait_until
from tests.fakes.web import BINARY, TEXT, WebClient
from tests.integration.conftest import StartServer


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("web"), workers=2, config=NO_FLOOD_GATE) as running:
        yield running


_cases = itertools.count()  # nicks of clients that have just gone may still be taken


def web(
    server: Server, nick: str, *subprotocols: Subprotocol, caps: str = "", tls: bool = False
) -> WebClient:
    """A registered client."""
    client = WebClient.open(HOST, server.port, *subprotocols, tls=tls)
    client.register(nick, caps)
    return client


@pytest.mark.parametrize("tls", [False, True])
@pytest.mark.parametrize(
    ("offered", "chosen", "kind"),
    [
        ((BINARY,), BINARY, bytes),
        ((TEXT,), TEXT, str),
        ((BINARY, TEXT), BINARY, bytes),
        ((TEXT, BINARY), TEXT, str),
        ((), None, str),
    ],
)
def test_talking(
    server: Server,
    offered: tuple[Subprotocol, ...],
    chosen: Subprotocol | None,
    kind: type,
    tls: bool,
) -> None:
    """ "If `binary.ircv3.net` is negotiated, then client and server will exchange binary messages;
    if `text.ircv3.net` is negotiated, then they will exchange text messages."
    """
    case = next(_cases)
    with (
        server.client(f"plain{case}") as plain,
        web(server, f"webby{case}", *offered, tls=tls) as client,
    ):
        assert client.web.subprotocol == chosen
        client.ask(f"PRIVMSG plain{case} :hällo")
        assert texts(plain.drain()) == ["hällo"]
        plain.ask(f"PRIVMSG webby{case} :wörld")
        assert texts(client.drain()) == ["wörld"]
        assert client.kinds == {kind}
        assert ("671" in codes(client.ask(f"WHOIS webby{case}"))) == tls


def test_many_in_a_room(server: Server) -> None:
    """All get the same, whatever they have agreed on, tags and all."""
    caps = "server-time message-tags echo-message"
    with (
        server.client("plain", caps) as plain,
        web(server, "one", TEXT, caps=caps) as one_,
        web(server, "two", TEXT, caps=caps, tls=True) as two,
        web(server, "three", BINARY, caps=caps) as three,
    ):
        everybody = [plain, one_, two, three]
        for client in everybody:
            client.ask("JOIN #room")
        for client in everybody:
            client.drain()
        one_.send(*(f"@+x=y PRIVMSG #room :{number}" for number in range(50)))
        one_.drain()
        wanted = [str(number) for number in range(50)]
        for client in [*everybody[2:], plain]:
            seen = client.drain()
            assert texts(seen) == wanted
            assert all(message.tags["+x"] == "y" and message.tags["time"] for message in seen)


def test_lines_that_are_too_long(server: Server) -> None:
    """As on any connection: 417, and the connection stays."""
    with web(server, "long", TEXT) as client:
        for length in (511, 1000, 9000):
            assert codes(client.ask("X" * length)) == ["417"]
        assert codes(client.ask("PRIVMSG long :" + "x" * 430)) == ["PRIVMSG"]


def test_messages_that_are_far_too_long(server: Server) -> None:
    with web(server, "longer", TEXT) as client:
        client.web.send("X" * 20000)
        with pytest.raises(ConnectionClosedError, match="1009"):
            client.web.recv(20)


def test_several_lines_in_a_message(server: Server) -> None:
    """ "each message MUST consist of a single IRC line"."""
    with web(server, "several", TEXT) as client:
        client.web.send("NICK other\r\nNICK another")
        assert one(client.drain(), "FAIL").params[:2] == ["*", "INVALID_MESSAGE"]
        client.web.send("TIME\r\n")  # what legacy clients send
        assert codes(client.drain()) == ["391"]


def test_bytes_that_are_not_utf_8(server: Server) -> None:
    with web(server, "bytes", TEXT) as client:
        client.web.send(b"PRIVMSG bytes :caf\xe9")
        assert one(client.drain(), "FAIL").params[:2] == ["PRIVMSG", "INVALID_UTF8"]
        client.web.send(b"PRIVMSG bytes :caf\xe9", text=True)
        with pytest.raises(ConnectionClosedError, match="1007"):
            client.web.recv(20)


def test_pings(server: Server) -> None:
    with web(server, "pinger") as client:
        assert client.web.ping("x").wait(20)


@pytest.mark.parametrize(
    ("first", "opcode"), [(b"", 0x89), (b"", 0x8A), (b"", 0x81), (b"\x01\x80\0\0\0\0", 0x00)]
)
def test_floods_of_frames(server: Server, first: bytes, opcode: int) -> None:
    """Pings, pongs, empty messages and fragments cost the server something too."""
    with web(server, f"flood{next(_cases)}") as client:
        client.web.socket.sendall(first + bytes([opcode, 0x80, 0, 0, 0, 0]) * 1000)
        with pytest.raises(ConnectionClosedError, match="1008"):
            client.web.recv(20)


def test_the_client_closes(server: Server) -> None:
    with server.client("watcher") as watcher:
        watcher.ask("JOIN #end")
        for way in ("QUIT :bye", "close", "lost"):
            with web(server, "leaver") as client:
                client.ask("JOIN #end")
                if way == "close":
                    client.close()
                elif way == "lost":
                    client.web.socket.close()
                else:
                    client.send(way)
                    assert codes(client.until_closed())[-1] == "ERROR"
                    assert client.web.close_code == 1000
                assert watcher.expect("QUIT").source.startswith("leaver!")


def test_the_server_stops(start_server: StartServer) -> None:
    server = start_server(workers=1)
    with web(server, "last", tls=True) as client, web(server, "stubborn") as stubborn:
        server.send_signal(15)
        assert codes(client.until_closed())[-1] == "ERROR"
        assert client.web.close_code == 1000
        assert codes(stubborn.until_closed())[-1] == "ERROR"
        assert server.wait() == 0


# The handshake.


@pytest.mark.parametrize("tls", [False, True])
def test_a_browser_that_just_looks(server: Server, tls: bool) -> None:
    address = f"{'https' if tls else 'http'}://{HOST}:{server.port}/"
    context = any_certificate() if tls else None
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context)
    )
    with pytest.raises(urllib.error.HTTPError) as caught:
        opener.open(address, timeout=20)
    with caught.value as answer:
        assert answer.code == 426
        assert "IRC" in answer.read().decode()


@pytest.mark.parametrize("size", [1, 2, 3, 50])
def test_in_small_portions(server: Server, size: int) -> None:
    request = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    with server.connect() as client:
        for at in range(0, len(request), size):
            client.send_bytes(request[at : at + size])
        assert client.read_line() == b"HTTP/1.1 426 Upgrade Required\r\n"


def test_nearly_a_get(server: Server) -> None:
    """IRC commands may begin with the same letters."""
    with server.connect() as client:
        client.send_bytes(b"G")
        client.send_bytes(b"E")
        client.send_bytes(b"TS x\r\nNICK get\r\nUSER g 0 * :g\r\n")
        assert "001" in codes(client.read_until(lambda message: message.command == "422"))


def test_origins(server: Server, start_server: StartServer) -> None:
    """By default a page must be one of this machine's; others are named in the settings."""
    with WebClient.open(HOST, server.port, origin="http://localhost:8000") as client:
        client.register("page")
    with pytest.raises(InvalidStatus) as caught:
        WebClient.open(HOST, server.port, origin="https://evil.example")
    assert caught.value.response.status_code == 403
    assert b"websocket.origins" in caught.value.response.body
    config = "[websocket]\norigins = ['https://web.example']\n"
    other = start_server(workers=1, config=config)
    with WebClient.open(HOST, other.port, origin="https://web.example") as client:
        client.register("page")
    other.stop()


def test_who_does_not_go_on_is_closed(start_server: StartServer) -> None:
    server = start_server(workers=1, config="[limits]\nregister_seconds = 0.5\n")
    with server.connect() as half, server.connect(tls=True) as silent:
        half.send_bytes(b"GET / HTTP/1.1\r\n")
        assert half.read_line() == b"HTTP/1.1 408 Request Timeout\r\n"
        assert codes(silent.until_closed()) == ["ERROR"]
    with WebClient.open(HOST, server.port) as client:
        assert codes(client.until_closed()) == ["ERROR"]
    server.stop()


def test_without_tls_nowhere(start_server: StartServer) -> None:
    server = start_server(workers=1, config="[tls]\nplaintext = 'nowhere'\n")
    with pytest.raises(InvalidStatus) as caught:
        WebClient.open(HOST, server.port)
    assert caught.value.response.status_code == 403
    assert b"TLS" in caught.value.response.body
    with WebClient.open(HOST, server.port, tls=True) as client:
        client.register("safe")
    server.stop()


# Behind a web server.

FORWARDED = """
[limits]
connections_per_address = 2
[proxy]
forwarded = ["127.0.0.1"]
"""


def forwarded(server: Server, address: str, scheme: str = "https") -> WebClient:
    headers = [("X-Forwarded-For", address), ("X-Forwarded-Proto", scheme)]
    return WebClient.open(HOST, server.port, headers=headers)


def host_of(client: WebClient, nick: str) -> str:
    """What others see of where a client is."""
    return one(client.ask(f"WHOIS {nick}"), "311").params[3]


def test_forwarded_addresses(start_server: StartServer) -> None:
    """They are believed, and decide over plain text; and over the limit, on all workers."""
    server = start_server(workers=2, config=FORWARDED)
    with forwarded(server, "evil, 192.0.2.1, 127.0.0.1") as one_, forwarded(server, "::1") as own:
        one_.register("one")
        own.register("own")
        assert host_of(own, "one") == "192.0.2.1"
        assert host_of(own, "own") == "0::1"
        assert "671" in codes(own.ask("WHOIS one"))
        with forwarded(server, "192.0.2.1") as two:
            two.register("two")
            with pytest.raises(InvalidStatus) as caught:
                forwarded(server, "192.0.2.1")
            assert caught.value.response.status_code == 429
            forwarded(server, "192.0.2.2").close()
        wait_until(lambda: _admitted(server, "192.0.2.1"), "one that closes makes room")
    for address, scheme, status in [("192.0.2.1", "http", 403), ("nonsense", "https", 400)]:
        with pytest.raises(InvalidStatus) as caught:
            forwarded(server, address, scheme)
        assert caught.value.response.status_code == status
    server.stop()


def _admitted(server: Server, address: str) -> bool:
    try:
        forwarded(server, address).close()
    except InvalidStatus:
        return False
    return True


def test_others_are_not_believed(server: Server) -> None:
    with forwarded(server, "192.0.2.1") as client:
        client.register("liar")
        assert host_of(client, "liar") == HOST
