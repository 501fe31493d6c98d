"""PRIVMSG and NOTICE."""

import pytest

from tests.conformance.setting import Connect, join
from tests.fakes.irc import codes, one, only, texts

BOTH = pytest.mark.parametrize("command", ["PRIVMSG", "NOTICE"])


@BOTH
def test_to_a_user(connect: Connect, command: str) -> None:
    """The <source> of the message represents the user or server that sent the message, and the
    <target> represents the target of that PRIVMSG (which may be the client, a channel, etc).

    https://modern.ircdocs.horse/#privmsg-message
    """
    ann, ben = connect("ann"), connect("ben")
    assert ann.ask(f"{command} {ben.nick.upper()} :yes, I'm receiving it !") == []
    seen = ben.drain()
    assert codes(seen) == [command]
    assert seen[0].source == f"{ann.nick}!~{ann.nick}@127.0.0.1"
    assert seen[0].params == [ben.nick, "yes, I'm receiving it !"]


@BOTH
def test_to_a_room(connect: Connect, room: str, command: str) -> None:
    """All clients in the channel will receive all messages addressed to that channel.

    https://modern.ircdocs.horse/#channels
    """
    ann, ben, cat, stranger = connect("ann"), connect("ben"), connect("cat"), connect()
    join(room, ann, ben, cat)
    assert ann.ask(f"{command} {room.upper()} ::-)") == []
    for member in (ben, cat):
        seen = member.drain()
        assert codes(seen) == [command]
        assert seen[0].params == [room, ":-)"]
    assert stranger.drain() == []


def test_a_source_given_by_the_client_does_not_count(connect: Connect) -> None:
    """Clients MUST NOT include a source when sending a message. [The server fills it in.]

    https://modern.ircdocs.horse/#source
    """
    ann, ben = connect("ann"), connect("ben")
    ann.ask(f":someone!else@example PRIVMSG {ben.nick} :it is me")
    assert one(ben.drain(), "PRIVMSG").source.startswith(f"{ann.nick}!")


def test_several_targets(connect: Connect, room: str) -> None:
    """Parameters: <target>{,<target>} <text to be sent>

    https://modern.ircdocs.horse/#privmsg-message
    """
    ann, ben, cat = connect("ann"), connect("ben"), connect("cat")
    join(room, ann, ben)
    answer = ann.ask(f"PRIVMSG {ben.nick},{cat.nick},{room},nobody_here :hello")
    assert codes(answer) == ["401"]
    assert [m.params for m in ben.drain()] == [[ben.nick, "hello"], [room, "hello"]]
    assert [m.params for m in cat.drain()] == [[cat.nick, "hello"]]


def test_a_target_named_twice_gets_one(connect: Connect) -> None:
    """The destination list MAY be broken up and the dispatch sent without checking to make sure
    duplicates aren't sent down each path. [Here they are not sent.]

    https://modern.ircdocs.horse/#one-to-many-communication
    """
    ann, ben = connect("ann"), connect("ben")
    ann.ask(f"PRIVMSG {ben.nick},{ben.nick} :once")
    assert texts(ben.drain()) == ["once"]


def test_too_many_targets(connect: Connect) -> None:
    """ERR_TOOMANYTARGETS. The TARGMAX parameter specifies the maximum number of targets
    allowable for commands which accept multiple targets.

    https://modern.ircdocs.horse/#targmax-parameter
    """
    ann = connect("ann")
    others = [connect("to") for _ in range(5)]
    seen = ann.ask(f"PRIVMSG {','.join(other.nick for other in others)} :hello")
    assert codes(seen) == ["407"]
    assert [len(other.drain()) for other in others] == [1, 1, 1, 1, 0]


def test_nobody_of_that_name(connect: Connect, room: str) -> None:
    """ERR_NOSUCHNICK: indicates that no client can be found for the supplied nickname.

    https://modern.ircdocs.horse/#errnosuchnick-401
    """
    client = connect()
    assert one(client.ask("PRIVMSG nobody_here :hello"), "401").params[1] == "nobody_here"
    assert one(client.ask(f"PRIVMSG {room} :hello"), "403", "401").params[1] == room


def test_without_recipient_or_text(connect: Connect) -> None:
    """PRIVMSG numeric replies: ERR_NORECIPIENT, ERR_NOTEXTTOSEND

    https://modern.ircdocs.horse/#privmsg-message
    """
    client = connect()
    assert codes(client.ask("PRIVMSG")) == ["411"]
    assert codes(client.ask(f"PRIVMSG {client.nick}")) == ["412"]
    assert codes(client.ask(f"PRIVMSG {client.nick} :")) == ["412"]


