"""Keys and grammar of SCRAM-SHA-256, on the example of RFC 7677, 3."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.wire import scram
from core.wire.authenticate import decode, encode
from core.wire.scram import BadMessage

NONCE = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
AUTH_MESSAGE = (
    f"n=user,r=rOprNGfwEbeRWgbNEkqO,r={NONCE},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r={NONCE}"
)
SALT = decode("W22ZaJ0SNY7soEsUEjb6gQ==")


def test_the_keys_of_the_example() -> None:
    salted = scram.salted_password("pencil", SALT, 4096)
    proof = scram.client_proof(salted, AUTH_MESSAGE)
    assert encode(proof) == "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
    verifier = scram.make_verifier("pencil", SALT, 4096)
    signature = scram.server_signature(verifier.server_key, AUTH_MESSAGE)
    assert encode(signature) == "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="
    assert scram.proof_is_right(verifier, AUTH_MESSAGE, proof)
    assert not scram.proof_is_right(verifier, AUTH_MESSAGE + "x", proof)
    assert not scram.proof_is_right(verifier, AUTH_MESSAGE, proof[:-1])
    assert not scram.proof_is_right(verifier, AUTH_MESSAGE, bytes(32))


def test_passwords_are_prepared() -> None:
    assert scram.make_verifier("I\u00adX", SALT, 1) == scram.make_verifier("\u2168", SALT, 1)


def test_a_made_up_verifier_is_always_the_same() -> None:
    made_up = scram.made_up_verifier("ada", b"secret")
    assert made_up == scram.made_up_verifier("ada", b"secret")
    assert made_up.salt != scram.made_up_verifier("bob", b"secret").salt
    assert made_up.salt != scram.made_up_verifier("ada", b"other").salt
    real = scram.make_verifier("pencil", SALT)
    assert len(made_up.salt) == len(real.salt)
    assert made_up.iterations == real.iterations


def test_a_verifier_shows_nothing_of_itself() -> None:
    assert "stored_key" not in repr(scram.make_verifier("pencil", SALT, 1))


@pytest.mark.parametrize(
    ("text", "names", "values"),
    [
        ("n=ada,r=x", ("n", "r"), ["ada", "x"]),
        ("n=ada,r=x,y=z", ("n", "r"), ["ada", "x"]),
        ("r=a=b", ("r",), ["a=b"]),
        ("v=x", ("v",), ["x"]),
    ],
)
def test_attributes(text: str, names: tuple[str, ...], values: list[str]) -> None:
    assert scram.attributes(text, *names) == values


@pytest.mark.parametrize(
    "text",
    [
        "",
        ",",
        "n=ada",
        "n=ada,",
        "n=ada,r",
        "n=ada,r=",
        "n=ada,=x",
        "n=,r=x",
        "r=x,n=ada",
        "1=x,n=ada,r=x",
        "m=x,n=ada,r=x",
        "n=ada,r=x,m=x",
        "n=ada,r=x\0",
        "n=ada,rr=x",
    ],
)
def test_bad_attributes(text: str) -> None:
    with pytest.raises(BadMessage):
        scram.attributes(text, "n", "r")


@given(st.text(st.characters(exclude_characters="\0"), min_size=1))
def test_names_there_and_back(name: str) -> None:
    escaped = scram.escape_name(name)
    assert "," not in escaped
    assert scram.unescape_name(escaped) == name


@pytest.mark.parametrize("text", ["", "a=", "=2c", "=3d", "=20", "a,b", "==3D", "a\0"])
def test_bad_names(text: str) -> None:
    with pytest.raises(BadMessage):
        scram.unescape_name(text)


@pytest.mark.parametrize("nonce", ["", "a,b", "a b", "é", "\x7f", "x" * (scram.NONCE_LENGTH + 1)])
def test_bad_nonces(nonce: str) -> None:
    with pytest.raises(BadMessage):
        scram.check_nonce(nonce)


def test_bad_bytes() -> None:
    with pytest.raises(BadMessage):
        scram.decode_text(b"\xff")
    with pytest.raises(BadMessage):
        scram.decode_value("?")
    assert scram.decode_value("AA==") == b"\0"
