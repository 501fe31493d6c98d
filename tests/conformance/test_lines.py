"""Lines as such: their form, their length, their encoding; FAIL."""

import pytest

from tests.conformance.setting import NAME, Connect, join
from tests.fakes.irc import Client, codes, one, texts


def test_line_ends(connect: Connect) -> None:
    """Servers SHOULD handle single \\n character, and MAY handle a single \\r character, as if it
    was a \\r\\n pair, to support existing clients that might send this.

    https://modern.ircdocs.horse/#compatibility-with-incorrect-software
    """
    client = connect()
    client.send_bytes(b"PING 1\nPING 2\r\nPING 3\n")
    assert [client.expect("PONG").params[1] for _ in range(3)] == ["1", "2", "3"]


def test_empty_lines_are_ignored(connect: Connect, raw: Client) -> None:
    """Servers and clients SHOULD ignore empty lines.

    https://modern.ircdocs.horse/#compatibility-with-incorrect-software
    """
    for client in (connect(), raw):
        client.send_bytes(b"\r\n\n\r\n  \r\n")
        assert client.drain() == []


def test_lines_in_portions(connect: Connect) -> None:
    """When reading messages from a stream, read the incoming data into a buffer. Only parse and
    process a message once you encounter the \\r\\n at the end of it.

    https://modern.ircdocs.horse/#message-format
    """
    client = connect()
    for byte in b"PING :one by one\r\nPING 2\r\n":
        client.send_bytes(bytes([byte]))
    assert [client.expect("PONG").params[1] for _ in range(2)] == ["one by one", "2"]


def test_several_spaces(connect: Connect) -> None:
    """These message parts, and parameters themselves, are separated by one or more ASCII SPACE
    characters.

    https://modern.ircdocs.horse/#message-format
    """
    client = connect()
    client.send(f"   PRIVMSG   {client.nick}    :  spaces  ")
    assert client.expect("PRIVMSG").params[1] == "  spaces  "


def test_commands_in_any_case(connect: Connect) -> None:
    """The command must either be a valid IRC command or a numeric. [Commands are not case
    sensitive.]

    https://modern.ircdocs.horse/#command
    """
    client = connect()
    assert codes(client.ask("time", "TiMe")) == ["391", "391"]


def test_the_longest_line(connect: Connect) -> None:
    """Most IRC servers limit messages to 512 bytes in length, including the trailing CR-LF
    characters.

    https://modern.ircdocs.horse/#message-format
    """
    client = connect()
    assert codes(client.ask("NOSUCH " + "x" * (510 - 7))) == ["421"]
    assert codes(client.ask("NOSUCH " + "x" * (511 - 7))) == ["417"]
    assert codes(client.ask("NOSUCH " + "x" * 100_000)) == ["417"]
    assert codes(client.ask("TIME")) == ["391"]