def test_from_outside(connect: Connect, room: str) -> None:
    """If this mode is enabled and they try to send one of these to a channel they are not
    joined to, they will receive an ERR_CANNOTSENDTOCHAN numeric and the message will not be
    sent to that channel.

    https://modern.ircdocs.horse/#no-external-messages-mode
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann)
    assert one(ben.ask(f"PRIVMSG {room} :hello"), "404").params[:2] == [ben.nick, room]
    assert ann.drain() == []
    ann.ask(f"MODE {room} -n")
    assert ben.ask(f"PRIVMSG {room} :hello") == []
    assert texts(ann.drain()) == ["hello"]


def test_moderated(connect: Connect, room: str) -> None:
    """If this mode is set on a channel, only users who have channel privileges may send messages
    to that channel.

    https://modern.ircdocs.horse/#moderated-channel-mode
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann, ben)
    ann.ask(f"MODE {room} +m")
    ben.drain()
    assert codes(ben.ask(f"PRIVMSG {room} :hello")) == ["404"]
    ann.ask(f"MODE {room} +v {ben.nick}")
    ben.drain()
    assert ben.ask(f"PRIVMSG {room} :hello") == []
    assert texts(ann.drain()) == ["hello"]


def test_banned_members_are_silent(connect: Connect, room: str) -> None:
    """This channel mode controls a list of client masks that are 'banned' from joining or
    speaking in the channel.

    https://modern.ircdocs.horse/#ban-channel-mode
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann, ben)
    ann.ask(f"MODE {room} +b {ben.nick}")
    ben.drain()
    assert codes(ben.ask(f"PRIVMSG {room} :hello")) == ["404"]
    assert texts(ann.drain()) == []


def test_errors_of_notice_are_not_told(connect: Connect, room: str) -> None:
    """Automatic replies must never be sent in response to a NOTICE message. This rule also
    applies to servers -- they must not send any error back to the client on receipt of a NOTICE
    command.

    https://modern.ircdocs.horse/#notice-message
    """
    ann, ben, away = connect("ann"), connect("ben"), connect()
    join(room, ben)
    away.ask("AWAY :gone")
    many = ",".join(f"nobody{number}" for number in range(9))
    for line in (
        "NOTICE",
        "NOTICE :",
        f"NOTICE {ben.nick}",
        f"NOTICE {ben.nick} :",
        "NOTICE nobody_here :hello",
        "NOTICE #no_such_room :hello",
        f"NOTICE {room} :hello",
        f"NOTICE {many} :hello",
        f"NOTICE {away.nick} :hello",
    ):
        assert ann.ask(line) == [], line
    assert ben.drain() == []
    assert codes(away.drain()) == ["NOTICE"]


def test_an_away_user_is_told_of(connect: Connect, room: str) -> None:
    """If <target> is a user and that user has been set as away, the server may reply with an
    RPL_AWAY numeric and the command will continue.

    https://modern.ircdocs.horse/#privmsg-message
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann, ben)
    ben.ask("AWAY :at lunch")
    assert one(ann.ask(f"PRIVMSG {ben.nick} :hello"), "301").params == [
        ann.nick,
        ben.nick,
        "at lunch",
    ]
    assert ann.ask(f"PRIVMSG {room} :hello") == []
    assert texts(ben.drain()) == ["hello", "hello"]


def test_to_oneself(connect: Connect) -> None:
    """The PRIVMSG command is used to send private messages between users.

    https://modern.ircdocs.horse/#privmsg-message
    """
    client = connect()
    assert texts(client.ask(f"PRIVMSG {client.nick} :note")) == ["note"]


def test_ctcp_passes_unchanged(connect: Connect) -> None:
    """CTCP messages are delimited with 0x01 and sent in a PRIVMSG or a NOTICE.

    https://modern.ircdocs.horse/ctcp#message-syntax
    """
    ann, ben = connect("ann"), connect("ben")
    ann.ask(f"PRIVMSG {ben.nick} :\x01ACTION waves\x01", f"NOTICE {ben.nick} :\x01PING 1\x01")
    seen = only(ben.drain(), "PRIVMSG", "NOTICE")
    assert [m.params[1] for m in seen] == ["\x01ACTION waves\x01", "\x01PING 1\x01"]
