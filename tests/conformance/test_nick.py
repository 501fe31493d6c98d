"""NICK (https://modern.ircdocs.horse/#nick-message)."""

import pytest

from tests.conformance.setting import Connect, join
from tests.fakes.irc import Client, codes, one, only


def test_without_a_nick(connect: Connect, raw: Client) -> None:
    """If the server does not receive the <nickname> parameter with the NICK command, it should
    issue an ERR_NONICKNAMEGIVEN numeric and ignore the NICK command.

    https://modern.ircdocs.horse/#nick-message
    """
    for client in (raw, connect()):
        assert codes(client.ask("NICK")) == ["431"]
        assert codes(client.ask("NICK :")) == ["431"]


@pytest.mark.parametrize(
    "bad", ["9lives", "#room", "a!b", "a@b", "a.b", "a,b", "a*", "-a", "☃", "x" * 31, ":a", "$a"]
)
def test_bad_nicks(connect: Connect, raw: Client, bad: str) -> None:
    """If the server does not accept the new nickname supplied by the client as valid (for
    instance, due to containing invalid characters), it should issue an ERR_ERRONEUSNICKNAME
    numeric and ignore the NICK command.

    https://modern.ircdocs.horse/#nick-message
    """
    client = connect()
    assert one(client.ask(f"NICK :{bad}"), "432").params[0] == client.nick
    assert one(raw.ask(f"NICK :{bad}"), "432").params[0] == "*"
    assert one(client.ask(f"WHOIS {client.nick}"), "311").params[1] == client.nick


def test_characters_that_must_be_allowed(connect: Connect) -> None:
    """Servers MUST allow at least all alphanumerical characters, square and curly brackets,
    backslashes, and pipe characters in nicknames.

    https://modern.ircdocs.horse/#nick-message
    """
    client = connect()
    wanted = f"aZ[]{{}}\\|_{client.nick}"
    assert one(client.ask(f"NICK {wanted}"), "NICK").params == [wanted]


def test_a_nick_in_use(connect: Connect, raw: Client) -> None:
    """If the server receives a NICK command from a client where the desired nickname is already
    in use on the network, it should issue an ERR_NICKNAMEINUSE numeric and ignore the NICK
    command.

    https://modern.ircdocs.horse/#nick-message
    """
    one_, other = connect(), connect()
    for taken in (one_.nick, one_.nick.upper()):
        assert one(other.ask(f"NICK {taken}"), "433").params[:2] == [other.nick, taken]
        assert one(raw.ask(f"NICK {taken}"), "433").params[1] == taken
    assert "001" in codes(raw.register(f"{one_.nick}x"))


def test_a_nick_in_use_at_the_end_of_registration(connect: Connect, raw: Client) -> None:
    """ERR_NICKNAMEINUSE: returned when a NICK command cannot be successfully completed as the
    desired nickname is already in use on the network.

    https://modern.ircdocs.horse/#errnicknameinuse-433
    """
    taken = connect().nick
    assert codes(raw.ask(f"NICK {taken}", "USER u 0 * :x")) == ["433"]
    assert codes(raw.ask("JOIN #x")) == ["451"]
    assert "001" in codes(raw.ask(f"NICK {taken}x"))


def test_a_change_is_shown_once(connect: Connect, room: str) -> None:
    """The NICK message may be sent from the server to clients to acknowledge their NICK command
    was successful, and to inform other clients about the change of nickname. In these cases,
    the <source> of the message will be the old nickname [ [ "!" user ] "@" host ].

    https://modern.ircdocs.horse/#nick-message
    """
    ann, ben, stranger = connect("ann"), connect("ben"), connect()
    join(room, ann, ben)
    join(room + "2", ann, ben)
    wanted = ann.nick + "b"
    for seen in (one(ann.ask(f"NICK {wanted}"), "NICK"), one(ben.drain(), "NICK")):
        assert seen.source == f"{ann.nick}!~{ann.nick}@127.0.0.1"
        assert seen.params == [wanted]
    assert stranger.drain() == []
    assert codes(ben.ask(f"PRIVMSG {ann.nick} :hello")) == ["401"]
    assert codes(ben.ask(f"PRIVMSG {wanted} :hello")) == []


def test_only_the_case_changes(connect: Connect) -> None:
    """Names of IRC entities (clients, servers, channels) are casemapped. This prevents, for
    example, someone having the nickname 'Dan' and someone else having the nickname 'dan'.

    https://modern.ircdocs.horse/#client-to-server-protocol-structure
    """
    client = connect("dan")
    wanted = client.nick.upper()
    assert one(client.ask(f"NICK {wanted}"), "NICK").params == [wanted]
    assert client.ask(f"NICK {wanted}") == []
    assert one(client.ask(f"WHOIS {client.nick}"), "311").params[1] == wanted


def test_a_nick_given_up_is_free_at_once(connect: Connect) -> None:
    """Each client is distinguished from other clients by a unique nickname.

    https://modern.ircdocs.horse/#clients
    """
    ann, ben = connect("ann"), connect("ben")
    ann.ask(f"NICK {ann.nick}x")
    assert only(ben.ask(f"NICK {ann.nick}"), "NICK")
