"""draft/search (https://github.com/ircv3/ircv3-specifications/pull/496) and soju.im/search."""

import pytest

from core.wire.message import Message
from tests.conformance.setting import HISTORY, Connect, join
from tests.fakes.irc import ALL_CAPS, Client, codes, texts

CAPS = f"{ALL_CAPS} draft/search"


def found(client: Client, attributes: str, batch: str = "search") -> list[Message]:
    """The messages in the batch that answers a search; the batch itself is checked."""
    start, *inner, end = client.ask(f"SEARCH {attributes}")
    assert start.params[1:] == [batch]
    assert end.params == ["-" + start.params[0][1:]]
    assert all(message.tags["batch"] == start.params[0][1:] for message in inner)
    return inner


def test_messages_come_back_as_they_were(connect: Connect, room: str) -> None:
    """The server-time tag on each message SHOULD be the time at which the message was received by
    the IRC server. When provided, the msgid tag that identifies each individual message in a
    response MUST be the msgid tag as originally sent by the IRC server.

    https://github.com/ircv3/ircv3-specifications/pull/496
    """
    ann, ben = connect("ann", caps=CAPS), connect("ben", caps=CAPS)
    join(room, ann, ben)
    ann.ask(f"@+a=b PRIVMSG {room} :That was fast!", f"NOTICE {room} :Fasting is hard.")
    live = ben.drain()
    for message, again in zip(live, found(ben, f"text=fast;in={room}"), strict=True):
        tags = {key: value for key, value in again.tags.items() if key != "batch"}
        assert tags == message.tags
        assert (again.command, again.source) == (message.command, message.source)
        assert list(again.params) == list(message.params)


def test_attributes(connect: Connect, room: str) -> None:
    """The following match attributes are considered a match when: in: the message was sent to this
    target (channel or user); from: the message was sent with this nick; after: the message was
    sent at or after this time; before: the message was sent at or before this time; text: the
    message text matches the specified text.

    https://github.com/ircv3/ircv3-specifications/pull/496
    """
    ann, ben = connect("ann", caps=CAPS), connect("ben", caps=CAPS)
    join(room, ann, ben)
    echoes = [
        client.ask(f"PRIVMSG {target} :{text}")[0]
        for client, target, text in (
            (ann, room, "one red"),
            (ben, room, "two blue"),
            (ben, ann.nick, "three red"),
        )
    ]
    ann.drain()
    first, second, third = (message.tags["time"] for message in echoes)
    assert texts(found(ann, "text=red")) == ["one red", "three red"]
    assert texts(found(ann, f"in={room}")) == ["one red", "two blue"]
    assert texts(found(ann, f"in={ben.nick}")) == ["three red"]
    assert texts(found(ann, f"from={ben.nick};in={room}")) == ["two blue"]
    assert texts(found(ann, f"after={third};in={ben.nick}")) == ["three red"]
    assert "two blue" in texts(found(ann, f"after={second};in={room}"))
    assert "one red" in texts(found(ann, f"before={first};in={room}"))
    assert found(ann, "before=2010-01-01T00:00:00.000Z") == []


def test_limit_and_direction(connect: Connect, room: str) -> None:
    """limit: a number representing an upper bound on the count of messages to return. If after is
    specified, messages SHOULD be searched from that time. Otherwise, messages SHOULD be searched
    from the before time, which defaults to the current server time.

    https://github.com/ircv3/ircv3-specifications/pull/496
    """
    client = connect(caps=CAPS)
    join(room, client)
    client.ask(*(f"PRIVMSG {room} :word {number}" for number in range(HISTORY + 5)))
    assert texts(found(client, f"in={room};limit=2")) == ["word 23", "word 24"]
    after = "after=2010-01-01T00:00:00.000Z"
    assert texts(found(client, f"in={room};limit=2;{after}")) == ["word 0", "word 1"]
    assert len(found(client, f"text=word;in={room};limit=999")) == HISTORY


def test_what_was_just_said(connect: Connect, room: str) -> None:
    """The server then replies with a batch containing messages matching all the specified match
    attributes.

    https://github.com/ircv3/ircv3-specifications/pull/496
    """
    ann, ben = connect("ann", caps=CAPS), connect("ben", caps=CAPS)
    join(room, ann, ben)
    for number in range(30):
        ann.ask(f"PRIVMSG {room} :unique{number}")
        ben.drain()
        assert texts(found(ben, f"text=unique{number};in={room}")) == [f"unique{number}"]


def test_only_what_one_may_read(connect: Connect, room: str) -> None:
    """Not in the text, but what the whole of it rests on: nobody finds what is not for it.

    https://github.com/ircv3/ircv3-specifications/pull/496
    """
    ann, ben, eve = (connect(name, caps=CAPS) for name in ("ann", "ben", "eve"))
    join(room, ann, ben)
    ann.ask(f"PRIVMSG {room} :hiddenword", f"PRIVMSG {ben.nick} :hiddenword")
    assert found(eve, "text=hiddenword") == []
    assert codes(eve.ask(f"SEARCH in={room}")) == ["FAIL"]
    ben.drain()
    ben.ask(f"PART {room}")
    assert [m.params[0] for m in found(ben, "text=hiddenword")] == [ben.nick]


@pytest.mark.parametrize("text", ['"', "a*b\\sNEAR", "text:x", "-x", "(x", "AND\\sOR", "x'y"])
def test_the_text_is_only_text(connect: Connect, room: str, text: str) -> None:
    """The actual algorithm used for matching the text is implementation defined.

    https://github.com/ircv3/ircv3-specifications/pull/496
    """
    client = connect(caps=CAPS)
    join(room, client)
    assert codes(client.ask(f"SEARCH text={text};in={room}")) in (["BATCH", "BATCH"], ["FAIL"])


@pytest.mark.parametrize("attributes", ["", "limit=x", "after=now", "before=1", "text=", "new=x"])
def test_invalid_attributes(connect: Connect, attributes: str) -> None:
    """If the selectors were invalid, the INVALID_PARAMS error code SHOULD be returned: FAIL SEARCH
    INVALID_PARAMS [invalid_parameters] :Invalid parameters

    https://github.com/ircv3/ircv3-specifications/pull/496
    """
    (answer,) = connect(caps=CAPS).ask(f"SEARCH {attributes}")
    assert (answer.command, list(answer.params)[:2]) == ("FAIL", ["SEARCH", "INVALID_PARAMS"])


def test_the_older_name(connect: Connect, room: str) -> None:
    """The search extension uses the soju.im/search capability and introduces a new command,
    SEARCH, and batch type, soju.im/search.

    https://codeberg.org/emersion/soju/src/branch/master/doc/ext/search.md
    """
    client = connect(caps=f"{ALL_CAPS} soju.im/search")
    join(room, client)
    client.ask(f"PRIVMSG {room} :Be what you want")
    assert texts(found(client, f"text=want;in={room}", "soju.im/search")) == ["Be what you want"]
