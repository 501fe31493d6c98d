"""CHATHISTORY (https://ircv3.net/specs/extensions/chathistory)."""

import re

import pytest

from core.wire.message import Message
from tests.conformance.setting import HISTORY, Connect, join
from tests.fakes.irc import ALL_CAPS, Client, codes, one, only, texts

PAST = "timestamp=2001-02-03T04:05:06.007Z"
FUTURE = "timestamp=2999-12-31T23:59:59.999Z"


def history(client: Client, command: str) -> list[Message]:
    """The messages in the batch that answers a command; the batch itself is checked."""
    start, *inner, end = client.ask(f"CHATHISTORY {command}")
    assert start.command == end.command == "BATCH"
    assert start.params[1] == "chathistory"
    reference = start.params[0].removeprefix("+")
    assert end.params == ["-" + reference]
    assert all(message.tags["batch"] == reference for message in inner)
    assert set(codes(inner)) <= {"PRIVMSG", "NOTICE"}
    return inner


def numbered(client: Client, room: str, count: int) -> list[Message]:
    """Say 1 to `count` in a room; the echoes."""
    answer = client.ask(*(f"PRIVMSG {room} :{number}" for number in range(1, count + 1)))
    echoes = only(answer, "PRIVMSG")
    assert len(echoes) == count
    return echoes


def numbers(messages: list[Message]) -> list[int]:
    """What the messages say."""
    return [int(text) for text in texts(messages)]


def test_messages_come_back_as_they_were(connect_full: Connect, room: str) -> None:
    """The server-time tag on each message SHOULD be the time at which the message was received
    by the IRC server. The msgid tag that identifies each individual message in a response MUST
    be the msgid tag as originally sent by the IRC server.

    https://ircv3.net/specs/extensions/chathistory#returned-message-notes
    """
    ann, ben = connect_full("ann"), connect_full("ben")
    join(room, ann, ben)
    ann.ask(f"@+example=a PRIVMSG {room} :hello", f"NOTICE {room} :\x01ACTION waves\x01")
    live = ben.drain()
    replayed = history(ben, f"LATEST {room} * 10")
    for message, again in zip(live, replayed, strict=True):
        tags = {key: value for key, value in again.tags.items() if key != "batch"}
        assert tags == message.tags
        assert (again.command, again.source, list(again.params)) == (
            message.command,
            message.source,
            list(message.params),
        )


def test_latest(connect_full: Connect, room: str) -> None:
    """Request up to limit number of the most recent messages that have been sent. If a timestamp
    or msgid is given, the returned messages are restricted to those sent after and excluding
    that timestamp or msgid; if a * is given, no such restriction applies.

    https://ircv3.net/specs/extensions/chathistory#latest
    """
    client = connect_full()
    join(room, client)
    said = numbered(client, room, 10)
    assert numbers(history(client, f"LATEST {room} * 3")) == [8, 9, 10]
    assert numbers(history(client, f"LATEST {room} * 15")) == list(range(1, 11))
    id = said[5].tags["msgid"]
    assert numbers(history(client, f"LATEST {room} msgid={id} 15")) == [7, 8, 9, 10]
    assert numbers(history(client, f"LATEST {room} msgid={id} 2")) == [9, 10]
    assert numbers(history(client, f"LATEST {room} {PAST} 2")) == [9, 10]
    assert history(client, f"LATEST {room} {FUTURE} 2") == []


def test_before(connect_full: Connect, room: str) -> None:
    """Request up to limit number of messages before and excluding the given timestamp or msgid.

    https://ircv3.net/specs/extensions/chathistory#before
    """
    client = connect_full()
    join(room, client)
    said = numbered(client, room, 10)
    id = said[5].tags["msgid"]
    assert numbers(history(client, f"BEFORE {room} msgid={id} 3")) == [3, 4, 5]
    assert numbers(history(client, f"BEFORE {room} msgid={id} 15")) == [1, 2, 3, 4, 5]
    assert numbers(history(client, f"BEFORE {room} {FUTURE} 2")) == [9, 10]
    assert history(client, f"BEFORE {room} {PAST} 2") == []
    assert history(client, f"BEFORE {room} msgid={said[0].tags['msgid']} 2") == []


