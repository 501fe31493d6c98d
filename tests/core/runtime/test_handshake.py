"""The opening of a WebSocket: what is agreed on, and what each refusal says.

Quoted are RFC 6455 and https://ircv3.net/specs/extensions/websocket.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.client import ClientProtocol
from websockets.http11 import Response
from websockets.typing import Subprotocol
from websockets.uri import parse_uri

from core.config import Config, ServerConfig, WebsocketConfig
from core.runtime.handshake import HEAD_BYTES, Handshake, Refused

HEADERS = {
    "Host": "localhost:5000",
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version": "13",
}


def request(line: str = "GET / HTTP/1.1", **changes: str | None) -> bytes:
    """A request with other headers: ``_`` stands for ``-``, None for none."""
    headers: dict[str, str | None] = dict(HEADERS)
    headers.update({name.replace("_", "-"): value for name, value in changes.items()})
    lines = [line, *(f"{name}: {value}" for name, value in headers.items() if value is not None)]
    return "\r\n".join([*lines, "", ""]).encode()


def answer_to(data: bytes, config: Config | None = None) -> str:
    """The whole response."""
    handshake = Handshake(config or Config(), 1000)
    try:
        assert handshake.feed(data) is not None
        return handshake.accept().decode()
    except Refused as refused:
        return refused.answer.decode()


def status_of(data: bytes, config: Config | None = None) -> int:
    return int(answer_to(data, config).split(" ")[1])


def test_the_example() -> None:
    """RFC 6455, 1.3: "the server would ... give the value "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\""""
    answer = answer_to(request())
    assert answer.startswith("HTTP/1.1 101 Switching Protocols\r\n")
    assert "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" in answer
    assert "Sec-WebSocket-Protocol" not in answer


def test_cut_at_every_byte() -> None:
    data = request()
    for cut in range(len(data)):
        handshake = Handshake(Config(), 1000)
        assert handshake.feed(data[:cut]) is None
        found = handshake.feed(data[cut:] + b"rest")
        assert found is not None
        assert found.path == "/"
        assert handshake.rest == b"rest"


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        ("binary.ircv3.net", "binary.ircv3.net"),
        ("text.ircv3.net", "text.ircv3.net"),
        ("binary.ircv3.net, text.ircv3.net", "binary.ircv3.net"),
        ("text.ircv3.net, binary.ircv3.net", "text.ircv3.net"),
        ("chat, binary.ircv3.net", "binary.ircv3.net"),
    ],
)
def test_subprotocols(offered: str, chosen: str) -> None:
    """ "The server MUST accept any subprotocol it supports, respecting the client's order of
    preference."
    """
    answer = answer_to(request(Sec_WebSocket_Protocol=offered))
    assert f"Sec-WebSocket-Protocol: {chosen}\r\n" in answer


def test_no_common_subprotocol() -> None:
    """ "If no subprotocol can be agreed on, the server MAY continue connection establishment
    without sending the `Sec-WebSocket-Protocol` header."
    """
    answer = answer_to(request(Sec_WebSocket_Protocol="chat"))
    assert answer.startswith("HTTP/1.1 101 ")
    assert "Sec-WebSocket-Protocol" not in answer


def test_no_compression() -> None:
    answer = answer_to(request(Sec_WebSocket_Extensions="permessage-deflate"))
    assert "Sec-WebSocket-Extensions" not in answer


def test_with_the_librarys_client() -> None:
    client = ClientProtocol(
        parse_uri("ws://localhost/irc"), subprotocols=[Subprotocol("text.ircv3.net")]
    )
    client.send_request(client.connect())
    client.receive_data(answer_to(b"".join(client.data_to_send())).encode())
    (response,) = client.events_received()
    assert isinstance(response, Response)
    assert client.handshake_exc is None
    assert client.subprotocol == "text.ircv3.net"


@given(st.binary(max_size=200), st.sampled_from([b"GET ", b"GET / HTTP/1.1\r\n"]))
def test_anything(data: bytes, start: bytes) -> None:
    """It is a request, the beginning of one, or refused with an answer."""
    found = fed(start + data)
    assert found.startswith("HTTP/1.1 4") or "\r" not in found


def fed(data: bytes) -> str:
    """The refusal, or the path of a request, or nothing yet."""
    try:
        found = Handshake(Config(), 1000).feed(data)
    except Refused as refused:
        return refused.answer.decode()
    return found.path if found else ""


# Refusals.


def test_a_browser_that_just_looks() -> None:
    """A page that says what this is, and RFC 9110's: 426 "MUST" have an Upgrade header."""
    config = Config(server=ServerConfig(name="chat.example"))
    data = b"GET / HTTP/1.1\r\nHost: chat.example\r\n\r\n"
    answer = answer_to(data, config)
    head, _, page = answer.partition("\r\n\r\n")
    assert head.startswith("HTTP/1.1 426 Upgrade Required\r\n")
    assert "\r\nUpgrade: websocket" in head
    assert "\r\nConnection: close" in head
    assert f"\r\nContent-Length: {len(page)}" in head
    assert "chat.example" in page


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (request(Connection="keep-alive"), 426),
        (request(Upgrade="h2c"), 426),
        (request(Sec_WebSocket_Key=None), 400),
        (request(Sec_WebSocket_Key="short"), 400),
        (request(Sec_WebSocket_Protocol=","), 400),
        (request(Sec_WebSocket_Version="8"), 426),
        (request(Sec_WebSocket_Version=None), 426),
        (request("GET / HTTP/1.0"), 505),
        (request("GET / HTTP/2"), 400),
        (request("GET /"), 400),
        (request("GET /\xe9 HTTP/1.1"), 400),
        (request(Content_Length="5"), 400),
        (b"GET / HTTP/1.1\r\nno header\r\n\r\n", 400),
        (request(Cookie="x" * 9000), 400),
        (request(Cookie="x" * HEAD_BYTES), 431),
        (b"GET /" + b"x" * HEAD_BYTES, 431),
    ],
)
def test_refusals(data: bytes, status: int) -> None:
    answer = answer_to(data)
    assert answer.startswith(f"HTTP/1.1 {status} ")
    assert answer.endswith(".\n")


