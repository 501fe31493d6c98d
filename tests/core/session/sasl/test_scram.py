"""SCRAM-SHA-256: the example of RFC 7677, 3, and what may go wrong at each message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.session.sasl.scram import Scram
from core.session.sasl.steps import Challenge, Done, Failed, Lookup
from core.wire import scram
from core.wire.authenticate import decode, encode
from core.wire.scram import BadMessage, Verifier

SALT = decode("W22ZaJ0SNY7soEsUEjb6gQ==")
VERIFIER = scram.make_verifier("pencil", SALT, 4096)
OWN_NONCE = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
NONCE = "rOprNGfwEbeRWgbNEkqO" + OWN_NONCE
FIRST = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO"
CHALLENGE = f"r={NONCE},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
PROOF = "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
FINAL = f"c=biws,r={NONCE},p={PROOF}"
SIGNATURE = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="
MALFORMED = Failed("malformed")
WRONG = Failed("wrong", "user")


def exchange() -> Scram:
    return Scram(OWN_NONCE, b"secret")


def challenged(first: str = FIRST, verifier: Verifier | None = VERIFIER) -> Scram:
    """An exchange that waits for the client's second message."""
    result = exchange()
    assert isinstance(result.step(first.encode()), Lookup)
    assert isinstance(result.resume(verifier), Challenge)
    return result


def answer(first_bare: str, challenge: str, binding: str, password: str) -> bytes:
    """A client's second message."""
    nonce, salt, iterations = scram.attributes(challenge, "r", "s", "i")
    salted = scram.salted_password(password, decode(salt), int(iterations))
    without_proof = f"c={binding},r={nonce}"
    proof = scram.client_proof(salted, f"{first_bare},{challenge},{without_proof}")
    return f"{without_proof},p={encode(proof)}".encode()


def test_the_example_of_rfc_7677() -> None:
    server = exchange()
    assert server.step(FIRST.encode()) == Lookup("user")
    assert server.resume(VERIFIER) == Challenge(CHALLENGE.encode())
    assert server.step(FINAL.encode()) == Challenge(SIGNATURE.encode())
    assert server.step(b"") == Done("user", VERIFIER)


@pytest.mark.parametrize("header", ["n,,", "y,,", "n,a=user,", "y,a=USER,", "n,a=us\u00ader,"])
def test_headers(header: str) -> None:
    server = exchange()
    bare = "n=user,r=abc"
    assert server.step(f"{header}{bare}".encode()) == Lookup("user")
    challenge = server.resume(VERIFIER)
    assert isinstance(challenge, Challenge)
    response = answer(bare, challenge.data.decode(), encode(header.encode()), "pencil")
    assert isinstance(server.step(response), Challenge)


def test_names_are_unescaped_and_prepared() -> None:
    assert exchange().step("n,,n=a=2Cb=3D\u2168,r=abc".encode()) == Lookup("a,b=IX")


@pytest.mark.parametrize(
    "first",
    [
        "",
        "n",
        "n,",
        "n,,",
        "n,,n=user",
        "n,,r=abc,n=user",
        "n,,n=user,r=",
        "n,,n=user,r=a b",
        "n,,n==,r=abc",
        "n,,n=\u00ad,r=abc",
        "n,,n=a\x07,r=abc",
        "n,,m=x,n=user,r=abc",
        "n,user,n=user,r=abc",
        "n,a=,n=user,r=abc",
        "n,a==,n=user,r=abc",
        "n=user,r=abc",
        "x,,n=user,r=abc",
        "p=tls-unique,,n=user,r=abc",
        "p=tls-exporter,,n=user,r=abc",
        f"n,,n=user,r={'x' * 1000}",
    ],
)
def test_malformed_first_messages(first: str) -> None:
    assert exchange().step(first.encode()) == MALFORMED


def test_bytes_that_are_no_text() -> None:
    assert exchange().step(b"n,,n=\xff,r=abc") == MALFORMED
    assert challenged().step(b"c=biws,r=\xff,p=AA==") == MALFORMED


def test_nobody_acts_as_somebody_else() -> None:
    assert exchange().step(b"n,a=root,n=user,r=abc") == Failed("wrong")


@pytest.mark.parametrize(
    "final",
    [
        "",
        "p=" + PROOF,
        f"c=biws,r={NONCE}",
        f"r={NONCE},c=biws,p={PROOF}",
        f"c=biws,r={NONCE}x,p={PROOF}",
        f"c=biws,r={NONCE[:-1]},p={PROOF}",
        f"c=eSws,r={NONCE},p={PROOF}",  # "y,,", but "n,," was said
        f"c=biw,r={NONCE},p={PROOF}",
        f"c=biws,r={NONCE},p=?",
        f"c=biws,r={NONCE},p={PROOF},x=y",
        f"c=biws,r={NONCE},m=x,p={PROOF}",
    ],
)
def test_malformed_final_messages(final: str) -> None:
    assert challenged().step(final.encode()) == MALFORMED


@pytest.mark.parametrize("proof", [PROOF[:-8] + "AAAAAAA=", "AA==", encode(bytes(32))])
def test_wrong_proofs(proof: str) -> None:
    assert challenged().step(f"c=biws,r={NONCE},p={proof}".encode()) == WRONG


def test_extensions_are_part_of_what_is_signed() -> None:
    assert challenged().step(f"c=biws,r={NONCE},x=y,p={PROOF}".encode()) == WRONG


def test_nothing_may_follow_the_proof() -> None:
    server = challenged()
    assert isinstance(server.step(FINAL.encode()), Challenge)
    assert server.step(b"x") == MALFORMED


def test_an_unknown_account_looks_like_a_wrong_password() -> None:
    challenges = []
    for first in (FIRST, FIRST, FIRST.replace("user", "USER")):
        server = exchange()
        server.step(first.encode())
        challenge = server.resume(None)
        assert isinstance(challenge, Challenge)
        challenges.append(challenge.data.decode())
        assert server.step(FINAL.encode()) == Failed("wrong", first[5:9])
    assert len(set(challenges)) == 1
    salt, iterations = scram.attributes(challenges[0], "r", "s", "i")[1:]
    assert len(decode(salt)) == scram.SALT_BYTES
    assert iterations == str(scram.ITERATIONS)


def test_even_the_made_up_key_opens_nothing() -> None:
    """The account may be made between the two messages, but was not there to be looked up."""
    server = challenged(verifier=None)
    server._verifier = VERIFIER
    server._challenge = CHALLENGE
    assert server.step(FINAL.encode()) == WRONG


def test_a_bad_nonce_is_our_mistake() -> None:
    with pytest.raises(BadMessage):
        Scram("a,b", b"secret")


@given(st.lists(st.binary(max_size=60), min_size=1, max_size=3))
def test_any_bytes_are_answered(messages: list[bytes]) -> None:
    server = challenged()
    for data in messages:
        assert server.step(data) in (MALFORMED, WRONG)


@given(st.text(max_size=60))
def test_any_first_message_is_answered(rest: str) -> None:
    assert isinstance(exchange().step(b"n,," + rest.encode(errors="replace")), Failed | Lookup)
