"""The client's exchanges: alone, by the examples of the RFCs, and against the server's."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.client import sasl
from core.client.sasl import MOST_ITERATIONS, External, Plain, Scram
from core.errors import PeerError
from core.session.sasl import Challenge, Check, Done, Failed, Lookup, Step, begin
from core.session.sasl.dialogue import Dialogue
from core.wire import scram
from core.wire.authenticate import Assembler, decode, split
from core.wire.saslprep import Unprepared, saslprep

CLIENT_NONCE = "rOprNGfwEbeRWgbNEkqO"
NONCE = CLIENT_NONCE + "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
CHALLENGE = f"r={NONCE},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096".encode()
NAMES = st.text(st.characters(categories=["Ll", "Lu"]), min_size=1, max_size=20)
PASSWORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


def example() -> Scram:
    return Scram("user", "pencil", CLIENT_NONCE)


def test_the_example_of_rfc_7677() -> None:
    client = example()
    assert client.respond(b"") == b"n,,n=user,r=rOprNGfwEbeRWgbNEkqO"
    assert client.respond(CHALLENGE) == (
        f"c=biws,r={NONCE},p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=".encode()
    )
    assert not client.trusted
    assert client.respond(b"v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=") == b""
    assert client.trusted


@pytest.mark.parametrize(
    "challenge",
    [
        b"",
        b"\xff",
        b"e=other-error",
        b"r=abc,s=AA==,i=4096",
        f"r={CLIENT_NONCE},s=AA==,i=4096".encode(),
        f"r={NONCE},s=AA==".encode(),
        f"r={NONCE},s=?,i=4096".encode(),
        f"r={NONCE},s=AA==,i=4095".encode(),
        f"r={NONCE},s=AA==,i={MOST_ITERATIONS + 1}".encode(),
        f"r={NONCE},s=AA==,i=-4096".encode(),
        f"r={NONCE},s=AA==,i={'9' * 5000}".encode(),
        f"m=x,r={NONCE},s=AA==,i=4096".encode(),
    ],
)
def test_bad_challenges(challenge: bytes) -> None:
    client = example()
    client.respond(b"")
    with pytest.raises(PeerError):
        client.respond(challenge)
    assert not client.trusted


@pytest.mark.parametrize("last", [b"", b"v=AA==", b"e=invalid-proof", b"v=?"])
def test_a_server_that_cannot_prove_itself(last: bytes) -> None:
    client = example()
    client.respond(b"")
    client.respond(CHALLENGE)
    with pytest.raises(PeerError):
        client.respond(last)
    assert not client.trusted


def test_names_with_commas() -> None:
    assert Scram("a,b=c", "pencil", "xyz").respond(b"") == b"n,,n=a=2Cb=3Dc,r=xyz"


def test_plain_and_external() -> None:
    plain = Plain("jilles", "sesame")
    assert plain.respond(b"") == decode("AGppbGxlcwBzZXNhbWU=")
    assert plain.trusted
    assert External("").respond(b"") == b""
    assert External("ada").respond(b"") == b"ada"


@pytest.mark.parametrize("mechanism", ["PLAIN", "SCRAM-SHA-256"])
def test_what_cannot_be_sent(mechanism: str) -> None:
    with pytest.raises(Unprepared):
        sasl.begin(mechanism, "ada", "a\0b", "xyz")


ALL = {"PLAIN", "SCRAM-SHA-256", "EXTERNAL", "FOO"}


@pytest.mark.parametrize(
    ("mechanisms", "password", "nonce", "wanted", "chosen"),
    [
        (ALL, "x", "n", "", "SCRAM-SHA-256"),
        (ALL, "x", "", "", "PLAIN"),
        (ALL - {"SCRAM-SHA-256"}, "x", "n", "", "PLAIN"),
        ({"EXTERNAL", "FOO"}, "x", "n", "", ""),
        (ALL, "", "n", "", "EXTERNAL"),
        ({"PLAIN"}, "", "n", "", ""),
        (ALL, "x", "n", "EXTERNAL", "EXTERNAL"),
        (ALL, "x", "n", "PLAIN", "PLAIN"),
        (ALL, "x", "", "SCRAM-SHA-256", ""),
        (ALL, "", "n", "PLAIN", ""),
        (ALL, "x", "n", "FOO", ""),
        ({"PLAIN"}, "x", "n", "SCRAM-SHA-256", ""),
    ],
)
def test_choice(mechanisms: set[str], password: str, nonce: str, wanted: str, chosen: str) -> None:
    assert sasl.choose(mechanisms, password, nonce, wanted) == chosen


# Both ends.


def converse(client: sasl.Exchange, server: Dialogue, stored: str | None) -> Step:
    """Let both talk to the end; ``stored`` is the password of the account, None: there is none."""
    challenge = b""
    while True:
        for chunk in split(client.respond(challenge)):
            step = server.receive(chunk)
        if isinstance(step, Lookup):
            known = stored is not None
            step = server.resume(
                scram.make_verifier(stored or "", b"salt", 4096) if known else None
            )
        if isinstance(step, Check):
            right = stored is not None and step.password == saslprep(stored)
            return Done(step.account) if right else Failed("wrong", step.account)
        if not isinstance(step, Challenge):
            assert step is not None
            return step
        assembler = Assembler()
        for chunk in split(step.data):
            whole = assembler.feed(chunk)
        assert whole is not None
        challenge = whole


def server(mechanism: str) -> Dialogue:
    dialogue = begin(mechanism, nonce="server", secret=b"secret", certificate_account="Ada")
    assert dialogue is not None
    return dialogue


@pytest.mark.parametrize("mechanism", ["PLAIN", "SCRAM-SHA-256"])
@settings(max_examples=30, deadline=None)
@given(account=NAMES, password=PASSWORDS)
def test_every_password_opens_its_account(mechanism: str, account: str, password: str) -> None:
    try:
        if not saslprep(account) or not saslprep(password):
            return
    except Unprepared:
        return
    client = sasl.begin(mechanism, account, password, "client")
    done = converse(client, server(mechanism), password)
    assert isinstance(done, Done)
    assert done.account == saslprep(account)
    assert client.trusted


@pytest.mark.parametrize("mechanism", ["PLAIN", "SCRAM-SHA-256"])
@pytest.mark.parametrize("stored", [None, "Pencil", "pencil "])
def test_no_other_password_does(mechanism: str, stored: str | None) -> None:
    client = sasl.begin(mechanism, "ada", "pencil", "client")
    assert converse(client, server(mechanism), stored) == Failed("wrong", "ada")


@pytest.mark.parametrize(
    ("account", "end"), [("", Done("Ada")), ("ada", Done("Ada")), ("bob", Failed("wrong"))]
)
def test_a_certificate(account: str, end: Step) -> None:
    assert converse(sasl.begin("EXTERNAL", account, "", ""), server("EXTERNAL"), None) == end
