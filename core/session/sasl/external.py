"""EXTERNAL: the client's TLS certificate says who it is (RFC 4422, appendix A)."""

from core.session.sasl.steps import Done, Failed, Step
from core.wire.identifiers import fold
from core.wire.saslprep import Unprepared, saslprep
from core.wire.scram import Verifier


class External:
    """``account``: whose certificate the connection has shown, None for nobody's."""

    def __init__(self, account: str | None) -> None:
        self._account = account

    def step(self, data: bytes) -> Step:
        """The only response: the account wanted, or nothing for the certificate's own."""
        try:
            wanted = saslprep(data.decode())
        except (UnicodeDecodeError, Unprepared):
            return Failed("malformed")
        if self._account is None or (wanted and fold(wanted) != fold(self._account)):
            return Failed("wrong")
        return Done(self._account)

    def resume(self, verifier: Verifier | None) -> Step:
        """Never asked for."""
        raise AssertionError("EXTERNAL looks nothing up")
