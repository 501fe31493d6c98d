"""SCRAM-SHA-256 as both ends need it: keys, proofs, and the grammar of the messages.

What a server keeps (``Verifier``) lets it check a proof of the password, and prove to the client
that it knows the account, without either side ever sending the password.  Sources: RFC 5802
(https://www.rfc-editor.org/rfc/rfc5802), with SHA-256 as of RFC 7677.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass

from core.errors import PeerError
from core.wire.authenticate import BadPayload, decode
from core.wire.saslprep import saslprep

# The work of one guess at a stolen verifier.  RFC 7677 asks for 4096 at least; 10,000 cost a
# client 4 ms here, and stay bearable for clients that do it in JavaScript or on a phone.
ITERATIONS = 10_000
LEAST_ITERATIONS = 4096
SALT_BYTES = 16
# Characters of one side's nonce at most.
NONCE_LENGTH = 256

_NONCE = re.compile(r"[\x21-\x2b\x2d-\x7e]+")
_NAME = re.compile(r"(?:[^=,\0]|=2C|=3D)+")
_ATTRIBUTE = re.compile(r"([A-Za-z])=([^\0,]+)")


class BadMessage(PeerError):
    """A message of the exchange that is not as the grammar wants it."""


@dataclass(frozen=True, slots=True, repr=False)
class Verifier:
    """What the server keeps of a password (RFC 5802, 2.2: the authentication information)."""

    salt: bytes
    iterations: int
    stored_key: bytes
    server_key: bytes


# Keys and proofs (RFC 5802, 3).


def salted_password(password: str, salt: bytes, iterations: int) -> bytes:
    """The expensive step; it may raise Unprepared (saslprep)."""
    return hashlib.pbkdf2_hmac("sha256", saslprep(password).encode(), salt, iterations)


def make_verifier(password: str, salt: bytes, iterations: int = ITERATIONS) -> Verifier:
    """What to keep of a new password.  It takes milliseconds; may raise Unprepared (saslprep)."""
    salted = salted_password(password, salt, iterations)
    stored_key = hashlib.sha256(client_key(salted)).digest()
    return Verifier(salt, iterations, stored_key, server_key(salted))


def made_up_verifier(account: str, secret: bytes, iterations: int = ITERATIONS) -> Verifier:
    """For an account that does not exist: always the same, and no password fits.

    ``secret``: of the server, the same on all its workers and after a restart, so that nobody
    can tell the account from a real one by asking twice.
    """

    def made_up(purpose: str) -> bytes:
        return _hmac(secret, f"{purpose} of {account}".encode())

    return Verifier(made_up("salt")[:SALT_BYTES], iterations, made_up("key"), made_up("server key"))


def client_key(salted: bytes) -> bytes:
    """ClientKey, of ``salted_password``."""
    return _hmac(salted, b"Client Key")


def server_key(salted: bytes) -> bytes:
    """ServerKey, of ``salted_password``."""
    return _hmac(salted, b"Server Key")


def client_proof(salted: bytes, auth_message: str) -> bytes:
    """What shows that the client knows the password, in this exchange only."""
    key = client_key(salted)
    stored_key = hashlib.sha256(key).digest()
    return _xor(key, _hmac(stored_key, auth_message.encode()))


def server_signature(key: bytes, auth_message: str) -> bytes:
    """What shows that the server has the verifier; ``key`` is the ServerKey."""
    return _hmac(key, auth_message.encode())


def proof_is_right(verifier: Verifier, auth_message: str, proof: bytes) -> bool:
    """Judge a ``client_proof``."""
    if len(proof) != len(verifier.stored_key):
        return False
    key = _xor(proof, _hmac(verifier.stored_key, auth_message.encode()))
    return hmac.compare_digest(hashlib.sha256(key).digest(), verifier.stored_key)


def _hmac(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))


# The grammar (RFC 5802, 7).


def decode_text(data: bytes) -> str:
    """A message as text."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise BadMessage("It is not UTF-8") from None


def attributes(text: str, *names: str) -> list[str]:
    """The values of the attributes called ``names``, which ``text`` has to begin with, in order.

    Extensions may follow them, and are ignored; one that must be understood ("m") is not.
    """
    pairs = []
    for part in text.split(","):
        match = _ATTRIBUTE.fullmatch(part)
        if match is None:
            raise BadMessage("It is not a list of attributes")
        pairs.append(match.groups())
    found = [name for name, _ in pairs]
    if found[: len(names)] != list(names) or "m" in found:
        raise BadMessage("Its attributes are not those that are expected here")
    return [value for _, value in pairs[: len(names)]]


def check_nonce(nonce: str) -> str:
    """``nonce`` itself, if it is one."""
    if len(nonce) > NONCE_LENGTH or _NONCE.fullmatch(nonce) is None:
        raise BadMessage("The nonce is not printable ASCII, or too long")
    return nonce


def escape_name(name: str) -> str:
    """A prepared name as it stands in a message."""
    return name.replace("=", "=3D").replace(",", "=2C")


def unescape_name(text: str) -> str:
    """The name that was written as ``text``."""
    if _NAME.fullmatch(text) is None:
        raise BadMessage("The name is not written as it must be")
    return text.replace("=2C", ",").replace("=3D", "=")


def decode_value(text: str) -> bytes:
    """An attribute's value in base64."""
    try:
        return decode(text)
    except BadPayload as error:
        raise BadMessage(str(error)) from None
