"""Tags: message-tags, TAGMSG, typing, server-time and msgid."""

import re

import pytest

from core.wire.message import Message
from tests.conformance.setting import Connect, join
from tests.fakes.irc import Client, codes, one, texts

TAGS = "message-tags server-time"


def spoken(client: Client) -> Message:
    """The one message that `client` got."""
    return one(client.drain(), "PRIVMSG", "NOTICE", "TAGMSG")


def test_client_only_tags_are_relayed(connect: Connect, room: str) -> None:
    """Client-only tags MUST be relayed on PRIVMSG, NOTICE and TAGMSG messages.

    https://ircv3.net/specs/extensions/message-tags#client-only-tags
    """
    ann, ben = connect("ann", caps="message-tags"), connect("ben", caps="message-tags")
    join(room, ann, ben)
    for command in (f"PRIVMSG {room} :x", f"NOTICE {ben.nick} :x", f"TAGMSG {room}"):
        ann.ask(f"@+example=a;+example.com/foo=b;+empty {command}")
        tags = dict(spoken(ben).tags)
        assert tags.pop("msgid")
        assert tags == {"+example": "a", "+example.com/foo": "b", "+empty": ""}


def test_other_tags_are_not_relayed(connect: Connect, room: str) -> None:
    """Tags without the client-only prefix MUST be removed by the server before being relayed
    with any message to another client.

    https://ircv3.net/specs/extensions/message-tags#security-considerations
    """
    ann, ben = connect("ann", caps="message-tags"), connect("ben", caps=TAGS)
    join(room, ann, ben)
    ann.ask(f"@unknown=1;time=2000-01-01T00:00:00.000Z;msgid=me;account=root;+ok PRIVMSG {room} :x")
    tags = spoken(ben).tags
    assert set(tags) == {"time", "msgid", "+ok"}
    assert not tags["time"].startswith("2000")
    assert tags["msgid"] != "me"


def test_without_the_capability_there_are_no_tags(connect: Connect, room: str) -> None:
    """Servers MUST NOT add a tag to a message if the client has not requested the capability
    which enables the tag.

    https://ircv3.net/specs/extensions/message-tags#capabilities
    """
    ann, ben = connect("ann", caps="message-tags"), connect("ben")
    join(room, ann, ben)
    ann.ask(f"@+typing=active PRIVMSG {room} :x")
    ben.send("PING end")
    assert not ben.read_line().startswith(b"@")


def test_tags_of_clients_without_the_capability(connect: Connect, room: str) -> None:
    """This capability [message-tags] enables the use of client-only tags and the TAGMSG command.

    https://ircv3.net/specs/extensions/message-tags#message-tags-capability
    """
    ann, ben = connect("ann"), connect("ben", caps="message-tags")
    join(room, ann, ben)
    assert ann.ask(f"@+example=a PRIVMSG {room} :x") == []
    assert set(spoken(ben).tags) == {"msgid"}
    assert codes(ann.ask(f"@+example=a TAGMSG {room}")) == ["421"]
    assert ben.drain() == []


def test_values_keep_their_meaning(connect: Connect) -> None:
    """A client-only tag +example with a value containing valid raw and escaped characters: raw
    value raw+:=,escaped; \\ [...] Client-only tags are tags normally sent by clients that servers
    MUST attach as-is.

    https://ircv3.net/specs/extensions/message-tags#escaping-values
    """
    client = connect(caps="message-tags")
    for value in ("raw+:=,escaped\\:\\s\\\\", "line\\r\\nbreak", "ünïcödé→"):
        client.send(f"@+example={value} PRIVMSG {client.nick} :x")
        line = client.read_line().decode()
        assert f";+example={value} :" in line


@pytest.mark.parametrize(("sent", "meant"), [("test\\", "test"), ("\\b", "b"), ("a\\", "a")])
def test_odd_escapes(connect: Connect, sent: str, meant: str) -> None:
    """If a lone \\ exists at the end of an escaped value, then there SHOULD be no output
    character. If a \\ exists with no valid escape character, then the invalid backslash SHOULD
    be dropped.

    https://ircv3.net/specs/extensions/message-tags#escaping-values
    """
    client = connect(caps="message-tags")
    seen = client.ask(f"@+example={sent} PRIVMSG {client.nick} :x")
    assert one(seen, "PRIVMSG").tags["+example"] == meant