@pytest.mark.parametrize("prefix", ["", "Übung"])
def test_nothing_of_a_message_is_cut_off(connect: Connect, prefix: str) -> None:
    """Servers SHOULD gracefully handle messages over the 512-bytes limit. They may: send an error
    numeric back, preferably ERR_INPUTTOOLONG; truncate [...]

    https://modern.ircdocs.horse/#compatibility-with-incorrect-software
    """
    ann, ben = connect("ann"), connect("ben")
    nick = prefix + ann.nick
    head = f":{nick}!~{ann.nick}@127.0.0.1 PRIVMSG {ben.nick} :"
    room_left = 510 - len(head.encode())
    ann.ask(f"NICK {nick}")
    for text in ("x" * room_left, "ü" * (room_left // 2)):
        assert ann.ask(f"PRIVMSG {ben.nick} :{text}") == []
        assert texts(ben.drain()) == [text]
    assert codes(ann.ask(f"PRIVMSG {ben.nick} :{'x' * (room_left + 1)}")) == ["417"]
    assert ben.drain() == []


def test_no_line_from_the_server_is_too_long(connect: Connect, room: str) -> None:
    """Most IRC servers limit messages to 512 bytes in length, including the trailing CR-LF.

    https://modern.ircdocs.horse/#message-format
    """
    client = connect()
    long = "x" * 480
    client.send(
        f"JOIN {room}",
        f"TOPIC {room} :{long}",
        f"MODE {room} +b {long}",
        f"MODE {room} b",
        f"MODE {room} +k {long}",
        f"NOSUCH{long}",
        f"WHOIS {long}",
        f"WHO {long}",
        f"NAMES {long}",
        f"USERHOST {long}",
        f"CAP {long}",
        f"CHATHISTORY LATEST {long} * 1",
        f"CHATHISTORY {long}",
        f"MOTD {long}",
        f"MODE {long}",
        f"KICK {room} {long}",
        f"INVITE {long} {room}",
        f"PRIVMSG {long} x",
        f"PART {room} :{long}",
        f"PING {long}",
        f"QUIT :{long}",
    )
    lines: list[bytes] = []
    while not lines or b"ERROR" not in lines[-1]:
        lines.append(client.read_line())
    assert len(lines) > 20
    for line in lines:
        assert len(line) <= 512
        assert line.endswith(b"\r\n")


@pytest.mark.parametrize(
    ("line", "command"),
    [
        (b"PRIVMSG {nick} :caf\xe9", "PRIVMSG"),
        (b"@label=a PRIVMSG {nick} :\xff\xfe", "PRIVMSG"),
        (b"@+a=\xff PRIVMSG {nick} :x", "PRIVMSG"),
        (b"TOPIC #\xff :x", "TOPIC"),
        (b"\xff\xfe\xfd", "*"),
        (b"NOS\xffUCH", "*"),
    ],
)
def test_invalid_utf8(connect: Connect, line: bytes, command: str) -> None:
    """When sent with the FAIL command, it indicates that the client's message was rejected
    because it contained invalid UTF-8 data. If the server is unable to parse the sent command
    then it MAY send a FAIL command with no command name (i.e. *).

    https://ircv3.net/specs/extensions/utf8-only
    """
    client = connect()
    client.send_bytes(line.replace(b"{nick}", client.nick.encode()) + b"\r\n")
    seen = client.drain()
    assert codes(seen) == ["FAIL"]
    assert seen[0].params[:2] == [command, "INVALID_UTF8"]
    assert seen[0].source == NAME


def test_invalid_utf8_before_registration(raw: Client, nick: str) -> None:
    """Client: USER u s e :<non-utf8 realname>; Server: FAIL USER INVALID_UTF8

    https://ircv3.net/specs/extensions/utf8-only#examples
    """
    raw.send_bytes(b"USER u 0 * :J\xf6rg\r\n")
    assert one(raw.drain(), "FAIL").params[:2] == ["USER", "INVALID_UTF8"]
    assert "001" in codes(raw.register(nick))


def test_utf8_passes(connect: Connect, room: str) -> None:
    """Servers publishing this token MUST NOT relay content containing non-UTF-8 data to clients.

    https://ircv3.net/specs/extensions/utf8-only#the-utf8only-isupport-token
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann, ben)
    text = "grüße, 世界, 🎉 и всё"
    ann.ask(f"PRIVMSG {room} :{text}", f"TOPIC {room} :{text}")
    assert [message.params[1] for message in ben.drain()] == [text, text]


def test_nul_is_not_relayed(connect: Connect) -> None:
    """nospcrlfcl ::= <sequence of any characters except NUL, CR, LF, colon (`:`) and SPACE>

    https://modern.ircdocs.horse/#parameters
    """
    client = connect()
    client.send_bytes(f"PRIVMSG {client.nick} :a\0b\r\n".encode())
    assert "PRIVMSG" not in codes(client.drain())


def test_a_lone_carriage_return_is_not_relayed(connect: Connect) -> None:
    """Clients and servers alike MUST NOT send single \\r or \\n characters.

    https://modern.ircdocs.horse/#compatibility-with-incorrect-software
    """
    client = connect()
    client.send_bytes(f"PRIVMSG {client.nick} :a\rQUIT :b\r\n".encode())
    client.send("PING end")
    lines = [client.read_line()]
    while b"PONG" not in lines[-1]:
        lines.append(client.read_line())
    assert not any(b"\r" in line[:-2] for line in lines)
