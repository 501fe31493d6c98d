"""Logging in (https://ircv3.net/specs/extensions/sasl-3.1 and sasl-3.2)."""

import base64
from pathlib import Path

import pytest

from core.config import Config, ServerConfig
from core.runtime import tls
from tests.conformance.accounts import PASSWORD, finish, log_in, make_account, plain
from tests.conformance.setting import NAME, Connect
from tests.fakes.irc import Client, any_certificate, codes, one, only
from tests.fakes.server import Server


def offered(client: Client) -> dict[str, str]:
    """Capabilities with their values."""
    answers = only(client.ask("CAP LS 302"), "CAP")
    words = " ".join(answer.params[-1] for answer in answers).split()
    return {word.partition("=")[0]: word.partition("=")[2] for word in words}


def test_the_mechanisms_are_its_value(raw: Client) -> None:
    """Servers SHOULD advertise the available SASL authentication mechanisms in the value of the
    sasl client capability in CAP LS.  The value, if present, MUST be a comma (,) separated list
    of SASL authentication mechanisms.

    https://ircv3.net/specs/extensions/sasl-3.2#mechanism-list-in-cap-ls
    """
    assert set(offered(raw)["sasl"].split(",")) == {"EXTERNAL", "SCRAM-SHA-256", "PLAIN"}


@pytest.mark.parametrize("mechanism", ["PLAIN", "SCRAM-SHA-256"])
def test_a_login_before_the_registration(connect: Connect, raw: Client, mechanism: str) -> None:
    """If authentication is successful, a 900 and 903 numeric will be sent.

    :server 900 <nick> <nick>!<ident>@<host> <account> :You are now logged in as <user>
    :server 903 <nick> :SASL authentication successful

    https://ircv3.net/specs/extensions/sasl-3.1#numerics-used-by-this-extension
    """
    account = make_account(connect())
    raw.send("CAP REQ :sasl", "NICK someone", "USER ident 0 * :A person")
    told = log_in(raw, account, mechanism=mechanism)
    first, second = told[-2:]
    prefix = "someone!~ident@127.0.0.1"
    text = f"You are now logged in as {account}"
    assert (first.source, first.command) == (NAME, "900")
    assert first.params == ["someone", prefix, account, text]
    assert second.command == "903"
    assert second.params == ["someone", "SASL authentication successful"]
    greeting = finish(raw, account)
    assert greeting[0].command == "001"
    assert one(raw.ask(f"WHOIS {account}"), "330").params[1:3] == [account, account]


@pytest.mark.parametrize("mechanism", ["PLAIN", "SCRAM-SHA-256"])
@pytest.mark.parametrize("exists", [True, False])
def test_a_login_that_fails(
    connect: Connect, raw: Client, nick: str, mechanism: str, exists: bool
) -> None:
    """If authentication fails, a 904 or 905 numeric will be sent and the client MAY retry from
    the AUTHENTICATE <mechanism> command.

    https://ircv3.net/specs/extensions/sasl-3.1#the-authenticate-command
    """
    account = make_account(connect())
    raw.send("CAP REQ :sasl")
    told = log_in(raw, account if exists else nick, "wrong", mechanism)
    assert told[-1].command == "904"
    assert told[-1].params == ["*", "SASL authentication failed"]
    assert not only(told, "900")
    assert log_in(raw, account)[-1].command == "903"


def test_a_mechanism_that_there_is_not(raw: Client) -> None:
    """908 aka RPL_SASLMECHS MAY be sent in reply to an AUTHENTICATE command which requests an
    unsupported mechanism.  (...) If this fails, a 904 numeric will be sent and the session state
    remains unchanged; the client MAY try another mechanism.

    https://ircv3.net/specs/extensions/sasl-3.1#numerics-used-by-this-extension
    """
    mechanisms, failed = raw.ask("CAP REQ :sasl", "AUTHENTICATE FANCY")[1:]
    assert mechanisms.command == "908"
    assert "PLAIN" in mechanisms.params[1].split(",")
    assert failed.command == "904"
    assert codes(raw.ask("AUTHENTICATE PLAIN")) == ["AUTHENTICATE"]