def test_a_key_given_twice(connect: Connect) -> None:
    """Implementations receiving messages with more than one occurrence of a tag key name SHOULD
    disregard all but the final occurrence.

    https://ircv3.net/specs/extensions/message-tags#format
    """
    client = connect(caps="message-tags")
    seen = client.ask(f"@+a=1;+b=2;+a=3 PRIVMSG {client.nick} :x")
    assert one(seen, "PRIVMSG").tags["+a"] == "3"


def test_an_invalid_key_does_not_reject_the_message(connect: Connect) -> None:
    """Implementations MUST NOT perform any validation that would reject the message if an
    invalid tag key name is used.

    https://ircv3.net/specs/extensions/message-tags#format
    """
    client = connect(caps="message-tags")
    assert texts(client.ask(f"@+in_valid!=1;;=;+ok=2 PRIVMSG {client.nick} :x")) == ["x"]


def test_tag_data_of_the_greatest_size(connect: Connect) -> None:
    """Clients MUST NOT send messages with tag data exceeding 4094 bytes.

    https://ircv3.net/specs/extensions/message-tags#size-limit
    """
    client = connect(caps="message-tags server-time")
    value = "x" * (4094 - len("+a="))
    seen = client.ask(f"@+a={value} PRIVMSG {client.nick} :{'y' * 400}")
    assert one(seen, "PRIVMSG").tags["+a"] == value


def test_oversized_tag_data_is_rejected(connect: Connect) -> None:
    """Servers MUST reply with the ERR_INPUTTOOLONG (417) error numeric if a client sends a
    message with more tag data than the allowed limit. Servers MUST NOT truncate tags and MUST
    always reject lines that exceed this limit.

    https://ircv3.net/specs/extensions/message-tags#size-limit
    """
    client = connect(caps="message-tags")
    for size in (4095, 5000, 20_000):
        value = "x" * (size - len("+a="))
        assert codes(client.ask(f"@+a={value} PRIVMSG {client.nick} :x")) == ["417"]
        assert codes(client.ask(f"@+a={value} TAGMSG {client.nick}")) == ["417"]


def test_tagmsg_is_only_for_those_who_asked(connect: Connect, room: str) -> None:
    """Servers MUST NOT deliver TAGMSG to clients that haven't negotiated the message tags
    capability.

    https://ircv3.net/specs/extensions/message-tags#the-tagmsg-tag-only-message
    """
    ann, ben = connect("ann", caps="message-tags"), connect("ben", caps="message-tags")
    old, timed = connect("old"), connect("timed", caps="server-time")
    join(room, ann, ben, old, timed)
    assert ann.ask(f"@+example=a TAGMSG {room}") == []
    assert spoken(ben).params == [room]
    assert old.drain() == []
    assert timed.drain() == []
    assert ann.ask(f"@+example=a TAGMSG {old.nick}") == []
    assert old.drain() == []


def test_tagmsg_obeys_the_rooms_modes(connect: Connect, room: str) -> None:
    """This message MUST be delivered to targets in the same way as PRIVMSG and NOTICE messages.
    This means for example, honouring channel membership, modes, echo-message.

    https://ircv3.net/specs/extensions/message-tags#the-tagmsg-tag-only-message
    """
    ann = connect("ann", caps="message-tags")
    ben = connect("ben", caps="message-tags echo-message")
    join(room, ann)
    assert codes(ben.ask(f"@+example=a TAGMSG {room}")) == ["404"]
    assert codes(ben.ask("@+example=a TAGMSG nobody_here")) == ["401"]
    join(room, ben)
    echo = one(ben.ask(f"@+example=a TAGMSG {room}"), "TAGMSG")
    assert echo.tags["+example"] == "a"
    ann.drain()
    ann.ask(f"MODE {room} +m")
    ben.drain()
    assert codes(ben.ask(f"@+example=a TAGMSG {room}")) == ["404"]


@pytest.mark.parametrize("state", ["active", "paused", "done"])
def test_typing(connect: Connect, room: str, state: str) -> None:
    """A typing notification is represented by a TAGMSG command sent with a typing tag using the
    client-only prefix + and possible values of active, paused, and done.

    https://ircv3.net/specs/client-tags/typing#format
    """
    ann, ben = connect("ann", caps="message-tags"), connect("ben", caps="message-tags")
    join(room, ann, ben)
    for target in (room, ben.nick):
        ann.ask(f"@+typing={state} TAGMSG {target}")
        seen = spoken(ben)
        assert seen.command == "TAGMSG"
        assert seen.source.startswith(f"{ann.nick}!")
        assert seen.params == [target]
        assert seen.tags["+typing"] == state


