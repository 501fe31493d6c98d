"""The opening handshake of a WebSocket, without a socket (RFC 6455, 4.2).

What it is refused for is said with an HTTP status and a sentence.  Subprotocols are those of
https://ircv3.net/specs/extensions/websocket; there are no extensions: lines are too short to
be worth compressing.

Which web pages may connect is the setting ``websocket.origins``.  A browser lets every page
connect to everything that its user can reach, and tells the server only whose page it is.  If
all were let in, any page could read along on a server that just this machine or network is
meant to reach.  So by default a page has to come from where the server is.  Other programs
name no origin: they are no more than any IRC client.
"""

import logging
import re
from collections.abc import Sequence
from http import HTTPStatus

from websockets.exceptions import InvalidOrigin, InvalidProtocol, InvalidUpgrade
from websockets.http11 import Request
from websockets.server import ServerProtocol
from websockets.typing import Origin, Subprotocol

from core.config import Config
from core.errors import PeerError

GET = b"GET "  # how it begins
TEXT = Subprotocol("text.ircv3.net")
BINARY = Subprotocol("binary.ircv3.net")
# All of the request, which browsers keep well below this.
HEAD_BYTES = 16384
HEAD_END = b"\r\n\r\n"
VERSION = "13"  # of the protocol, since 2011

PAGE = (
    "This is {name}, a chat server that speaks IRC.\n\n"
    "Connect to this address and port with an IRC client, or with one that runs in a browser\n"
    "and uses WebSockets.\n"
)

# What the library would tell of every connection is of no use in our log.
_log = logging.getLogger("parlor.websocket")
_log.setLevel(logging.ERROR)


class Refused(PeerError):
    """A handshake that leads to nothing; what the client is answered."""

    def __init__(self, status: HTTPStatus, sentence: str, *headers: tuple[str, str]) -> None:
        super().__init__(sentence)
        self.status = status
        self.headers = headers

    @property
    def answer(self) -> bytes:
        """The HTTP response."""
        text = f"{self}" if f"{self}".endswith("\n") else f"{self}.\n"
        response = ServerProtocol(logger=_log).reject(self.status, text)
        for name, value in self.headers:
            response.headers[name] = value
        return response.serialize()


class Handshake:
    """One client's.  Feed it until there is a request, then ``accept``."""

    def __init__(self, config: Config, message_bytes: int) -> None:
        """message_bytes: the longest message that will be taken."""
        self._page = PAGE.format(name=config.server.name)
        self._request: Request | None = None
        self._head = b""
        self.rest = b""  # what came after the request
        self.protocol = ServerProtocol(
            origins=allowed_origins(config),
            select_subprotocol=_select,
            max_size=message_bytes,
            logger=_log,
        )

    def feed(self, data: bytes) -> Request | None:
        """The request, once all of it is there.  Raises Refused."""
        self._head += data
        head, end, self.rest = self._head.partition(HEAD_END)
        if len(head) > HEAD_BYTES:
            raise Refused(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The request is too long")
        if not end:
            return None
        self.protocol.receive_data(head + end)
        events = self.protocol.events_received()
        if not events:
            raise Refused(HTTPStatus.BAD_REQUEST, "This is no request of HTTP/1.1")
        assert isinstance(events[0], Request)
        self._request = events[0]
        return events[0]

    def accept(self) -> bytes:
        """The answer that opens the WebSocket.  Raises Refused."""
        request = self._request
        assert request is not None
        response = self.protocol.accept(request)
        if response.status_code != HTTPStatus.SWITCHING_PROTOCOLS:
            raise self._why(request)
        self.protocol.send_response(response)
        return b"".join(self.protocol.data_to_send())

    def _why(self, request: Request) -> Refused:
        problem = self.protocol.handshake_exc
        if isinstance(problem, InvalidUpgrade):
            return Refused(HTTPStatus.UPGRADE_REQUIRED, self._page, ("Upgrade", "websocket"))
        if isinstance(problem, InvalidOrigin):
            return Refused(
                HTTPStatus.FORBIDDEN,
                "This page's origin is not among those that the server's setting"
                " websocket.origins lets in",
            )
        if isinstance(problem, InvalidProtocol):
            return Refused(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED, "HTTP/1.1 is needed")
        if request.headers.get_all("Sec-WebSocket-Version") != [VERSION]:
            return Refused(
                HTTPStatus.UPGRADE_REQUIRED,
                f"Version {VERSION} of the WebSocket protocol is needed",
                ("Upgrade", "websocket"),
                ("Sec-WebSocket-Version", VERSION),
            )
        return Refused(HTTPStatus.BAD_REQUEST, "This is no handshake of a WebSocket")


def _select(protocol: ServerProtocol, offered: Sequence[Subprotocol]) -> Subprotocol | None:
    """The client's favourite among ours; none at all means text, and is taken as well."""
    return next((name for name in offered if name in (TEXT, BINARY)), None)


def allowed_origins(config: Config) -> list[Origin | re.Pattern[str] | None] | None:
    """What the library takes for the origins that may connect; None for all."""
    origins = config.websocket.origins
    if "*" in origins:
        return None
    if origins:
        patterns = [re.escape(origin) for origin in origins]
    else:
        own = {"localhost", "127.0.0.1", "[::1]", config.server.name, config.server.host} - {""}
        hosts = "|".join(re.escape(host) for host in sorted(own))
        patterns = [rf"https?://(?:{hosts})(?::\d+)?"]
    return [None, *(re.compile(pattern, re.IGNORECASE) for pattern in patterns)]
