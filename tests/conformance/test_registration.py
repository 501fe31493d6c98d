"""PASS, NICK and USER up to the end of the greeting."""

from pathlib import Path

import pytest

from tests.conformance.setting import NAME, Connect
from tests.fakes.irc import Client, codes, one, only
from tests.fakes.server import Server

GREETING = ["001", "002", "003", "004", "005", "251", "252", "253", "254", "255", "265", "266"]


def test_the_greeting_comes_in_order(raw: Client, nick: str) -> None:
    """Upon successful completion of the registration process, the server MUST send, in this
    order, RPL_WELCOME, RPL_YOURHOST, RPL_CREATED, RPL_MYINFO, and at least one RPL_ISUPPORT.
    The server SHOULD then respond as though the client sent the LUSERS command. [...] The
    server MUST then respond as though the client sent it the MOTD command.

    https://modern.ircdocs.horse/#connection-registration
    """
    greeting = raw.register(nick)
    assert list(dict.fromkeys(codes(greeting))) == [*GREETING, "422"]
    assert all(message.source == NAME for message in greeting)
    assert all(message.params[0] == nick for message in greeting)


def test_the_welcome_names_the_network_and_the_nick(raw: Client, nick: str) -> None:
    """<client> :Welcome to the <networkname> Network, <nick>[!<user>@<host>]

    https://modern.ircdocs.horse/#rplwelcome-001
    """
    text = one(raw.register(nick), "001").params[-1]
    assert "Parlor" in text
    assert f"{nick}!~{nick}@127.0.0.1" in text


def test_myinfo_lists_the_modes(raw: Client, nick: str) -> None:
    """<client> <servername> <version> <available user modes> <available channel modes>
    [<channel modes with a parameter>]

    https://modern.ircdocs.horse/#rplmyinfo-004
    """
    params = one(raw.register(nick), "004").params
    assert params[1] == NAME
    assert params[2].startswith("parlor-")
    assert set(params[3]) >= set("io")
    assert set(params[4]) == set("beIklCMRimnstqaohv")
    assert set(params[5]) == set("beIklqaohv")


@pytest.mark.parametrize("order", [("NICK", "USER"), ("USER", "NICK")])
def test_nick_and_user_in_any_order(raw: Client, nick: str, order: tuple[str, str]) -> None:
    """Only after both USER and NICK have been received from a client does a user become
    registered.

    https://www.rfc-editor.org/rfc/rfc1459#section-4.1.3
    """
    lines = {"NICK": f"NICK {nick}", "USER": "USER guest 0 * :Ronnie Reagan"}
    assert codes(raw.ask(lines[order[0]])) == []
    assert "001" in codes(raw.ask(lines[order[1]]))


def test_user_name_gets_a_tilde(raw: Client, nick: str) -> None:
    """If username lookups are enabled and a client does not have an Identity Server enabled,
    the username provided by the client SHOULD be prefixed by a tilde.

    https://modern.ircdocs.horse/#user-message
    """
    raw.ask("USER guest 0 * :Ronnie Reagan", f"NICK {nick}")
    params = one(raw.ask(f"WHOIS {nick}"), "311").params
    assert params[2] == "~guest"
    assert params[5] == "Ronnie Reagan"


def test_a_long_user_name_is_cut(raw: Client, nick: str) -> None:
    """If this length [USERLEN] is advertised, the username MUST be silently truncated to the
    given length before being used. / the tilde prefix ("~"), if it exists, contributes to the
    length of the username and would be included in this parameter.

    https://modern.ircdocs.horse/#user-message, #userlen-parameter
    """
    raw.ask(f"USER {'u' * 80} 0 * :x", f"NICK {nick}")
    tokens = [word for m in only(raw.ask("VERSION"), "005") for word in m.params[1:-1]]
    length = next(int(word[8:]) for word in tokens if word.startswith("USERLEN="))
    assert one(raw.ask(f"WHOIS {nick}"), "311").params[2] == "~" + "u" * (length - 1)


def test_an_empty_user_name_is_refused(raw: Client, nick: str) -> None:
    """The minimum length of <username> is 1, ie. it MUST NOT be empty. If it is empty, the
    server SHOULD reject the command with ERR_NEEDMOREPARAMS.

    https://modern.ircdocs.horse/#user-message
    """
    assert one(raw.ask(f"NICK {nick}", "USER :"), "461").params[1] == "USER"
    assert one(raw.ask("USER a b :c"), "461").params[1] == "USER"


def test_user_twice(connect: Connect) -> None:
    """If a client tries to send the USER command after they have already completed
    registration with the server, the ERR_ALREADYREGISTERED reply should be sent.

    https://modern.ircdocs.horse/#user-message
    """
    client = connect()
    assert codes(client.ask("USER a 0 * :b")) == ["462"]


def test_pass_after_registration(connect: Connect) -> None:
    """It [the password] may not be changed once the client has been registered.

    https://modern.ircdocs.horse/#pass-message
    """
    client = connect()
    assert codes(client.ask("PASS secret")) == ["462"]


def test_pass_without_parameter(raw: Client) -> None:
    """If a command is sent from a client to a server with less parameters than the command
    requires to be processed, the server will reply with an ERR_NEEDMOREPARAMS numeric.

    https://modern.ircdocs.horse/#client-messages
    """
    assert one(raw.ask("PASS"), "461").params[:2] == ["*", "PASS"]


@pytest.mark.parametrize("command", ["JOIN #x", "PRIVMSG a :b", "WHOIS a", "LIST", "NOSUCH"])
def test_commands_before_registration(raw: Client, command: str) -> None:
    """ERR_NOTREGISTERED: returned when a client command cannot be parsed as they are not yet
    registered.

    https://modern.ircdocs.horse/#errnotregistered-451
    """
    assert one(raw.ask(command), "451").params[0] == "*"


def test_an_unknown_command(connect: Connect) -> None:
    """ERR_UNKNOWNCOMMAND: sent to a registered client to indicate that the command they sent
    isn't known by the server.

    https://modern.ircdocs.horse/#errunknowncommand-421
    """
    client = connect()
    assert one(client.ask("NOSUCH thing"), "421").params[:2] == [client.nick, "NOSUCH"]


def test_password(tmp_path: Path) -> None:
    """The password supplied must match the one defined in the server configuration. It is
    possible to send multiple PASS commands before registering but only the last one sent is
    used. [...] If the password supplied does not match the password expected by the server,
    then the server SHOULD send ERR_PASSWDMISMATCH and MAY then close the connection with
    ERROR.

    https://modern.ircdocs.horse/#pass-message
    """
    config = '[server]\npassword = "open sesame"\n'
    with Server(tmp_path, workers=1, config=config) as guarded:
        for lines in ([], ["PASS wrong"], ["PASS :open sesame", "PASS wrong"]):
            with guarded.connect() as client:
                client.send(*lines, "NICK ada", "USER a 0 * :b")
                assert codes(client.until_closed()) == ["464", "ERROR"]
        with guarded.connect() as client:
            client.send("PASS wrong", "PASS :open sesame")
            assert "001" in codes(client.register("ada"))
