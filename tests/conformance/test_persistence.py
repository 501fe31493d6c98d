"""Staying without a connection: draft/persistence, and draft/pre-away."""

import pytest

from tests.conformance.accounts import finish, log_in, make_account
from tests.conformance.setting import Connect, join
from tests.fakes.irc import Client, codes, one, only

CAP = "draft/persistence"


def test_the_burst_tells(connect: Connect, raw: Client) -> None:
    """If the client is authenticated and the draft/persistence capability is negotiated, servers
    MUST send a PERSISTENCE STATUS command to the client as part of the registration burst, after
    the last 005 numeric but before either 376 RPL_ENDOFMOTD or 422 ERR_NOMOTD.

    https://ircv3.net/specs/extensions/persistence#persistence-status
    """
    account = make_account(connect())
    raw.ask(f"CAP REQ :sasl {CAP}")
    log_in(raw, account)
    greeting = finish(raw, account)
    told = codes(greeting)
    place = told.index("PERSISTENCE")
    assert "005" not in told[place:]
    assert place < min(told.index(code) for code in ("376", "422") if code in told)
    assert one(greeting, "PERSISTENCE").params == ["STATUS", "DEFAULT", "ON"]


def test_rooms_come_after_the_burst(connect: Connect, raw: Client, room: str) -> None:
    """If persistence is enabled, the server MUST send a JOIN line for each channel the client is
    joined to, subsequent to sending either 376 or 422.

    https://ircv3.net/specs/extensions/persistence#persistence-status
    """
    ada, bob = connect(), connect()
    account = make_account(ada)
    join(room, ada, bob)
    ada.send("QUIT")
    ada.until_closed()
    names = one(bob.ask(f"NAMES {room}"), "353").params[-1]
    assert account in names
    raw.ask("CAP REQ sasl")
    log_in(raw, account)
    told = codes(finish(raw, account))
    assert told.index("JOIN") > max(i for i, code in enumerate(told) if code in ("376", "422"))


def test_get_and_set(connect: Connect) -> None:
    """PERSISTENCE SET <client-setting> where <client-setting> takes one of the three values
    specified above; the server replies with a PERSISTENCE STATUS command as specified above.

    https://ircv3.net/specs/extensions/persistence#persistence-set
    """
    client = connect(caps=CAP)
    make_account(client)
    for line, told in (
        ("GET", ["DEFAULT", "ON"]),
        ("SET OFF", ["OFF", "OFF"]),
        ("get", ["OFF", "OFF"]),
        ("SET ON", ["ON", "ON"]),
        ("SET default", ["DEFAULT", "ON"]),
    ):
        assert one(client.ask(f"PERSISTENCE {line}"), "PERSISTENCE").params == ["STATUS", *told]


def test_other_connections_are_told(connect: Connect, raw: Client) -> None:
    """If (...) an event occurs asynchronously that changes the persistence status (e.g. (...)
    PERSISTENCE SET from another client connection), servers SHOULD send PERSISTENCE STATUS.

    https://ircv3.net/specs/extensions/persistence#persistence-status
    """
    client = connect(caps=CAP)
    account = make_account(client)
    raw.ask(f"CAP REQ :sasl {CAP}")
    log_in(raw, account)
    finish(raw, account)
    client.ask("PERSISTENCE SET OFF")
    assert one(raw.drain(), "PERSISTENCE").params == ["STATUS", "OFF", "OFF"]


@pytest.mark.parametrize("line", ["GET", "SET ON"])
def test_not_without_an_account(connect: Connect, line: str) -> None:
    """Unauthenticated clients attempting to issue GET or SET SHOULD receive:
    FAIL PERSISTENCE ACCOUNT_REQUIRED :An account is required

    https://ircv3.net/specs/extensions/persistence#errors-and-warnings
    """
    (failed,) = connect(caps=CAP).ask(f"PERSISTENCE {line}")
    assert failed.params == ["PERSISTENCE", "ACCOUNT_REQUIRED", "An account is required"]


def test_invalid_parameters(connect: Connect) -> None:
    """On invalid parameters, the server MUST return:
    FAIL PERSISTENCE INVALID_PARAMETERS :Invalid parameters

    Implementations SHOULD ignore unrecognized subcommands.

    https://ircv3.net/specs/extensions/persistence#errors-and-warnings
    """
    client = connect(caps=CAP)
    make_account(client)
    for line in ("PERSISTENCE SET MAYBE", "PERSISTENCE SET"):
        (failed,) = client.ask(line)
        assert failed.params == ["PERSISTENCE", "INVALID_PARAMETERS", "Invalid parameters"]
    assert client.ask("PERSISTENCE FROBNICATE") == []


# draft/pre-away.


def test_away_before_the_registration(connect: Connect, raw: Client, nick: str) -> None:
    """If the capability has been negotiated, servers MUST accept the AWAY command before connection
    registration has completed.  The AWAY command has its normal semantics.

    https://ircv3.net/specs/extensions/pre-away#implementation
    """
    assert codes(raw.ask("AWAY :lunch")) == ["451"]
    raw.ask("CAP REQ draft/pre-away")
    assert codes(raw.ask("AWAY", "AWAY :lunch")) == ["305", "306"]
    finish(raw, nick)
    assert one(connect().ask(f"PRIVMSG {nick} :hi"), "301").params[1:] == [nick, "lunch"]


def test_a_device_without_its_person(connect: Connect, raw: Client, room: str) -> None:
    """Servers SHOULD treat the form AWAY * (...) as indicating that the user is not present for an
    unspecified reason.  (...) An away message of * should be treated as though the connection did
    not exist at all.

    https://ircv3.net/specs/extensions/pre-away#implementation
    """
    ada, bob = connect(), connect(caps="away-notify")
    account = make_account(ada)
    join(room, ada, bob)
    raw.ask("CAP REQ :sasl draft/pre-away", "AWAY *")
    log_in(raw, account)
    finish(raw, account)
    assert not only(bob.drain(), "AWAY")
    ada.ask("AWAY :lunch")
    assert one(bob.drain(), "AWAY").params == ["lunch"]
    raw.ask("AWAY *")
    assert one(bob.ask(f"PRIVMSG {account} :hi"), "301").params[-1] == "lunch"
