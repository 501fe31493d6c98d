"""draft/event-playback (https://ircv3.net/specs/extensions/chathistory)."""

from core.wire.message import Message
from tests.conformance.setting import Connect, join
from tests.fakes.irc import ALL_CAPS, Client, codes, only

CAPS = f"{ALL_CAPS} draft/event-playback"


def history(client: Client, command: str) -> list[Message]:
    """The messages in the batch that answers a command."""
    start, *inner, end = client.ask(f"CHATHISTORY {command}")
    assert start.params[1] == "chathistory"
    assert end.params == ["-" + start.params[0][1:]]
    return inner


def told(message: Message) -> tuple[object, ...]:
    """A line without its place in a batch."""
    tags = {key: value for key, value in message.tags.items() if key not in ("batch", "label")}
    return (message.command, message.source, list(message.params), tags)


def test_what_happened_comes_back_as_it_was(connect: Connect, room: str) -> None:
    """If the client has negotiated draft/event-playback, the server SHOULD send additional lines
    relevant to the chat history, including but not limited to TAGMSG, JOIN, PART, QUIT, MODE,
    TOPIC, and NICK.

    https://ircv3.net/specs/extensions/chathistory#chathistory-command
    """
    ann, ben, cat = connect("ann", caps=CAPS), connect("ben", caps=CAPS), connect("cat")
    join(room, ann, ben)
    first = ann.ask(f"PRIVMSG {room} :1")[0].tags["msgid"]
    ben.drain()
    for client, line in (
        (ann, f"TOPIC {room} :something else"),
        (ann, f"MODE {room} +v {ben.nick}"),
        (ann, f"@+draft/react=x;+draft/reply={first} TAGMSG {room}"),
        (cat, f"JOIN {room}"),
        (cat, f"NICK {cat.nick}x"),
        (cat, f"PART {room} :for now"),
        (cat, f"JOIN {room}"),
        (ann, f"KICK {room} {cat.nick}x :no"),
        (cat, f"JOIN {room}"),
        (cat, "QUIT :that was it"),
    ):
        client.send(line)
        if line.startswith("QUIT"):
            client.until_closed()
        else:
            client.drain()
    live = ben.drain()
    commands = ["TOPIC", "MODE", "TAGMSG", "JOIN", "NICK", "PART", "JOIN", "KICK", "JOIN", "QUIT"]
    assert codes(live) == commands
    again = history(ben, f"AFTER {room} msgid={first} 20")
    assert [told(message) for message in again] == [told(message) for message in live]


def test_not_for_those_who_did_not_ask(connect: Connect, room: str) -> None:
    """If the client has not negotiated the draft/event-playback capability, the server MUST NOT
    send any lines other than PRIVMSG and NOTICE in the reply batch.

    https://ircv3.net/specs/extensions/chathistory#chathistory-command
    """
    ann, ben = connect("ann", caps=CAPS), connect("ben", caps=ALL_CAPS)
    join(room, ann, ben)
    ann.ask(f"PRIVMSG {room} :1", f"TOPIC {room} :x", f"@+a=b TAGMSG {room}", f"NOTICE {room} :2")
    ben.drain()
    assert codes(history(ben, f"LATEST {room} * 9")) == ["PRIVMSG", "NOTICE"]
    expected = ["JOIN", "JOIN", "PRIVMSG", "TOPIC", "TAGMSG", "NOTICE"]
    assert codes(history(ann, f"LATEST {room} * 9")) == expected


def test_typing_is_not_history(connect: Connect, room: str) -> None:
    """Clients SHOULD assume the sender is still typing until [...] at least 6 seconds have passed
    since the last typing=active notification was received.  Later nobody needs to know.

    https://ircv3.net/specs/client-tags/typing#format
    """
    ann = connect("ann", caps=CAPS)
    join(room, ann)
    ann.ask(f"@+typing=active TAGMSG {room}", f"@+typing=done TAGMSG {room}")
    assert codes(history(ann, f"LATEST {room} * 9")) == ["JOIN"]


def test_topics_can_be_referred_to(connect: Connect, room: str) -> None:
    """The returned messages MUST be counted starting from and excluding the first message
    selector, while finishing on and excluding the second.

    https://ircv3.net/specs/extensions/chathistory#between
    """
    ann = connect("ann", caps=CAPS)
    join(room, ann)
    seen = ann.ask(*(f"TOPIC {room} :{number}" for number in range(5)))
    ids = [message.tags["msgid"] for message in only(seen, "TOPIC")]
    assert len(set(ids)) == 5
    between = history(ann, f"BETWEEN {room} msgid={ids[0]} msgid={ids[4]} 9")
    assert [message.tags["msgid"] for message in between] == ids[1:4]
    assert [message.params[1] for message in between] == ["1", "2", "3"]