def test_after(connect_full: Connect, room: str) -> None:
    """Request up to limit number of messages after and excluding the given timestamp or msgid.

    https://ircv3.net/specs/extensions/chathistory#after
    """
    client = connect_full()
    join(room, client)
    said = numbered(client, room, 10)
    id = said[5].tags["msgid"]
    assert numbers(history(client, f"AFTER {room} msgid={id} 3")) == [7, 8, 9]
    assert numbers(history(client, f"AFTER {room} msgid={id} 15")) == [7, 8, 9, 10]
    assert numbers(history(client, f"AFTER {room} {PAST} 2")) == [1, 2]
    assert history(client, f"AFTER {room} {FUTURE} 2") == []
    assert history(client, f"AFTER {room} msgid={said[9].tags['msgid']} 2") == []


def test_around(connect_full: Connect, room: str) -> None:
    """Request a number of messages before and after the timestamp or msgid with the total number
    of returned messages not exceeding limit.

    https://ircv3.net/specs/extensions/chathistory#around
    """
    client = connect_full()
    join(room, client)
    said = numbered(client, room, 10)
    id = said[6].tags["msgid"]
    assert numbers(history(client, f"AROUND {room} msgid={id} 1")) == [7]
    assert numbers(history(client, f"AROUND {room} msgid={id} 3")) == [6, 7, 8]
    assert numbers(history(client, f"AROUND {room} msgid={id} 20")) == list(range(1, 11))
    assert numbers(history(client, f"AROUND {room} {PAST} 3")) == [1, 2, 3]
    assert numbers(history(client, f"AROUND {room} {FUTURE} 3")) == [8, 9, 10]


def test_between(connect_full: Connect, room: str) -> None:
    """With respect to the limit, the returned messages MUST be counted starting from and excluding
    the first message selector, while finishing on and excluding the second. This may be forwards
    or backwards in time.

    https://ircv3.net/specs/extensions/chathistory#between
    """
    client = connect_full()
    join(room, client)
    said = numbered(client, room, 10)
    low, high = (f"msgid={said[index].tags['msgid']}" for index in (1, 8))
    assert numbers(history(client, f"BETWEEN {room} {low} {high} 20")) == list(range(3, 9))
    assert numbers(history(client, f"BETWEEN {room} {high} {low} 20")) == list(range(3, 9))
    assert numbers(history(client, f"BETWEEN {room} {low} {high} 2")) == [3, 4]
    assert numbers(history(client, f"BETWEEN {room} {high} {low} 2")) == [7, 8]
    assert numbers(history(client, f"BETWEEN {room} {PAST} {low} 20")) == [1]
    assert numbers(history(client, f"BETWEEN {room} {FUTURE} {high} 20")) == [10]
    assert history(client, f"BETWEEN {room} {low} {low} 20") == []


def targets(client: Client, first: str, second: str, limit: int = 20) -> list[tuple[str, str]]:
    """(name, time) of what TARGETS lists; the batch itself is checked."""
    start, *inner, end = client.ask(f"CHATHISTORY TARGETS {first} {second} {limit}")
    assert start.params[1:] == ["draft/chathistory-targets"]
    assert end.params == ["-" + start.params[0][1:]]
    assert {message.command for message in inner} <= {"CHATHISTORY"}
    assert all(message.params[0] == "TARGETS" for message in inner)
    return [(message.params[1], message.params[2]) for message in inner]


def test_targets(connect_full: Connect, room: str) -> None:
    """It lists channels the user has visible history in, together with users with which the user
    has exchanged direct messages, ordered by the time of the latest message in the channel history
    or direct message conversation (i.e. sent from or to the other user).

    https://ircv3.net/specs/extensions/chathistory#targets
    """
    ann, ben, cat = connect_full("ann"), connect_full("ben"), connect_full("cat")
    join(room, ann, ben)
    times = [
        sender.ask(f"PRIVMSG {target} :hi")[-1].tags["time"]
        for sender, target in ((ben, room), (ann, ben.nick), (cat, ann.nick))
    ]
    ann.drain()
    every = list(zip((room, ben.nick, cat.nick), times, strict=True))
    found = targets(ann, PAST, FUTURE)
    assert sorted(found) == sorted(every)
    assert [time for _, time in found] == sorted(times)
    assert targets(ann, FUTURE, PAST) == found
    assert [name for name, _ in targets(cat, PAST, FUTURE)] == [ann.nick]
    assert targets(ann, PAST, f"timestamp={times[0]}") == []