def test_it_begins_with_an_empty_response(raw: Client) -> None:
    """If the chosen mechanism is client-first, the server sends an empty response
    (AUTHENTICATE +, as described below).

    https://ircv3.net/specs/extensions/sasl-3.1#the-authenticate-command
    """
    for mechanism in ("PLAIN", "scram-sha-256", "EXTERNAL"):
        (answer,) = only(raw.ask(f"AUTHENTICATE {mechanism}", "AUTHENTICATE *"), "AUTHENTICATE")
        assert answer.params == ["+"]


def test_aborting(raw: Client) -> None:
    """The client can abort an authentication by sending an asterisk as the data.  The server will
    send a 906 numeric.

    https://ircv3.net/specs/extensions/sasl-3.1#the-authenticate-command
    """
    raw.ask("AUTHENTICATE PLAIN")
    (aborted,) = raw.ask("AUTHENTICATE *")
    assert (aborted.command, aborted.params[1]) == ("906", "SASL authentication aborted")


def test_a_response_in_chunks(connect: Connect, raw: Client) -> None:
    """The response is encoded in Base64, then split to 400-byte chunks, and each chunk is sent as a
    separate AUTHENTICATE command.  (...) If the last chunk was exactly 400 bytes long, it must
    also be followed by AUTHENTICATE + to signal end of response.

    https://ircv3.net/specs/extensions/sasl-3.1#the-authenticate-command
    """
    client = connect()
    password = "x" * (298 - len(client.nick))  # 300 bytes are 400 of Base64
    client.ask(f"REGISTER * * {password}")
    payload = plain(client.nick, password)
    assert len(payload) == 400
    raw.ask("AUTHENTICATE PLAIN")
    assert raw.ask(f"AUTHENTICATE {payload}") == []
    assert codes(raw.ask("AUTHENTICATE +")) == ["900", "903"]
    raw.ask("AUTHENTICATE PLAIN")
    wrong = base64.b64encode(b"\0".join([b"", client.nick.encode(), b"x" * 500])).decode()
    raw.send(*(f"AUTHENTICATE {wrong[start : start + 400]}" for start in range(0, 800, 400)))
    assert raw.expect("903", "904").command == "904"


def test_a_parameter_that_is_too_long(raw: Client) -> None:
    """905 aka ERR_SASLTOOLONG is sent when (...) the SASL authentication fails because the
    client-sent AUTHENTICATE command was too long (i.e. the parameter longer than 400 bytes).

    https://ircv3.net/specs/extensions/sasl-3.1#numerics-used-by-this-extension
    """
    raw.ask("AUTHENTICATE PLAIN")
    assert codes(raw.ask(f"AUTHENTICATE {'A' * 401}")) == ["905"]


def test_a_response_that_has_no_end(raw: Client) -> None:
    """The server MAY place a limit on the total length of a response.

    https://ircv3.net/specs/extensions/sasl-3.1#the-authenticate-command
    """
    raw.ask("AUTHENTICATE PLAIN")
    assert "905" in codes(raw.ask(*[f"AUTHENTICATE {'A' * 400}"] * 11))


def test_a_registration_that_does_not_wait(raw: Client, nick: str) -> None:
    """If the client completes registration (with CAP END, NICK, USER and any other necessary
    messages) while the SASL authentication is still in progress, the server SHOULD abort it and
    send a 906 numeric, then register the client without authentication.

    https://ircv3.net/specs/extensions/sasl-3.1#the-authenticate-command
    """
    raw.ask("CAP REQ :sasl", "AUTHENTICATE PLAIN")
    assert codes(finish(raw, nick))[:2] == ["906", "001"]


def test_a_login_after_the_registration(connect: Connect) -> None:
    """Servers SHOULD allow a client, authenticated or otherwise, to reauthenticate by sending a new
    AUTHENTICATE message at any time.

    https://ircv3.net/specs/extensions/sasl-3.2#sasl-reauthentication
    """
    one_account, other = make_account(connect()), make_account(connect())
    client = connect()
    for account in (one_account, other, other):
        told = log_in(client, account)
        assert told[-1].command == "903"
        assert one(told, "900").params[2] == account
        client.drain()
        client.nick = account
        assert one(client.ask(f"WHOIS {account}"), "330").params[2] == account


def test_logging_out(connect: Connect) -> None:
    """901 aka RPL_LOGGEDOUT is sent when the user's account name is unset (whether by SASL or
    otherwise).

    :server 901 <nick> <nick>!<ident>@<host> :You are now logged out

    https://ircv3.net/specs/extensions/sasl-3.1#numerics-used-by-this-extension
    """
    client = connect()
    account = make_account(client)
    told = one(client.ask("PRIVMSG NickServ :LOGOUT"), "901")
    prefix = f"{account}!~{account}@127.0.0.1"
    assert told.params == [account, prefix, "You are now logged out"]


