"""SCRAM-SHA-256: both sides prove what they know, and no password is sent (RFC 5802, 5).

```
C: n,,n=ada,r=<client's nonce>
S: r=<both nonces>,s=<salt>,i=<iterations>
C: c=<the header again>,r=<both nonces>,p=<proof>
S: v=<signature>
C: (nothing)
```
An account that does not exist is asked just the same, with a salt made up for it, and fails
where a wrong password does.  Channel binding is not offered: "p=" is refused, and "y" (a client
that could, and thinks that we cannot) is right.
"""

from core.errors import PeerError
from core.session.sasl.steps import Challenge, Done, Failed, Lookup, Step
from core.wire import scram
from core.wire.authenticate import encode
from core.wire.identifiers import fold
from core.wire.saslprep import saslprep
from core.wire.scram import BadMessage, Verifier


class Scram:
    """``nonce``: never used twice, printable and without a comma.  ``secret``: the server's
    (``scram.made_up_verifier``)."""

    def __init__(self, nonce: str, secret: bytes) -> None:
        self._own_nonce = scram.check_nonce(nonce)
        self._secret = secret
        self._nonce = ""  # the client's and our own, from the first message on
        self._account = ""  # from the first message on
        self._header = ""  # how the first message began: to come again in the second
        self._first_bare = ""  # its rest
        self._challenge = ""  # our answer to it, from ``resume`` on
        self._verifier: Verifier | None = None  # from ``resume`` on
        self._exists = False
        self._proven = False  # only the last, empty response is still to come

    def step(self, data: bytes) -> Step:
        """One response of the client's."""
        try:
            if self._proven:
                return Failed("malformed") if data else Done(self._account, self._verifier)
            text = scram.decode_text(data)
            if self._verifier is None:
                return self._first(text)
            return self._final(text, self._verifier)
        except PeerError:
            return Failed("malformed")

    def _first(self, text: str) -> Step:
        flag, _, rest = text.partition(",")
        authzid, comma, bare = rest.partition(",")
        if flag not in ("n", "y") or not comma or (authzid and authzid[:2] != "a="):
            raise BadMessage("The header is not one without channel binding")
        name, nonce = scram.attributes(bare, "n", "r")
        self._account = saslprep(scram.unescape_name(name))
        if not self._account:
            raise BadMessage("The name is empty")
        if authzid and fold(saslprep(scram.unescape_name(authzid[2:]))) != fold(self._account):
            return Failed("wrong")  # nobody may act as somebody else
        self._header = f"{flag},{authzid},"
        self._first_bare = bare
        self._nonce = scram.check_nonce(nonce) + self._own_nonce
        return Lookup(self._account)

    def resume(self, verifier: Verifier | None) -> Step:
        """What is kept of the account."""
        self._exists = verifier is not None
        if verifier is None:
            verifier = scram.made_up_verifier(fold(self._account), self._secret)
        self._verifier = verifier
        salt = encode(verifier.salt)
        self._challenge = f"r={self._nonce},s={salt},i={verifier.iterations}"
        return Challenge(self._challenge.encode())

    def _final(self, text: str, verifier: Verifier) -> Step:
        without_proof, found, proof = text.rpartition(",p=")
        binding, nonce = scram.attributes(without_proof, "c", "r")
        if not found or binding != encode(self._header.encode()) or nonce != self._nonce:
            raise BadMessage("It does not belong to this exchange")
        auth_message = f"{self._first_bare},{self._challenge},{without_proof}"
        right = scram.proof_is_right(verifier, auth_message, scram.decode_value(proof))
        if not right or not self._exists:
            return Failed("wrong", self._account)
        self._proven = True
        signature = scram.server_signature(verifier.server_key, auth_message)
        return Challenge(f"v={encode(signature)}".encode())