def test_targets_are_counted_from_the_first_time(connect_full: Connect) -> None:
    """The parameters have the same semantics as BETWEEN, except that they MUST be timestamps and
    not msgids.

    https://ircv3.net/specs/extensions/chathistory#targets
    """
    ann, *others = [connect_full(name) for name in ("ann", "ben", "cat", "dan")]
    for other in others:
        other.ask(f"PRIVMSG {ann.nick} :hi")
    ann.drain()
    found = targets(ann, PAST, FUTURE)
    assert len(found) == 3
    assert targets(ann, PAST, FUTURE, 1) == found[:1]
    assert targets(ann, FUTURE, PAST, 1) == found[-1:]
    refused = ann.ask(f"CHATHISTORY TARGETS msgid=1 {FUTURE} 5")
    assert refused[0].params[:3] == ["CHATHISTORY", "INVALID_PARAMS", "TARGETS"]


def test_only_the_latest_message_counts_for_targets(connect_full: Connect, room: str) -> None:
    """[...] where the timestamp is the time of the latest message in the channel history or direct
    message conversation.

    https://ircv3.net/specs/extensions/chathistory#targets
    """
    client = connect_full()
    join(room, client)
    said = numbered(client, room, 1) + numbered(client, room, 1)
    assert targets(client, PAST, FUTURE) == [(room, said[1].tags["time"])]
    if said[0].tags["time"] != said[1].tags["time"]:
        assert targets(client, PAST, f"timestamp={said[1].tags['time']}") == []


def test_what_a_guest_wrote_before_it_left(connect_full: Connect) -> None:
    """This enables clients to request messages that were previously sent if they are still
    available on the server.

    https://ircv3.net/specs/extensions/chathistory#introduction
    """
    ann, ben = connect_full("ann"), connect_full("ben")
    ben.ask(f"PRIVMSG {ann.nick} :1")
    ben.send("QUIT")
    ben.until_closed()
    ann.drain()
    assert numbers(history(ann, f"LATEST {ben.nick} * 10")) == [1]
    assert [name for name, _ in targets(ann, PAST, FUTURE)] == [ben.nick]


def test_messages_of_several_lines(connect: Connect, room: str) -> None:
    """When delivering multiline batches to clients that have not negotiated the multiline
    capability, servers MUST deliver the component messages without using a multiline BATCH.

    https://ircv3.net/specs/extensions/multiline#fallback
    """
    ann = connect("ann", caps=f"{ALL_CAPS} draft/multiline")
    ben = connect("ben", caps=ALL_CAPS)
    join(room, ann, ben)
    ann.ask(
        f"BATCH +1 draft/multiline {room}",
        f"@batch=1 PRIVMSG {room} :one",
        f"@batch=1 PRIVMSG {room} :two",
        "BATCH -1",
    )
    live = ben.drain()
    again = history(ben, f"LATEST {room} * 5")
    assert texts(live) == texts(again) == ["one", "two"]
    assert [m.tags.get("msgid") for m in live] == [m.tags.get("msgid") for m in again]
    start, inner, *pieces, inner_end, end = ann.ask(f"CHATHISTORY LATEST {room} * 5")
    assert inner.params[1:] == ["draft/multiline", room]
    assert inner.tags["batch"] == inner_end.tags["batch"] == start.params[0][1:]
    assert inner.tags["msgid"] == live[0].tags["msgid"]
    assert {piece.tags["batch"] for piece in pieces} == {inner.params[0][1:]}
    assert texts(pieces) == ["one", "two"]
    assert end.params == ["-" + start.params[0][1:]]