def test_reply_and_react(connect: Connect, room: str) -> None:
    """Additionally, this tag MUST be used in conjunction with the +draft/reply client tag.

    https://ircv3.net/specs/client-tags/react
    """
    ann, ben = connect("ann", caps="message-tags"), connect("ben", caps="message-tags")
    join(room, ann, ben)
    ben.ask(f"PRIVMSG {room} :a joke")
    id = spoken(ann).tags["msgid"]
    ann.ask(f"@+draft/reply={id};+draft/react=😂 TAGMSG {room}")
    tags = spoken(ben).tags
    assert tags["+draft/reply"] == id
    assert tags["+draft/react"] == "😂"


# server-time


def test_time_has_its_form(connect: Connect, room: str) -> None:
    """The value of the tag MUST have the following syntax: YYYY-MM-DDThh:mm:ss.sssZ

    https://ircv3.net/specs/extensions/server-time
    """
    ann, ben = connect("ann"), connect("ben", caps="server-time")
    join(room, ben, ann)
    ann.ask(f"PRIVMSG {room} :x", f"NOTICE {ben.nick} :x", f"PART {room}")
    seen = ben.drain()
    assert codes(seen) == ["PRIVMSG", "NOTICE", "PART"]
    for message in seen:
        assert list(message.tags) == ["time"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", message.tags["time"])


def test_time_is_the_same_for_all(connect: Connect, room: str) -> None:
    """Servers offering this capability for all messages SHOULD also offer the echo-message
    capability to allow clients to keep a consistent chronology of events.

    https://ircv3.net/specs/extensions/server-time
    """
    ann = connect("ann", caps="server-time echo-message")
    ben, cat = connect("ben", caps=TAGS), connect("cat", caps=TAGS)
    join(room, ann, ben, cat)
    echo = one(ann.ask(f"PRIVMSG {room} :x"), "PRIVMSG")
    assert {echo.tags["time"]} == {spoken(member).tags["time"] for member in (ben, cat)}


def test_time_never_runs_backwards(connect: Connect, room: str) -> None:
    """It represents a calendar date and time of day in UTC [at which the message occurred].

    https://ircv3.net/specs/extensions/server-time
    """
    ann, ben = connect("ann"), connect("ben", caps="server-time")
    join(room, ann, ben)
    for _ in range(5):
        ann.ask(*(f"PRIVMSG {room} :{number}" for number in range(10)))
    times = [message.tags["time"] for message in ben.drain()]
    assert len(times) == 50
    assert times == sorted(times)


# msgid


def test_ids_are_unique_and_the_same_for_all(connect: Connect, room: str) -> None:
    """The tag value is chosen by the originating server and MUST be unique, meaning any other
    message transmitted on the entire network at any time MUST NOT share the same value.

    https://ircv3.net/specs/extensions/message-ids
    """
    caps = "message-tags echo-message"
    ann, ben, cat = (connect(name, caps=caps) for name in ("ann", "ben", "cat"))
    join(room, ann, ben, cat)
    clients = (ann, ben, cat)
    for client in clients:
        client.send(*(f"PRIVMSG {room} :{client.nick} {number}" for number in range(20)))
    ann.send(f"PRIVMSG {ben.nick},{cat.nick} :x", f"NOTICE {room} :y", f"@+z TAGMSG {room}")
    answers = [client.drain() for client in clients]  # by now all of it is sent
    what: dict[str, tuple[str, ...]] = {}  # by id
    for client, answer in zip(clients, answers, strict=True):
        ids = [message.tags["msgid"] for message in answer + client.drain()]
        assert len(set(ids)) == len(ids) == (64 if client is ann else 63)
    for message in [message for answer in answers for message in answer]:
        content = (message.command, message.source, *message.params)
        assert what.setdefault(message.tags["msgid"], content) == content


def test_ids_have_a_safe_form(connect: Connect) -> None:
    """The tag value MUST be treated as a case sensitive opaque identifier. [So it must fit
    unescaped into a tag, and as msgid=... into a command.]

    https://ircv3.net/specs/extensions/message-ids#tag-value
    """
    client = connect(caps="message-tags")
    seen = client.ask(f"PRIVMSG {client.nick} :x")
    assert re.fullmatch(r"[A-Za-z0-9_-]+", one(seen, "PRIVMSG").tags["msgid"])
