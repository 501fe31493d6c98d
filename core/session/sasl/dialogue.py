"""One login over AUTHENTICATE: lines in, steps out.

How it goes (https://ircv3.net/specs/extensions/sasl-3.1):
- "AUTHENTICATE <mechanism>": ``begin``; None is 908 and 904.  Answer with "AUTHENTICATE +": in all
  mechanisms here the client speaks first.
- Each further parameter: ``receive``.  None is no answer yet; a ``Challenge`` goes out in as many
  lines as ``core.wire.authenticate.split`` makes of it.
- ``Failed`` is 905 for "too long", 906 for "aborted", else 904; ``Done`` is 900 and 903.
- The dialogue is thrown away after ``Done``, ``Failed`` and ``Check``.
"""

from core.session.sasl.external import External
from core.session.sasl.plain import Plain
from core.session.sasl.scram import Scram
from core.session.sasl.steps import Exchange, Failed, Step
from core.wire import authenticate
from core.wire.authenticate import Assembler, BadPayload, PayloadTooLong
from core.wire.scram import Verifier

# In the order of preference, as the value of the capability "sasl" and 908 list them.
MECHANISMS = ("EXTERNAL", "SCRAM-SHA-256", "PLAIN")


class Dialogue:
    """An exchange, and the chunks that its messages come in."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._assembler = Assembler()

    def receive(self, parameter: str) -> Step | None:
        """The parameter of an AUTHENTICATE line; None: the rest of the response has to come."""
        if parameter == authenticate.ABORT:
            return Failed("aborted")
        try:
            data = self._assembler.feed(parameter)
        except PayloadTooLong:
            return Failed("too long")
        except BadPayload:
            return Failed("malformed")
        return None if data is None else self._exchange.step(data)

    def resume(self, verifier: Verifier | None) -> Step:
        """The answer to ``Lookup``; None: there is no such account."""
        return self._exchange.resume(verifier)


def begin(
    mechanism: str, *, nonce: str, secret: bytes, certificate_account: str | None
) -> Dialogue | None:
    """A new login, None for a mechanism that there is not.

    ``nonce``: random, of at least 16 bytes, in printable ASCII without a comma.
    ``secret``: random, the same for all workers and after a restart.
    ``certificate_account``: whose TLS certificate the client has shown, None for nobody's.
    """
    name = mechanism.upper()
    if name == "PLAIN":
        return Dialogue(Plain())
    if name == "SCRAM-SHA-256":
        return Dialogue(Scram(nonce, secret))
    if name == "EXTERNAL":
        return Dialogue(External(certificate_account))
    return None