def test_timestamps_exclude_their_own_moment(connect_full: Connect, room: str) -> None:
    """[...] before and excluding the given timestamp; after and excluding the given timestamp.

    https://ircv3.net/specs/extensions/chathistory#before
    """
    client = connect_full()
    join(room, client)
    said = [numbered(client, room, 2) for _ in range(5)]
    said_flat = [message for part in said for message in part]
    moment = said[2][0].tags["time"]
    earlier = [m.tags["msgid"] for m in said_flat if m.tags["time"] < moment]
    later = [m.tags["msgid"] for m in said_flat if m.tags["time"] > moment]
    for command, expected in (("BEFORE", earlier), ("AFTER", later), ("LATEST", later)):
        got = history(client, f"{command} {room} timestamp={moment} 20")
        assert [message.tags["msgid"] for message in got] == expected


def test_paging_back_and_forth(connect_full: Connect, room: str) -> None:
    """Servers SHOULD provide clients with a consistent message order [...] which determinately
    orders any two messages (even if they share a timestamp); this will allow BEFORE, AFTER, and
    BETWEEN queries that use msgids for pagination to function as expected.

    https://ircv3.net/specs/extensions/chathistory#returned-message-notes
    """
    client = connect_full()
    join(room, client)
    said = [message.tags["msgid"] for message in numbered(client, room, 50)]
    found = [m.tags["msgid"] for m in history(client, f"LATEST {room} * 7")]
    while page := history(client, f"BEFORE {room} msgid={found[0]} 7"):
        found = [m.tags["msgid"] for m in page] + found
    assert found == said
    found = found[:1]
    while page := history(client, f"AFTER {room} msgid={found[-1]} 7"):
        found += [m.tags["msgid"] for m in page]
    assert found == said


def test_the_limit_is_the_advertised_one(connect_full: Connect, room: str) -> None:
    """CHATHISTORY MUST be sent to the client to state the maximum number of messages a client
    can request in a single command.

    https://ircv3.net/specs/extensions/chathistory#isupport-tokens
    """
    client = connect_full()
    join(room, client)
    numbered(client, room, HISTORY + 5)
    assert len(history(client, f"LATEST {room} * {HISTORY}")) == HISTORY
    assert len(history(client, f"LATEST {room} * 1000")) == HISTORY


def test_an_empty_history(connect_full: Connect, room: str) -> None:
    """If no content exists to return, the server SHOULD return an empty batch in order to avoid
    the client waiting for a reply.

    https://ircv3.net/specs/extensions/chathistory#chathistory-command
    """
    ann, ben = connect_full("ann"), connect_full("ben")
    join(room, ann)
    for command in (f"LATEST {room} * 5", f"AFTER {room} {PAST} 5", f"LATEST {ben.nick} * 5"):
        assert history(ann, command) == []


def test_the_batch_names_the_canonical_target(connect_full: Connect, room: str) -> None:
    """The batch MUST have type chathistory and take a single additional parameter, the canonical
    name of the target being queried.

    https://ircv3.net/specs/extensions/chathistory#chathistory-command
    """
    ann, ben = connect_full("ann"), connect_full("ben")
    join(room, ann)
    start = ann.ask(f"CHATHISTORY LATEST {room.upper()} * 5")[0]
    assert start.params[2:] == [room]
    start = ann.ask(f"CHATHISTORY LATEST {ben.nick} * 5")[0]
    assert start.params[2:] == [ben.nick]


def test_only_messages_are_replayed(connect_full: Connect, room: str) -> None:
    """If the client has not negotiated the draft/event-playback capability, the server MUST NOT
    send any lines other than PRIVMSG and NOTICE in the reply batch.

    https://ircv3.net/specs/extensions/chathistory#chathistory-command
    """
    ann, ben = connect_full("ann"), connect_full("ben")
    join(room, ann, ben)
    ann.ask(f"PRIVMSG {room} :1", f"TOPIC {room} :x", f"@+typing=active TAGMSG {room}")
    ben.ask(f"PART {room}", f"JOIN {room}")
    ann.ask(f"PRIVMSG {room} :2")
    assert numbers(history(ann, f"LATEST {room} * 10")) == [1, 2]


def test_what_was_refused_is_not_kept(connect_full: Connect, room: str) -> None:
    """[...] messages that were previously sent, if they are still available on the server.

    https://ircv3.net/specs/extensions/chathistory#introduction
    """
    ann, ben = connect_full("ann"), connect_full("ben")
    join(room, ann)
    ben.ask(f"PRIVMSG {room} :1")
    ann.ask(f"PRIVMSG {room} :2")
    assert numbers(history(ann, f"LATEST {room} * 10")) == [2]


