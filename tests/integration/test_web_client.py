"""A day of a web client: the lines that such programs send, over a WebSocket, to the letter.

They are what irc-framework (the library behind KiwiIRC) sent when it was tried in Chromium.
"""

import base64
from collections.abc import Iterator

import pytest
from websockets.typing import Subprotocol

from core.wire.message import Message
from tests.fakes.irc import Client, codes, one, only, texts
from tests.fakes.server import HOST, NO_FLOOD_GATE, Server
from tests.fakes.web import BINARY, TEXT, WebClient

CAPS = (
    "account-notify account-tag away-notify batch cap-notify draft/account-registration"
    " draft/chathistory draft/event-playback draft/multiline draft/read-marker echo-message"
    " extended-join invite-notify labeled-response message-tags multi-prefix server-time"
    " userhost-in-names"
)
PASSWORD = "correct horse"
PAGE = "http://localhost:8000"  # where a browser has the program from
EVER = "timestamp=2020-01-01T00:00:00.000Z timestamp=2099-01-01T00:00:00.000Z"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("web"), config=NO_FLOOD_GATE) as running:
        yield running


def arrive(
    server: Server, nick: str, protocol: Subprotocol, *, password: str = "", tls: bool = False
) -> WebClient:
    """Connect as the page does: with a password the account of the nick is logged in to."""
    client = WebClient.open(HOST, server.port, protocol, origin=PAGE, tls=tls)
    client.nick = nick
    client.send("CAP LS 302", f"NICK {nick}", f"USER {nick} 0 * :{nick} on the web")
    lines = client.read_until(lambda m: m.command == "CAP" and m.params[2] != "*")
    offered = " ".join(line.params[-1] for line in only(lines, "CAP")).split()
    wanted = f"{CAPS} sasl" if password else CAPS
    assert set(wanted.split()) <= {name.partition("=")[0] for name in offered}
    client.send(f"CAP REQ :{wanted}")
    assert client.expect("CAP").params[1:] == ["ACK", wanted]
    if password:
        client.send("AUTHENTICATE PLAIN")
        assert client.expect("AUTHENTICATE").params == ["+"]
        payload = base64.b64encode(f"{nick}\0{nick}\0{password}".encode()).decode()
        client.send(f"AUTHENTICATE {payload}")
        assert client.expect("900").params[2] == nick
        assert client.expect("903", "904").command == "903"
    client.send("CAP END")
    assert client.expect("001").params[0] == nick
    assert one(client.ask("PING 1795370101245"), "JOIN").params[0] == "#lobby"
    return client


def history(client: Client, command: str) -> list[Message]:
    """What is in the batch of an answer."""
    opening, *inner, closing = client.ask(f"CHATHISTORY {command}")
    assert (opening.command, closing.command) == ("BATCH", "BATCH")
    assert {message.tags["batch"] for message in inner} == {opening.params[0][1:]}
    return inner


@pytest.mark.parametrize(
    ("protocol", "tls", "nick"),
    [(TEXT, False, "wanda"), (BINARY, False, "bina"), (TEXT, True, "tess")],
    ids=["text", "binary", "tls"],
)
def test_an_account_from_its_making(
    server: Server, protocol: Subprotocol, tls: bool, nick: str
) -> None:
    with arrive(server, nick, protocol, tls=tls) as client:
        answer = client.ask(f"REGISTER * * :{PASSWORD}")
        assert one(answer, "REGISTER").params[:2] == ["SUCCESS", nick]
        assert one(answer, "ACCOUNT").params == [nick]
        client.send("QUIT")
        assert codes(client.until_closed())[-1] == "ERROR"

    with (
        arrive(server, nick, protocol, password=PASSWORD, tls=tls) as client,
        arrive(server, f"{nick}2", protocol, tls=tls) as friend,
    ):
        client.drain()
        talk(client, friend)
        what_is_kept(client, friend)
        the_end(client, friend)


def talk(client: WebClient, friend: WebClient) -> None:
    """In a room and in private, with what makes it lively."""
    room = f"#{client.nick}"
    joined = client.ask(f"JOIN {room}")
    assert one(joined, "JOIN").params == [room, client.nick, f"{client.nick} on the web"]
    assert one(joined, "MARKREAD").params == [room, "*"]
    members = one(friend.ask(f"JOIN {room}"), "353").params[-1].split()
    assert {member.partition("!")[0].lstrip("~") for member in members} == {
        f"@{client.nick}",
        friend.nick,
    }
    client.drain()
    echo = one(client.ask(f"PRIVMSG {room} :hello grüße 🎉"), "PRIVMSG")
    seen = one(friend.drain(), "PRIVMSG")
    assert texts([seen, echo]) == ["hello grüße 🎉"] * 2
    assert seen.tags["msgid"] == echo.tags["msgid"]
    assert seen.tags["account"] == client.nick
    client.ask(f"PRIVMSG {friend.nick} psst", f"@+typing=active TAGMSG {room}")
    private, typing = friend.drain()
    assert private.params == [friend.nick, "psst"]
    assert (typing.command, typing.tags["+typing"]) == ("TAGMSG", "active")
    client.ask(f"PRIVMSG {room} :\x01ACTION waves\x01", f"TOPIC {room} :Topic 🐝")
    client.ask(f"MODE {room} +v {friend.nick}", "AWAY :tea", "AWAY")
    assert codes(friend.drain()) == ["PRIVMSG", "TOPIC", "MODE", "AWAY", "AWAY"]
    assert one(friend.ask(f"WHOIS {client.nick}"), "330").params[2] == client.nick


def what_is_kept(client: WebClient, friend: WebClient) -> None:
    """The history, with events; read markers; who is there."""
    room = f"#{client.nick}"
    kept = history(client, f"LATEST {room} * 50")
    assert codes(kept) == ["JOIN", "JOIN", "PRIVMSG", "PRIVMSG", "TOPIC", "MODE"]
    assert texts(kept) == ["hello grüße 🎉", "\x01ACTION waves\x01"]
    assert texts(history(client, f"LATEST {friend.nick} * 50")) == ["psst"]
    targets = [message.params[1] for message in history(client, f"TARGETS {EVER} 50")]
    assert {room, friend.nick} <= set(targets)
    read = f"timestamp={kept[2].tags['time']}"
    assert one(client.ask(f"MARKREAD {room} {read}"), "MARKREAD").params == [room, read]
    watched = one(client.ask(f"MONITOR + {friend.nick}"), "730").params[1]
    assert watched.partition("!")[0] == friend.nick
    listed = only(client.ask("LIST"), "322")
    assert [room, "2"] in [message.params[1:3] for message in listed]


def the_end(client: WebClient, friend: WebClient) -> None:
    """One is removed; a message too large for any server; goodbye."""
    room = f"#{client.nick}"
    client.ask(f"KICK {room} {friend.nick} :out")
    assert one(friend.drain(), "KICK").params == [room, friend.nick, "out"]
    friend.send("PRIVMSG x :" + "y" * 20000)
    friend.until_closed()
    assert friend.web.close_code == 1009
    assert client.expect("731").params[1] == friend.nick
    client.send("QUIT bye")
    assert codes(client.until_closed())[-1] == "ERROR"
    assert client.web.close_code == 1000