def test_a_login_has_a_label(connect: Connect) -> None:
    """Each answer belongs to the line that it answers; the last one has 900 and 903.

    https://ircv3.net/specs/extensions/labeled-response
    """
    account = make_account(connect())
    client = connect(caps="batch labeled-response sasl")
    (begun,) = client.ask("@label=1 AUTHENTICATE PLAIN")
    assert (begun.command, begun.tags["label"]) == ("AUTHENTICATE", "1")
    client.send(f"@label=2 AUTHENTICATE {plain(account)}")
    batch = client.expect("BATCH")
    assert batch.tags["label"] == "2"
    assert codes(client.read_until(lambda message: message.command == "903")) == ["900", "903"]


def test_nobody_acts_as_somebody_else(connect: Connect, raw: Client) -> None:
    """The server will verify (...) that the authentication credentials permit the client to act
    as the (presented or derived) authorization identity (authzid).

    https://www.rfc-editor.org/rfc/rfc4616#section-2
    """
    one_account, other = make_account(connect()), make_account(connect())
    raw.ask("AUTHENTICATE PLAIN")
    raw.send(f"AUTHENTICATE {plain(one_account, authzid=other)}")
    assert raw.expect("903", "904").command == "904"
    raw.ask("AUTHENTICATE PLAIN")
    raw.send(f"AUTHENTICATE {plain(one_account, authzid=one_account.upper())}")
    assert raw.expect("903", "904").command == "903"


def test_the_salt_says_nothing(raw: Client, connect: Connect, nick: str) -> None:
    """An account that does not exist has a salt as well, always the same, and the same cost.

    https://www.rfc-editor.org/rfc/rfc5802#section-9
    """
    known = make_account(connect())
    asked: dict[str, tuple[str, str]] = {}
    for account in (known, nick, nick):
        raw.ask("AUTHENTICATE SCRAM-SHA-256")
        first = base64.b64encode(f"n,,n={account},r=abc".encode()).decode()
        raw.send(f"AUTHENTICATE {first}")
        answer = base64.b64decode(raw.expect("AUTHENTICATE").params[0]).decode()
        nonce, salt, cost = answer.split(",")
        assert nonce.startswith("r=abc")
        assert asked.setdefault(account, (salt, cost)) == (salt, cost)
        assert len(salt) == len(asked[known][0])
        assert cost == asked[known][1]
        raw.ask("AUTHENTICATE *")


def test_a_certificate(server: Server, tmp_path: Path, nick: str) -> None:
    """The EXTERNAL mechanism: the client (...) requests the server to use credentials established
    by means external to the mechanism.

    https://www.rfc-editor.org/rfc/rfc4422#appendix-A
    """
    context = any_certificate()
    context.load_cert_chain(*tls.prepare(Config(server=ServerConfig(data=str(tmp_path)))))
    with server.connect(tls=context) as client:
        client.register(nick)
        make_account(client)
        assert "may log in" in one(client.ask("NS CERT ADD"), "NOTICE").params[-1]
    for wanted, told in (("", "903"), (nick, "903"), ("other", "904")):
        with server.connect(tls=context) as client:
            client.send("CAP REQ :sasl")
            assert log_in(client, wanted, "", "EXTERNAL")[-1].command == told
    with server.connect(tls=True) as stranger:
        assert log_in(stranger, nick, "", "EXTERNAL")[-1].command == "904"


def test_a_password_is_shown_to_nobody(connect: Connect, server: Server) -> None:
    """What is said to NickServ is neither echoed nor kept, nor is any of it logged."""
    caps = "echo-message batch draft/chathistory message-tags"
    client, other = connect(caps=caps), connect(caps=caps)
    secret = "hunter2-and-more"
    told = client.ask(f"PRIVMSG NickServ :REGISTER {secret}", f"NS IDENTIFY x {secret}")
    told += client.ask("CHATHISTORY LATEST NickServ * 10", f"NS PASSWD {PASSWORD} {secret}")
    shown = [word for message in told + other.drain() for word in message.params]
    assert not [word for word in shown if secret in word]
    assert secret not in server.log()