def test_private_conversations(connect_full: Connect) -> None:
    """If a nickname is given as the target then the server SHOULD include history sent between
    the current user and the target nickname, including outgoing messages ("self messages").

    https://ircv3.net/specs/extensions/chathistory#chathistory-command
    """
    ann, ben, cat = connect_full("ann"), connect_full("ben"), connect_full("cat")
    ann.ask(f"PRIVMSG {ben.nick} :1")
    ben.ask(f"PRIVMSG {ann.nick} :2")
    cat.ask(f"PRIVMSG {ann.nick} :99")
    ann.ask(f"NOTICE {ben.nick} :3")
    ben.drain()
    seen = [history(ann, f"LATEST {ben.nick} * 10"), history(ben, f"LATEST {ann.nick} * 10")]
    assert seen[0][0].source.startswith(f"{ann.nick}!")
    assert seen[0][0].params[0] == ben.nick
    for messages in seen:
        assert [message.params[1] for message in messages] == ["1", "2", "3"]
    ids = [[message.tags["msgid"] for message in messages] for messages in seen]
    assert ids[0] == ids[1]


def test_a_conversation_with_oneself(connect_full: Connect) -> None:
    """The target parameter specifies a single buffer (channel or nickname) from which history is
    to be retrieved.

    https://ircv3.net/specs/extensions/chathistory#chathistory-command
    """
    client = connect_full()
    client.ask(f"PRIVMSG {client.nick} :1")
    assert numbers(history(client, f"LATEST {client.nick} * 10")) == [1]


def test_a_nick_that_changes_hands(connect_full: Connect) -> None:
    """Secure identification of users and clients MUST exist in order to ensure that users cannot
    obtain history they are not authorized to view.

    https://ircv3.net/specs/extensions/chathistory#security-considerations
    """
    ann, ben, eve = connect_full("ann"), connect_full("ben"), connect_full("eve")
    ann.ask(f"PRIVMSG {ben.nick} :1")
    ben.ask(f"NICK {ben.nick}x")
    assert numbers(history(ann, f"LATEST {ben.nick}x * 10")) == [1]
    eve.ask(f"NICK {ben.nick}")
    assert history(eve, f"LATEST {ann.nick} * 10") == []
    assert history(ann, f"LATEST {ben.nick} * 10") == []


@pytest.mark.parametrize("who", ["a stranger", "one who left", "nobody's room", "nobody"])
def test_no_permission(connect_full: Connect, room: str, who: str) -> None:
    """If the target does not exist or the client does not have permissions to query it, the
    INVALID_TARGET error code SHOULD be returned: FAIL CHATHISTORY INVALID_TARGET
    the_given_command the_given_target :Messages could not be retrieved

    https://ircv3.net/specs/extensions/chathistory#errors-and-warnings
    """
    ann, ben = connect_full("ann"), connect_full("ben")
    join(room, ann)
    ann.ask(f"PRIVMSG {room} :1")
    if who == "one who left":
        join(room, ben)
        ben.ask(f"PART {room}")
    target = {"nobody's room": room + "x", "nobody": "nobody_here"}.get(who, room)
    seen = ben.ask(f"CHATHISTORY LATEST {target} * 5")
    assert codes(seen) == ["FAIL"]
    assert seen[0].params[:4] == ["CHATHISTORY", "INVALID_TARGET", "LATEST", target]
    assert len(seen[0].params) == 5


