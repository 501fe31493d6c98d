"""The capabilities that this server offers, with their values.

Source: https://ircv3.net/specs/extensions/capability-negotiation
"""

from core.config import Config
from core.session.sasl import MECHANISMS
from core.wire import capabilities, metadata
from core.wire.capabilities import CAPABILITIES, Capability


class Offers:
    """What CAP LS lists.  ``external``: clients are asked for their certificates."""

    def __init__(self, config: Config, external: bool) -> None:
        names = [name for name in MECHANISMS if external or name != "EXTERNAL"]
        self.mechanisms = ",".join(names)
        self._values = {capabilities.SASL: self.mechanisms}
        self._values[capabilities.METADATA_2] = metadata.tokens()
        self._values[capabilities.METADATA_3] = metadata.tokens()
        self.withheld = 0  # the bits of what is not offered here
        if config.accounts.registration != "open":
            self.withheld |= capabilities.ACCOUNT_REGISTRATION
        elif config.accounts.before_connect and not config.server.password:
            self._values[capabilities.ACCOUNT_REGISTRATION] = "before-connect"
        limits = config.limits
        if limits.multiline_bytes:
            most = f",max-lines={limits.multiline_lines}" if limits.multiline_lines else ""
            self._values[capabilities.MULTILINE] = f"max-bytes={limits.multiline_bytes}{most}"
        else:
            self.withheld |= capabilities.MULTILINE
        # Strict transport security is told, never requested (https://ircv3.net/specs/extensions/sts).
        tls = config.tls
        self._sts = self._sts_secure = ""
        if tls.sts_seconds:
            self._sts = f"sts=port={tls.sts_port or config.server.port}"
            preload = ",preload" if tls.sts_preload else ""
            self._sts_secure = f"sts=duration={tls.sts_seconds}{preload}"

    def words(self, secure: bool) -> list[str]:
        """The words of the list with their values, for a connection with TLS or without."""
        words = [
            f"{row.name}={value}" if (value := self._values.get(row.bit)) else row.name
            for row in self._rows()
        ]
        if self._sts:
            words.append(self._sts_secure if secure else self._sts)
        return words

    def line(self, space: int) -> str:
        """The list for clients before version 302: names in one line of at most ``space`` bytes.

        What does not fit is left out, drafts first; it can be requested all the same.
        """
        names = sorted((row.name for row in self._rows()), key=lambda name: "/" in name)
        text = " ".join(names)
        return text if len(text) <= space else text[: text.rindex(" ", 0, space + 1)]

    def _rows(self) -> list[Capability]:
        return [row for row in CAPABILITIES if not row.bit & self.withheld]
