"""Logging in while registering and later, by every answer that a server may give."""

import pytest

from core.client.events import (
    AccountRegistered,
    CloseConnection,
    ErrorReceived,
    LoggedIn,
    LoggedOut,
    LoginFailed,
    Registered,
    RegistrationFailed,
    VerificationRequired,
)
from core.client.login import LOGIN_LASTS
from core.client.settings import ClientSettings
from core.session import sasl
from core.wire import scram
from core.wire.authenticate import split
from tests.core.client.talk import Talk

PLAIN = "AGFkYQBzZXNhbWU="  # NUL ada NUL sesame
LOGGED_IN = "900 ada ada!ada@host Ada :You are now logged in as Ada"
SUCCESS = "903 ada :SASL authentication successful"
WRONG = "904 ada :SASL authentication failed"


def asked(offer: str = "sasl=PLAIN", **changes: object) -> Talk:
    """A session with an account, to which the server has shown and given its capabilities."""
    settings = {"account": "ada", "account_password": "sesame"} | changes
    talk = Talk(ClientSettings("ada", **settings))  # type: ignore[arg-type]
    talk.connect()
    talk.server(f"CAP * LS :{offer}")
    for line in talk.sent():
        assert line.startswith("CAP REQ ")
        talk.server("CAP * ACK :" + line.removeprefix("CAP REQ ").removeprefix(":"))
    return talk


def welcome(talk: Talk) -> None:
    talk.server("001 ada :Hi", "422 ada :No message of the day")


def test_plain() -> None:
    talk = asked("batch sasl=PLAIN")
    assert talk.sent() == ["AUTHENTICATE PLAIN"]
    talk.server("AUTHENTICATE +")
    assert talk.sent() == [f"AUTHENTICATE {PLAIN}"]
    talk.server(LOGGED_IN)
    assert talk.one(LoggedIn).account == "Ada"
    assert talk.session.account == "Ada"
    talk.server(SUCCESS)
    assert talk.sent() == ["CAP END"]
    welcome(talk)
    assert talk.one(Registered).features.login
    assert talk.session.next_timer() is not None
    assert not [event for event in talk.wait(LOGIN_LASTS * 2) if isinstance(event, LoginFailed)]


def test_a_long_password_goes_in_chunks() -> None:
    talk = asked(account_password="x" * 400)
    talk.sent()
    talk.server("AUTHENTICATE +")
    lines = talk.sent()
    assert [len(line) for line in lines] == [13 + 400, 13 + 140]


def test_without_an_account_nothing_is_asked_for() -> None:
    talk = Talk()
    talk.connect()
    talk.server("CAP * LS :sasl=PLAIN")
    assert talk.sent() == ["CAP END"]
    welcome(talk)
    assert not talk.of(LoginFailed)


def scram_server(talk: Talk, password: str) -> None:
    """Play the server's part of SCRAM, as the real one does."""
    server = sasl.begin("SCRAM-SHA-256", nonce="xyz", secret=b"", certificate_account=None)
    assert server is not None
    talk.server("AUTHENTICATE +")
    while True:
        (line,) = talk.sent()
        step = server.receive(line.removeprefix("AUTHENTICATE "))
        if isinstance(step, sasl.Lookup):
            step = server.resume(scram.make_verifier(password, b"salt", 4096))
        if isinstance(step, sasl.Challenge):
            talk.server(*(f"AUTHENTICATE {chunk}" for chunk in split(step.data)))
            continue
        talk.server(*([LOGGED_IN, SUCCESS] if isinstance(step, sasl.Done) else [WRONG]))
        return


def scram_talk() -> Talk:
    talk = Talk(account="ada", account_password="sesame")
    talk.session.connection_made(talk.now, "client-nonce")
    talk.server("CAP * LS :sasl=PLAIN,SCRAM-SHA-256")
    talk.server("CAP * ACK sasl")
    assert talk.sent()[-1] == "AUTHENTICATE SCRAM-SHA-256"
    return talk


def test_scram() -> None:
    talk = scram_talk()
    scram_server(talk, "sesame")
    assert talk.one(LoggedIn).account == "Ada"
    assert talk.sent() == ["CAP END"]


def test_scram_with_a_wrong_password() -> None:
    talk = scram_talk()
    scram_server(talk, "other")
    failed = talk.one(LoginFailed)
    assert (failed.code, failed.ends) == ("904", False)
    assert failed.sentence == "The account or the password is wrong."
    assert talk.sent() == ["CAP END"]


