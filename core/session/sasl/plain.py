"""PLAIN: the client sends the password (RFC 4616).  Only TLS keeps it from being read."""

from core.session.sasl.steps import Check, Failed, Step
from core.wire.identifiers import fold
from core.wire.saslprep import Unprepared, saslprep
from core.wire.scram import Verifier


class Plain:
    """``message = [authzid] NUL authcid NUL passwd``"""

    def step(self, data: bytes) -> Step:
        """The only response."""
        try:
            authzid, account, password = map(saslprep, data.decode().split("\0"))
        except (ValueError, Unprepared):  # not UTF-8, or not three parts
            return Failed("malformed")
        if not account or not password:
            return Failed("malformed")
        if authzid and fold(authzid) != fold(account):
            return Failed("wrong")  # nobody may act as somebody else
        return Check(account, password)

    def resume(self, verifier: Verifier | None) -> Step:
        """Never asked for."""
        raise AssertionError("PLAIN looks nothing up")
