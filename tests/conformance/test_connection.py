"""PING, PONG, QUIT and ERROR."""

from tests.conformance.setting import NAME, Connect, join
from tests.fakes.irc import Client, codes, one


def test_ping_gets_its_token_back(connect: Connect, raw: Client) -> None:
    """When receiving a PING message, clients or servers must reply to it with a PONG message
    with the same <token> value. Servers MUST send a <server> parameter.

    https://modern.ircdocs.horse/#ping-message
    """
    for client in (raw, connect()):
        for token in ("abc", "two words", ":-)", "ünï", "#x"):
            client.send(f"PING :{token}")
            pong = client.expect("PONG")
            assert pong.source == NAME
            assert pong.params == [NAME, token]


def test_ping_without_a_token(connect: Connect) -> None:
    """PING numeric replies: ERR_NEEDMOREPARAMS, ERR_NOORIGIN

    https://modern.ircdocs.horse/#ping-message
    """
    assert codes(connect().ask("PING")) in (["461"], ["409"])


def test_pong_is_not_answered(connect: Connect, raw: Client) -> None:
    """PONG numeric replies: None

    https://modern.ircdocs.horse/#pong-message
    """
    assert connect().ask("PONG whatever", "PONG", "PONG a b") == []
    assert raw.ask("PONG whatever") == []


def test_answers_are_in_the_order_of_the_commands(connect: Connect, room: str) -> None:
    """No specification says so, but test suites and bouncers rely on it: a PONG comes behind the
    answers to whatever was sent before its PING.

    https://modern.ircdocs.horse/#ping-message
    """
    client = connect()
    client.send("PING 1", f"JOIN {room}", "PING 2", f"TOPIC {room} :x", "PING 3", "NOSUCH")
    client.send(f"PRIVMSG {client.nick} :hi", "PING 4", f"NAMES {room}", "PING 5")
    seen = client.read_until(lambda message: message.params[-1] == "5")
    order = [m.params[-1] if m.command == "PONG" else m.command for m in seen]
    assert order == [
        "1",
        "JOIN",
        "353",
        "366",
        "2",
        "TOPIC",
        "3",
        "421",
        "PRIVMSG",
        "4",
        "353",
        "366",
        "5",
    ]


def test_quit(connect: Connect, room: str) -> None:
    """The server acknowledges this by replying with an ERROR message and closing the
    connection to the client. [...] Servers SHOULD prepend <reason> with the ASCII string
    "Quit: " when sending QUIT messages to other clients.

    https://modern.ircdocs.horse/#quit-message
    """
    ann, ben, stranger = connect("ann"), connect("ben"), connect()
    join(room, ann, ben)
    join(room + "2", ann, ben)
    ann.send("QUIT :Gone to have lunch")
    assert codes(ann.until_closed()) == ["ERROR"]
    seen = one(ben.drain(), "QUIT")
    assert seen.source == f"{ann.nick}!~{ann.nick}@127.0.0.1"
    assert seen.params == ["Quit: Gone to have lunch"]
    assert stranger.drain() == []


def test_quit_without_a_reason(connect: Connect, room: str) -> None:
    """This applies even if <reason> is empty, in which case the reason sent to other clients
    SHOULD be just this "Quit: " string.

    https://modern.ircdocs.horse/#quit-message
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann, ben)
    ann.send("QUIT")
    ann.until_closed()
    assert one(ben.drain(), "QUIT").params == ["Quit: "]


def test_quit_before_registration(raw: Client) -> None:
    """The QUIT command is used to terminate a client's connection to the server.

    https://modern.ircdocs.horse/#quit-message
    """
    raw.send("NICK someone_else", "QUIT :bye")
    assert codes(raw.until_closed()) == ["ERROR"]


def test_what_was_sent_before_a_quit_takes_effect(connect: Connect, room: str) -> None:
    """No specification says so, but every script relies on it: a QUIT overtakes nothing.

    https://modern.ircdocs.horse/#quit-message
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann, ben)
    ann.send(*(f"PRIVMSG {room} :{number}" for number in range(20)), "QUIT :done")
    ann.until_closed()
    seen = ben.drain()
    assert codes(seen) == ["PRIVMSG"] * 20 + ["QUIT"]
    assert [message.params[-1] for message in seen[:-1]] == [str(n) for n in range(20)]


def test_a_lost_connection_is_a_quit(connect: Connect, room: str) -> None:
    """If a client connection is closed without the client issuing a QUIT command to the server,
    the server MUST distribute a QUIT message to other clients informing them of this. Servers
    MUST fill <reason> with a message reflecting the nature of the event.

    https://modern.ircdocs.horse/#quit-message
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann, ben)
    ann.close()
    reason = ben.expect("QUIT").params[0]
    assert reason.startswith("Connection")


def test_error_from_a_client_is_ignored(connect: Connect) -> None:
    """This message is sent from a server to a client to report a fatal error.

    https://modern.ircdocs.horse/#error-message
    """
    assert connect().ask("ERROR :something") == []