def test_a_server_that_skips_its_proof() -> None:
    talk = scram_talk()
    talk.server("AUTHENTICATE +", LOGGED_IN, SUCCESS)
    assert "prove" in talk.one(LoginFailed).sentence
    assert talk.session.account == ""


def test_a_server_that_breaks_the_rules() -> None:
    talk = scram_talk()
    talk.server("AUTHENTICATE +")
    talk.sent()
    talk.server("AUTHENTICATE ?")
    assert talk.sent() == ["AUTHENTICATE *"]
    talk.server("AUTHENTICATE +")
    assert talk.sent() == []
    talk.server("906 ada :SASL authentication aborted")
    assert "rules" in talk.one(LoginFailed).sentence
    assert talk.sent() == ["CAP END"]


def test_a_challenge_in_chunks() -> None:
    talk = scram_talk()
    talk.server("AUTHENTICATE +")
    talk.sent()
    challenge = f"r=client-nonce-xyz,s={'A' * 400},i=4096"
    first, second = split(challenge.encode())
    talk.server(f"AUTHENTICATE {first}")
    assert talk.sent() == []
    talk.server(f"AUTHENTICATE {second}")
    (line,) = talk.sent()
    assert line != "AUTHENTICATE *"


def test_a_certificate() -> None:
    talk = asked("sasl=PLAIN,EXTERNAL", account="", account_password="", sasl_mechanism="external")
    assert talk.sent() == ["AUTHENTICATE EXTERNAL"]
    talk.server("AUTHENTICATE +")
    assert talk.sent() == ["AUTHENTICATE +"]
    talk.server(WRONG)
    assert "certificate" in talk.one(LoginFailed).sentence


def test_the_account_of_our_nick() -> None:
    talk = asked(account="")
    talk.server("AUTHENTICATE +")
    assert talk.sent()[-1] == f"AUTHENTICATE {PLAIN}"


@pytest.mark.parametrize("code", ["902", "904", "905", "906", "907"])
def test_refused(code: str) -> None:
    talk = asked()
    talk.server("AUTHENTICATE +", f"{code} ada :No")
    failed = talk.one(LoginFailed)
    assert (failed.account, failed.code, failed.ends) == ("ada", code, False)
    assert failed.sentence != "No."
    assert talk.sent()[-1] == "CAP END"
    welcome(talk)
    assert talk.one(Registered)
    assert talk.session.account == ""


def test_another_mechanism_if_one_is_not_there() -> None:
    talk = scram_talk()
    talk.server("908 ada PLAIN,FOO :are available SASL mechanisms", WRONG)
    assert talk.events == []
    assert talk.sent() == ["AUTHENTICATE PLAIN"]
    talk.server("904 ada :Not now")
    failed = talk.one(LoginFailed)
    assert (failed.sentence, failed.code) == ("Not now.", "904")


def test_a_server_that_lists_no_mechanisms() -> None:
    assert asked("sasl").sent() == ["AUTHENTICATE PLAIN"]
    talk = asked("sasl", sasl_mechanism="SCRAM-SHA-256")
    assert talk.one(LoginFailed).code == ""
    assert talk.sent() == ["CAP END"]


def test_no_server_knows_this_character() -> None:
    talk = asked(account_password="a\0b")
    assert "character" in talk.one(LoginFailed).sentence
    assert talk.sent() == ["CAP END"]


def test_a_server_without_accounts() -> None:
    talk = Talk(account="ada", account_password="sesame")
    talk.connect()
    talk.server("CAP * LS :batch")
    assert talk.one(LoginFailed).code == ""
    assert talk.sent() == ["CAP REQ batch"]
    talk.server("CAP * ACK batch")
    assert talk.sent() == ["CAP END"]


def test_a_server_without_cap() -> None:
    talk = Talk(account="ada", account_password="sesame")
    talk.welcome("")
    assert talk.one(LoginFailed)
    assert talk.one(Registered)


def test_the_capability_is_refused() -> None:
    talk = Talk(account="ada", account_password="sesame")
    talk.connect()
    talk.server("CAP * LS :batch sasl")
    talk.sent()
    talk.server("CAP * NAK :batch sasl")
    assert talk.sent() == ["CAP REQ batch", "CAP REQ sasl"]
    talk.server("CAP * ACK batch")
    talk.server("CAP * NAK sasl")
    assert talk.one(LoginFailed)
    assert talk.sent() == ["CAP END"]
    talk.server("CAP * NAK sasl", "CAP * ACK sasl")
    assert talk.events == []


