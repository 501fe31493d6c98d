"""draft/read-marker (https://ircv3.net/specs/extensions/read-marker)."""

import pytest

from tests.conformance.setting import NAME, Connect, join
from tests.fakes.irc import Client, codes, one, only

CAPS = "draft/read-marker"
THEN = "timestamp=2019-01-04T14:33:26.123Z"
LATER = "timestamp=2020-02-04T14:33:26.123Z"


def test_set_and_get(connect: Connect, room: str) -> None:
    """The server MUST reply to a successful MARKREAD client set command using a MARKREAD server
    command. The server MUST reply to a successful MARKREAD get command using a MARKREAD server
    command.

    https://ircv3.net/specs/extensions/read-marker#markread-client-set-command
    """
    client = connect(caps=CAPS)
    join(room, client)
    for line in (f"MARKREAD {room} {THEN}", f"MARKREAD {room}"):
        answer = one(client.ask(line), "MARKREAD")
        assert (answer.source, list(answer.params)) == (NAME, [room, THEN])


def test_nothing_is_known_yet(connect: Connect, room: str) -> None:
    """If there is no known last message read timestamp, the timestamp parameter is a literal *.

    https://ircv3.net/specs/extensions/read-marker#markread-server-command
    """
    client, other = connect(caps=CAPS), connect()
    for target in (room, other.nick, "nobody"):
        assert list(one(client.ask(f"MARKREAD {target}"), "MARKREAD").params) == [target, "*"]


def test_it_only_increases(connect: Connect, room: str) -> None:
    """The last read timestamp of a target SHOULD only ever increase. If a client sends a MARKREAD
    command with a timestamp that is below or equal to the current known timestamp of the server,
    the server SHOULD reply with a MARKREAD command with the newer, previous value that was stored
    and ignore the client timestamp.

    https://ircv3.net/specs/extensions/read-marker#read-timestamp-notes
    """
    client = connect(caps=CAPS)
    join(room, client)
    client.ask(f"MARKREAD {room} {LATER}")
    for time in (THEN, LATER):
        answer = one(client.ask(f"MARKREAD {room} {time}"), "MARKREAD")
        assert list(answer.params) == [room, LATER]


def test_after_a_join(connect: Connect, room: str) -> None:
    """After the server sends a server JOIN command to the client for a corresponding channel, the
    server MUST send a MARKREAD command for that channel. The command MUST be sent before the
    RPL_ENDOFNAMES reply for that channel following the JOIN.

    https://ircv3.net/specs/extensions/read-marker#command-flows
    """
    client, other = connect(caps=CAPS), connect()
    seen = client.ask(f"JOIN {room}")
    order = [code for code in codes(seen) if code in ("JOIN", "MARKREAD", "366")]
    assert order == ["JOIN", "MARKREAD", "366"]
    assert list(one(seen, "MARKREAD").params) == [room, "*"]
    client.ask(f"MARKREAD {room} {THEN}", f"PART {room}")
    assert list(one(client.ask(f"JOIN {room}"), "MARKREAD").params) == [room, THEN]
    assert only(other.ask(f"JOIN {room}"), "MARKREAD") == []


def test_other_users_are_not_told(connect: Connect, room: str) -> None:
    """The read markers sent by a user MUST NOT be disclosed to other users by the server without
    an explicit opt-in.

    https://ircv3.net/specs/extensions/read-marker#description
    """
    ann, ben = connect("ann", caps=CAPS), connect("ben", caps=CAPS)
    join(room, ann, ben)
    ann.ask(f"MARKREAD {room} {THEN}", f"MARKREAD {ben.nick} {THEN}")
    assert ben.drain() == []
    assert list(one(ben.ask(f"MARKREAD {room}"), "MARKREAD").params) == [room, "*"]


def refused(client: Client, line: str) -> list[str]:
    """The parameters of the one FAIL that answers a line, without its sentence."""
    (message,) = client.ask(line)
    assert message.command == "FAIL"
    return list(message.params)[:-1]


def test_missing_parameters(connect: Connect) -> None:
    """If the server receives a MARKREAD command with missing parameters, the NEED_MORE_PARAMS
    error code MUST be returned: FAIL MARKREAD NEED_MORE_PARAMS :Missing parameters

    https://ircv3.net/specs/extensions/read-marker#errors-and-warnings
    """
    assert refused(connect(caps=CAPS), "MARKREAD") == ["MARKREAD", "NEED_MORE_PARAMS"]


@pytest.mark.parametrize(
    "time", ["*", "yesterday", "timestamp=", "timestamp=2019-01-04", "msgid=1"]
)
def test_invalid_parameters(connect: Connect, room: str, time: str) -> None:
    """The timestamp MUST NOT be a literal *. If the selectors were invalid, the INVALID_PARAMS
    error code SHOULD be returned: FAIL MARKREAD INVALID_PARAMS [invalid_parameters]

    https://ircv3.net/specs/extensions/read-marker#errors-and-warnings
    """
    client = connect(caps=CAPS)
    join(room, client)
    assert refused(client, f"MARKREAD {room} {time}") == ["MARKREAD", "INVALID_PARAMS", time]