def test_another_version() -> None:
    """RFC 6455, 4.4: "... a |Sec-WebSocket-Version| header field (or multiple ...) indicating the
    version(s) the server is willing to use".
    """
    assert "\r\nSec-WebSocket-Version: 13\r\n" in answer_to(request(Sec_WebSocket_Version="8"))


# Origins.


@pytest.mark.parametrize(
    ("origins", "origin", "status"),
    [
        ((), None, 101),
        ((), "http://localhost", 101),
        ((), "https://LOCALHOST:8080", 101),
        ((), "http://127.0.0.1:8000", 101),
        ((), "http://[::1]:8000", 101),
        ((), "https://chat.example", 101),
        ((), "https://host.example:8000", 101),
        ((), "https://chatxexample", 403),
        ((), "https://evil.chat.example", 403),
        ((), "https://localhost.evil.example", 403),
        ((), "https://evil.example/http://localhost", 403),
        ((), "null", 403),
        ((), "", 403),
        (("*",), "https://evil.example", 101),
        (("*",), None, 101),
        (("https://web.example",), "https://web.example", 101),
        (("https://web.example",), "https://Web.example", 101),
        (("https://Web.example", "null"), "null", 101),
        (("https://web.example",), None, 101),
        (("https://web.example",), "http://web.example", 403),
        (("https://web.example",), "https://web.example:8000", 403),
        (("https://web.example",), "http://localhost", 403),
    ],
)
def test_origins(origins: tuple[str, ...], origin: str | None, status: int) -> None:
    config = Config(
        server=ServerConfig(name="chat.example", host="host.example"),
        websocket=WebsocketConfig(origins),
    )
    assert status_of(request(Origin=origin), config) == status


def test_a_server_on_all_addresses() -> None:
    config = Config(server=ServerConfig(host=""))
    assert status_of(request(Origin="http://"), config) == 403