def test_a_silent_server() -> None:
    talk = asked()
    talk.sent()
    talk.wait(LOGIN_LASTS)
    assert "did not answer" in talk.one(LoginFailed).sentence
    assert talk.sent() == ["AUTHENTICATE *", "CAP END"]
    talk.server(SUCCESS, "AUTHENTICATE +")
    assert talk.events == []
    assert talk.sent() == []


def test_a_silence_after_we_broke_it_off() -> None:
    talk = asked()
    talk.server("AUTHENTICATE ?")
    talk.wait(LOGIN_LASTS)
    assert "rules" in talk.one(LoginFailed).sentence


def test_success_after_we_broke_it_off_is_none() -> None:
    talk = asked()
    talk.server("AUTHENTICATE ?", LOGGED_IN, SUCCESS)
    assert talk.one(LoginFailed)
    assert talk.session.account == ""


def test_a_welcome_before_the_end_of_the_login() -> None:
    talk = asked()
    welcome(talk)
    assert talk.one(LoginFailed)
    assert talk.one(Registered)


# Logins that must be.


def test_a_login_that_is_required() -> None:
    talk = asked(login_required=True)
    talk.sent()
    talk.server("AUTHENTICATE +", WRONG)
    assert talk.one(LoginFailed).ends
    refused = talk.one(RegistrationFailed)
    assert (refused.numeric, refused.permanent) == ("904", True)
    assert talk.one(CloseConnection)
    assert "CAP END" not in talk.sent()


def test_a_required_login_on_a_server_without_cap() -> None:
    talk = Talk(account="ada", account_password="sesame", login_required=True)
    talk.connect()
    talk.server("421 * CAP :Unknown command", "001 ada :Hi", "422 ada :None")
    failed = talk.one(LoginFailed)
    assert (failed.ends, "no accounts" in failed.sentence) == (True, True)
    assert not talk.of(Registered)
    assert not talk.one(RegistrationFailed).permanent
    assert talk.one(CloseConnection)


# Later.


def test_a_reconnection_logs_in_again() -> None:
    talk = asked()
    talk.server("AUTHENTICATE +", LOGGED_IN, SUCCESS)
    talk.sent()
    talk.lose()
    talk.connect()
    assert talk.session.account == ""
    talk.server("CAP * LS :sasl=PLAIN", "CAP * ACK sasl")
    assert talk.sent() == ["CAP REQ sasl", "AUTHENTICATE PLAIN"]


def test_log_in_while_connected() -> None:
    talk = Talk()
    talk.welcome("sasl=PLAIN")
    talk.session.log_in("ada", "sesame", talk.now)
    assert talk.sent() == ["CAP REQ sasl"]
    talk.server("CAP ada ACK sasl")
    assert talk.sent() == ["AUTHENTICATE PLAIN"]
    talk.session.log_in("ada", "other", talk.now)
    talk.server("AUTHENTICATE +")
    assert talk.one(ErrorReceived).command == "AUTHENTICATE"
    assert talk.sent() == [f"AUTHENTICATE {PLAIN}"]
    talk.server(LOGGED_IN, SUCCESS)
    assert talk.one(LoggedIn)
    assert talk.sent() == []
    # Again: the capability is there now.
    talk.session.log_in("bob", "sesame", talk.now)
    assert talk.sent() == ["AUTHENTICATE PLAIN"]
    talk.server("AUTHENTICATE +", WRONG)
    assert talk.one(LoginFailed).account == "bob"
    assert talk.session.account == "Ada"


def test_log_in_where_there_are_no_accounts() -> None:
    talk = Talk(login_required=True)
    talk.welcome("batch")
    talk.session.log_in("ada", "sesame", talk.now)
    (failed,) = talk.session.take_events()
    assert isinstance(failed, LoginFailed)
    assert not failed.ends


def test_log_in_before_there_is_a_connection() -> None:
    talk = Talk()
    talk.session.log_in("ada", "sesame", talk.now)
    talk.connect()
    talk.server("CAP * LS :sasl=PLAIN")
    assert talk.sent() == ["CAP REQ sasl"]


def test_log_in_too_late_for_the_negotiation() -> None:
    talk = Talk()
    talk.connect()
    talk.server("CAP * LS :sasl=PLAIN")
    talk.session.log_in("ada", "sesame", talk.now)
    welcome(talk)
    assert talk.sent() == ["CAP END", "CAP REQ sasl"]


def test_logged_out() -> None:
    talk = asked()
    talk.server(LOGGED_IN, "901 ada ada!ada@host :You are now logged out")
    assert talk.one(LoggedOut)
    assert talk.session.account == ""


