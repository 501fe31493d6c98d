"""Events with the server's own words."""

import msgspec

from core.client.events.base import Event


class ListedRoom(msgspec.Struct, frozen=True):
    """A line of LIST."""

    name: str
    members: int
    topic: str


class RoomsListed(Event, frozen=True):
    """The answer to LIST."""

    rooms: tuple[ListedRoom, ...]


class ServerNotice(Event, frozen=True):
    """Text from the server itself: a notice, WARN or NOTE, or a reply that nobody waited for."""

    text: str
    source: str
    code: str = ""  # the numeric, or the code of a standard reply


class MotdReceived(Event, frozen=True):
    """The message of the day, "" where the server has none."""

    text: str


class ErrorReceived(Event, frozen=True):
    """Something we asked for was refused, and no other event says so."""

    sentence: str  # for a person to read
    code: str  # the numeric, or the code of FAIL
    command: str  # what was refused, "" if the server does not tell
    context: tuple[str, ...]  # the reply's parameters without our nick and the text


class CtcpReceived(Event, frozen=True):
    """A CTCP request or answer other than ACTION.  The session answers none of them."""

    nick: str
    target: str
    command: str
    argument: str
    is_reply: bool
