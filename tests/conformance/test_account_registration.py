"""Making accounts (https://ircv3.net/specs/extensions/account-registration)."""

from pathlib import Path

import pytest

from tests.conformance.accounts import PASSWORD, finish, log_in, make_account
from tests.conformance.setting import NAME, Connect
from tests.conformance.test_sasl import offered
from tests.fakes.irc import Client, codes, one
from tests.fakes.server import Server

CAP = "draft/account-registration"


def test_it_is_offered(raw: Client) -> None:
    """before-connect - if present, indicates the server supports early registration.

    https://ircv3.net/specs/extensions/account-registration#capability
    """
    assert offered(raw)[CAP] == "before-connect"
    assert one(raw.ask(f"CAP REQ {CAP}"), "CAP").params[1] == "ACK"


@pytest.mark.parametrize("name", ["*", "nick"])
def test_an_account_of_ones_nick(connect: Connect, raw: Client, name: str) -> None:
    """If <account> is *, then this value is the user's current nickname.  (...)

    REGISTER SUCCESS <account> <message>

    Sent by the server when the REGISTER or VERIFY fully succeeded, and no further action is
    needed.  Afterward, the client is assumed to be authenticated to the <account> as if it used
    SASL.

    https://ircv3.net/specs/extensions/account-registration#responses
    """
    client = connect()
    asked = client.nick if name == "nick" else name
    client.send(f"REGISTER {asked} * :{PASSWORD}")
    logged_in, done = client.expect("900"), client.expect("REGISTER")
    assert logged_in.params[2] == client.nick
    assert done.source == NAME
    assert done.params[:2] == ["SUCCESS", client.nick]
    assert len(done.params) == 3
    assert one(client.ask(f"WHOIS {client.nick}"), "330").params[2] == client.nick
    assert log_in(raw, client.nick)[-1].command == "903"


def test_before_the_registration(raw: Client, nick: str) -> None:
    """The REGISTER command MAY be sent at any point during the connection that the client has a
    valid nickname.

    https://ircv3.net/specs/extensions/account-registration#commands
    """
    raw.ask("CAP LS 302", f"NICK {nick}")
    raw.send(f"REGISTER * * :{PASSWORD}")
    assert raw.expect("REGISTER", "FAIL").params[:2] == ["SUCCESS", nick]
    assert raw.expect("900").params[2] == nick
    finish(raw, nick)
    assert one(raw.ask(f"WHOIS {nick}"), "330").params[2] == nick


def test_without_a_nick(raw: Client) -> None:
    """FAIL REGISTER NEED_NICK * <message>

    Sent by the server if the client sends REGISTER before sending a NICK command.

    https://ircv3.net/specs/extensions/account-registration#responses
    """
    (failed,) = raw.ask(f"REGISTER * * :{PASSWORD}")
    assert failed.command == "FAIL"
    assert failed.params[:3] == ["REGISTER", "NEED_NICK", "*"]


def test_another_name_than_the_nick(connect: Connect) -> None:
    """FAIL REGISTER ACCOUNT_NAME_MUST_BE_NICK <account> <message>

    https://ircv3.net/specs/extensions/account-registration#responses
    """
    (failed,) = connect().ask(f"REGISTER foo * :{PASSWORD}")
    assert failed.params[:3] == ["REGISTER", "ACCOUNT_NAME_MUST_BE_NICK", "foo"]


def test_a_name_that_is_taken(connect: Connect, raw: Client) -> None:
    """FAIL REGISTER ACCOUNT_EXISTS <account> <message>

    Sent by the server as a response to REGISTER when the client tried to register while using a
    nick that is not available as a new account's name because someone already registered it.

    https://ircv3.net/specs/extensions/account-registration#responses
    """
    guest = connect()
    for name in (make_account(connect()), guest.nick):
        raw.ask("CAP LS 302", f"NICK {name}")
        raw.send(f"REGISTER * * :{PASSWORD}")
        assert raw.expect("FAIL").params[:3] == ["REGISTER", "ACCOUNT_EXISTS", name]


def test_who_is_logged_in(connect: Connect) -> None:
    """FAIL REGISTER ALREADY_AUTHENTICATED <account> <message>
    FAIL VERIFY ALREADY_AUTHENTICATED <account> <message>

    Sent by the server if the client is already authenticated.

    https://ircv3.net/specs/extensions/account-registration#responses
    """
    client = connect()
    name = make_account(client)
    told = client.ask(f"REGISTER * * :{PASSWORD}", f"VERIFY {name} 1")
    assert [message.params[:3] for message in told] == [
        ["REGISTER", "ALREADY_AUTHENTICATED", name],
        ["VERIFY", "ALREADY_AUTHENTICATED", name],
    ]


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        ("* :ab", "WEAK_PASSWORD"),
        (f"* :{'x' * 301}", "UNACCEPTABLE_PASSWORD"),
        ("nonsense :password", "INVALID_EMAIL"),
    ],
)
def test_what_is_refused(connect: Connect, rest: str, code: str) -> None:
    """Sent by the server if the password is considered too weak. / if the password is invalid for
    any reason other than weakness. / if it cannot send emails to the provided address.

    https://ircv3.net/specs/extensions/account-registration#responses
    """
    client = connect()
    (failed,) = client.ask(f"REGISTER * {rest}")
    assert failed.params[:3] == ["REGISTER", code, client.nick]


def test_a_code_that_nobody_sent(connect: Connect) -> None:
    """FAIL VERIFY INVALID_CODE <account> <message>

    https://ircv3.net/specs/extensions/account-registration#responses
    """
    client = connect()
    (failed,) = client.ask(f"VERIFY {client.nick} 12345")
    assert failed.params[:3] == ["VERIFY", "INVALID_CODE", client.nick]


def test_an_address_is_told_to_its_owner_alone(connect: Connect) -> None:
    """What is known of an account is open, but for its e-mail address and certificates."""
    client, other = connect(), connect()
    client.ask(f"REGISTER * ada@example.org :{PASSWORD}")
    assert any("ada@example.org" in m.params[-1] for m in client.ask("NS INFO"))
    asked = other.ask(f"NS INFO {client.nick}", f"WHOIS {client.nick}", f"WHO {client.nick}")
    assert "NOTICE" in codes(asked)
    assert not [m for m in asked if "ada@example.org" in " ".join(m.params)]


def test_not_before_the_connection(tmp_path: Path) -> None:
    """Sent by the server when a client attempts to register an account before completing
    connection registration, and the server does not support that. FAIL REGISTER
    COMPLETE_CONNECTION_REQUIRED <account> <message>

    https://ircv3.net/specs/extensions/account-registration#responses
    """
    config = "[accounts]\nbefore_connect = false\n"
    with Server(tmp_path, workers=1, config=config) as server, server.connect() as client:
        assert not offered(client)[CAP]
        client.send("NICK ada", f"REGISTER * * :{PASSWORD}")
        failed = client.expect("FAIL").params
        assert failed[:3] == ["REGISTER", "COMPLETE_CONNECTION_REQUIRED", "ada"]
        finish(client, "ada")
        assert make_account(client) == "ada"
