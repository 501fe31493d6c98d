"""The capabilities that this server offers, with their values.

Source: https://ircv3.net/specs/extensions/capability-negotiation
"""

from core.config import Config
from core.session.sasl import MECHANISMS
from core.wire import capabilities
from core.wire.capabilities import CAPABILITIES


class Offers:
    """What CAP LS lists.  ``external``: clients are asked for their certificates."""

    def __init__(self, config: Config, external: bool) -> None:
        names = [name for name in MECHANISMS if external or name != "EXTERNAL"]
        self.mechanisms = ",".join(names)
        self._values = {capabilities.SASL: self.mechanisms}
        self._withheld = 0  # the bits of what is not offered here
        if config.accounts.registration != "open":
            self._withheld |= capabilities.ACCOUNT_REGISTRATION
        elif not config.server.password:
            self._values[capabilities.ACCOUNT_REGISTRATION] = "before-connect"

    def words(self, secure: bool, *, values: bool) -> list[str]:
        """The words of the list, for a connection with TLS (``secure``) or without."""
        return [
            f"{row.name}={value}" if values and (value := self._values.get(row.bit)) else row.name
            for row in CAPABILITIES
            if not row.bit & self._withheld
        ]