@pytest.mark.parametrize(
    "words",
    [
        "",
        "NEVER {room} * 5",
        "LATEST",
        "LATEST {room}",
        "LATEST {room} *",
        "LATEST {room} * 5 6",
        "LATEST {room} * many",
        "LATEST {room} * -5",
        "BEFORE {room} * 5",
        "AFTER {room} * 5",
        "BEFORE {room} timestamp=yesterday 5",
        "BEFORE {room} timestamp=2020-01-01 5",
        "BEFORE {room} nonsense 5",
        "BEFORE {room} msgid= 5",
    ],
)
def test_bad_commands(connect_full: Connect, room: str, words: str) -> None:
    """If the server receives a syntactically invalid CHATHISTORY command, e.g., an unknown
    subcommand, missing parameters, excess parameters, or parameters that cannot be parsed, the
    INVALID_PARAMS error code SHOULD be returned. If an existing error numeric such as
    ERR_NEEDMOREPARAMS is appropriate, it MAY be used instead.

    https://ircv3.net/specs/extensions/chathistory#errors-and-warnings
    """
    client = connect_full()
    join(room, client)
    seen = client.ask(f"CHATHISTORY {words.format(room=room)}")
    assert codes(seen) in (["FAIL"], ["461"])
    if seen[0].command == "FAIL":
        assert seen[0].params[:2] == ["CHATHISTORY", "INVALID_PARAMS"]


def test_without_batch(connect: Connect, room: str) -> None:
    """Servers SHOULD NOT enforce that clients support all related capabilities before using the
    chathistory extension. [...] If the batch capability was negotiated, the server MUST reply
    [...] using a batch.

    https://ircv3.net/specs/extensions/chathistory#implementation
    """
    client = connect(caps="draft/chathistory")
    join(room, client)
    client.ask(f"PRIVMSG {room} :1", f"PRIVMSG {room} :2")
    client.send(f"CHATHISTORY LATEST {room} * 5", "PING end")
    lines = [client.read_line() for _ in range(3)]
    assert [line.startswith(b"@") for line in lines] == [False, False, False]
    assert [re.split(rb"[ :]", line.strip())[-1] for line in lines] == [b"1", b"2", b"end"]


def test_commands_behind_a_request_wait_for_it(connect_full: Connect, room: str) -> None:
    """No specification says so, but it is what lets answers be told apart without labels: they
    come in the order of the commands.

    https://ircv3.net/specs/extensions/chathistory#chathistory-command
    """
    client = connect_full()
    join(room, client)
    numbered(client, room, 5)
    client.send(
        f"CHATHISTORY LATEST {room} * 2",
        f"PRIVMSG {room} :6",
        f"CHATHISTORY LATEST {room} * 2",
        f"CHATHISTORY LATEST {room}x * 2",
        "TIME",
    )
    seen = client.drain()
    batch = ["BATCH", "PRIVMSG", "PRIVMSG", "BATCH"]
    assert codes(seen) == [*batch, "PRIVMSG", *batch, "FAIL", "391"]
    assert numbers(seen) == [4, 5, 6, 5, 6]


def test_an_unknown_type_of_reference(connect_full: Connect, room: str) -> None:
    """If a client used a reference type (timestamp= or msgid=) the server does not support, the
    INVALID_MSGREFTYPE error code SHOULD be returned: FAIL CHATHISTORY INVALID_MSGREFTYPE
    the_given_command the_given_target [extra_context]

    https://ircv3.net/specs/extensions/chathistory#errors-and-warnings
    """
    ann = connect_full("ann")
    join(room, ann)
    told = one(ann.ask(f"CHATHISTORY BEFORE {room} sequence=7 5"), "FAIL")
    assert told.params[:4] == ["CHATHISTORY", "INVALID_MSGREFTYPE", "BEFORE", room]


def test_history_outlives_its_room(connect_full: Connect, room: str) -> None:
    """This enables clients to request messages that were previously sent if they are still
    available on the server.

    https://ircv3.net/specs/extensions/chathistory#introduction
    """
    ann, ben = connect_full("ann"), connect_full("ben")
    join(room, ann)
    numbered(ann, room, 2)
    ann.ask(f"PART {room}")
    join(room, ben)
    assert numbers(history(ben, f"LATEST {room} * 5")) == [1, 2]


def test_the_capability_is_offered(raw: Client) -> None:
    """Implementations SHOULD use the draft/chathistory [...] CAP names to be interoperable with
    other software implementing a compatible work-in-progress version.

    https://ircv3.net/specs/extensions/chathistory#notes-for-implementing-work-in-progress-version
    """
    assert one(raw.ask(f"CAP REQ :{ALL_CAPS}"), "CAP").params[1] == "ACK"