def test_a_refusal_that_nobody_waits_for() -> None:
    talk = Talk()
    talk.welcome("batch")
    talk.server(WRONG)
    error = talk.one(ErrorReceived)
    assert (error.code, error.command) == ("904", "AUTHENTICATE")


# Making an account.


def registering(offer: str = "draft/account-registration=email-required,x=1") -> Talk:
    talk = Talk()
    talk.welcome(f"sasl=PLAIN {offer}")
    return talk


@pytest.mark.parametrize(
    ("offer", "available", "email_required"),
    [
        ("draft/account-registration=before-connect,email-required", True, True),
        ("draft/account-registration=email-required=x", True, True),
        ("draft/account-registration=custom-account-name", True, False),
        ("draft/account-registration", True, False),
        ("batch", False, False),
    ],
)
def test_features(offer: str, available: bool, email_required: bool) -> None:
    features = registering(offer).one(Registered).features
    assert features.account_registration is available
    assert features.email_required is email_required
    assert features.login


def test_register() -> None:
    talk = registering()
    talk.session.register_account("se same")
    assert talk.sent() == ["REGISTER * * :se same"]
    talk.server("REGISTER SUCCESS Ada :Account created")
    assert talk.one(AccountRegistered).account == "Ada"
    assert talk.session.account == "Ada"
    talk.lose()
    talk.connect()
    talk.server("CAP * LS :sasl=PLAIN", "CAP * ACK sasl", "AUTHENTICATE +")
    assert talk.sent()[-1] == "AUTHENTICATE " + split(b"\0Ada\0se same")[0]


@pytest.mark.parametrize(
    ("kept", "sent"),
    [(("ada", "new one"), "AUTHENTICATE " + split(b"\0ada\0new one")[0]), (("", ""), "CAP END")],
)
def test_what_is_kept_for_the_next_connection(kept: tuple[str, str], sent: str) -> None:
    talk = registering()
    talk.session.keep_login(*kept)
    assert talk.sent() == []
    talk.lose()
    talk.connect()
    talk.server("CAP * LS :sasl=PLAIN")
    talk.server("CAP * ACK sasl", "AUTHENTICATE +")
    assert talk.sent()[-1] == sent


def test_a_login_under_way_is_not_disturbed() -> None:
    talk = Talk(ClientSettings("ada", account="ada", account_password="sesame"))
    talk.connect()
    talk.server("CAP * LS :sasl=PLAIN", "CAP * ACK sasl")
    talk.session.keep_login("", "")
    talk.server("AUTHENTICATE +")
    assert talk.sent()[-1] == "AUTHENTICATE " + split(b"\0ada\0sesame")[0]


def test_register_with_a_code() -> None:
    talk = registering()
    talk.session.register_account("sesame", "ada@example.org")
    assert talk.sent() == ["REGISTER * ada@example.org sesame"]
    talk.server("REGISTER VERIFICATION_REQUIRED ada :Read your mail")
    required = talk.one(VerificationRequired)
    assert (required.account, required.sentence) == ("ada", "Read your mail.")
    assert talk.session.account == ""
    talk.session.verify_account("ada", "1234")
    assert talk.sent() == ["VERIFY ada 1234"]
    talk.server("VERIFY SUCCESS ada :Welcome")
    assert talk.one(AccountRegistered).account == "ada"


def test_refused_registration() -> None:
    talk = registering()
    talk.session.register_account("x")
    talk.server("FAIL REGISTER WEAK_PASSWORD ada :Choose a longer one")
    error = talk.one(ErrorReceived)
    assert (error.code, error.command) == ("WEAK_PASSWORD", "REGISTER")
    assert error.sentence == "Choose a longer one."


def test_register_without_a_connection() -> None:
    talk = Talk()
    talk.session.register_account("sesame")
    (error,) = talk.session.take_events()
    assert isinstance(error, ErrorReceived)
    assert "sesame" not in repr(error)


def test_other_answers_are_of_no_interest() -> None:
    talk = registering()
    talk.server("REGISTER", "REGISTER FOO ada :?", "VERIFY SUCCESS ada :By somebody else")
    assert [type(event) for event in talk.events] == [AccountRegistered]


def test_passwords_are_not_shown() -> None:
    settings = ClientSettings("ada", password="swordfish", account_password="sesame")
    talk = Talk(settings)
    talk.session.register_account("secret")
    for shown in (repr(settings), repr(talk.session._state.login)):
        assert not any(word in shown for word in ("swordfish", "sesame", "secret"))
