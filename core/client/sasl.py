"""The client's side of SASL: what to answer to each challenge.

All mechanisms here let the client speak first, so the first challenge is empty.  An exchange
raises PeerError where the server does not keep to the rules, or cannot prove who it is; the
login has to be broken off then.
"""

from typing import Protocol

from core.client.reading import read_number
from core.wire import scram
from core.wire.authenticate import encode
from core.wire.saslprep import Unprepared, saslprep
from core.wire.scram import BadMessage

# Iterations that a server may ask of us: they are done at once, and more would be felt.
MOST_ITERATIONS = 250_000


class Exchange(Protocol):
    """One login by one mechanism."""

    @property
    def trusted(self) -> bool:
        """True if the server may now say that the login succeeded."""
        ...

    def respond(self, challenge: bytes) -> bytes:
        """The answer to a challenge.  Raises PeerError."""
        ...


class Plain:
    """PLAIN (RFC 4616): the password itself, as it was typed."""

    trusted = True

    def __init__(self, account: str, password: str) -> None:
        if "\0" in account + password:
            raise Unprepared("It holds a NUL")
        self._message = f"\0{account}\0{password}".encode(errors="replace")

    def respond(self, challenge: bytes) -> bytes:
        """The only message."""
        return self._message


class External:
    """EXTERNAL (RFC 4422, appendix A): the TLS certificate says it all."""

    trusted = True

    def __init__(self, account: str) -> None:
        self._message = account.encode(errors="replace")  # "": the certificate's own

    def respond(self, challenge: bytes) -> bytes:
        """The only message."""
        return self._message


class Scram:
    """SCRAM-SHA-256 (RFC 5802, RFC 7677): a proof, in exchange for the server's.

    ``nonce``: random and never used twice.
    """

    def __init__(self, account: str, password: str, nonce: str) -> None:
        self.trusted = False  # until the server has shown that it knows the account
        self._password = saslprep(password)
        self._nonce = scram.check_nonce(nonce)
        self._first_bare = f"n={scram.escape_name(saslprep(account))},r={nonce}"
        self._signature = b""  # what the server has to show, from our second message on
        self._messages = 0  # sent so far

    def respond(self, challenge: bytes) -> bytes:
        """First, second and third message."""
        self._messages += 1
        if self._messages == 1:
            return f"n,,{self._first_bare}".encode()
        text = scram.decode_text(challenge)
        if self._messages == 2:
            return self._prove(text).encode()
        if scram.decode_value(scram.attributes(text, "v")[0]) != self._signature:
            raise BadMessage("The server does not know the account")
        self.trusted = True
        return b""

    def _prove(self, challenge: str) -> str:
        nonce, salt, iterations = scram.attributes(challenge, "r", "s", "i")
        if not nonce.startswith(self._nonce) or nonce == self._nonce:
            raise BadMessage("The server's nonce does not belong to this exchange")
        count = read_number(iterations)
        if not scram.LEAST_ITERATIONS <= count <= MOST_ITERATIONS:
            raise BadMessage("The server asks for too few or too many iterations")
        salted = scram.salted_password(self._password, scram.decode_value(salt), count)
        without_proof = f"c={encode(b'n,,')},r={nonce}"
        auth_message = f"{self._first_bare},{challenge},{without_proof}"
        self._signature = scram.server_signature(scram.server_key(salted), auth_message)
        return f"{without_proof},p={encode(scram.client_proof(salted, auth_message))}"


def choose(mechanisms: set[str], password: str, nonce: str, wanted: str) -> str:
    """The best of ``mechanisms`` for what there is to show, "" for none.

    ``wanted``: the only one to use, "" for any; ``nonce``: "" where there is none for SCRAM.
    """
    if wanted == "EXTERNAL" or not password:
        usable: tuple[str, ...] = ("EXTERNAL",)
    else:
        usable = ("SCRAM-SHA-256", "PLAIN") if nonce else ("PLAIN",)
    for name in usable:
        if name in mechanisms and wanted in ("", name):
            return name
    return ""


def begin(mechanism: str, account: str, password: str, nonce: str) -> Exchange:
    """An exchange by a mechanism that ``choose`` named.  Raises PeerError (Unprepared)."""
    if mechanism == "EXTERNAL":
        return External(account)
    if mechanism == "PLAIN":
        return Plain(account, password)
    return Scram(account, password, nonce)
