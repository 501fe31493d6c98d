"""Whether a server's certificate may be trusted, where no authority vouches for it.

Nothing is sent to the server before the user has said so.
"""

from gui.link import CertificateChanged, CertificateUnknown
from gui.model.dates import full_date
from gui.model.shown import TrustQuestion
from gui.presenter.connecting import Connection
from gui.presenter.desk import Desk, Handlers

_DIGITS = set("0123456789abcdefABCDEF")
_CHANGED = "Its certificate has changed, and you do not trust the new one."
_UNKNOWN = "You have not said yet that you trust its certificate."


class Certificates:
    """See `CertificateActions`."""

    def __init__(self, desk: Desk, connection: Connection) -> None:
        self._desk, self._connection = desk, connection
        self._asked: CertificateUnknown | CertificateChanged | None = None

    def handlers(self) -> Handlers:
        """What this part listens to."""
        return {CertificateUnknown: self.unknown, CertificateChanged: self.changed}

    def unknown(self, signal: CertificateUnknown) -> None:
        """The first sight of a server: do you know it?"""
        self._asked = signal
        self._connection.held_up("the server's certificate is not known", "Nothing was sent to it.")
        about = [("Made out to", signal.subject), ("Issued by", signal.issuer)]
        if signal.issuer == signal.subject:
            about[1:] = [("Issued by", "itself")] if signal.issuer else []
        if signal.valid_from and signal.valid_until:
            times = f"{full_date(signal.valid_from)} to {full_date(signal.valid_until)}"
            about.append(("Valid", times))
        told = tuple((label, text) for label, text in about if text)
        question = TrustQuestion(signal.server, "", grouped(signal.offered), told)
        self._desk.screen.dialogs.ask_trust(question)

    def changed(self, signal: CertificateChanged) -> None:
        """Stop, and ask loudly."""
        self._asked = signal
        self._connection.held_up("the server's certificate has changed", "Nothing was sent to it.")
        question = TrustQuestion(signal.server, grouped(signal.known), grouped(signal.offered))
        self._desk.screen.dialogs.ask_trust(question)

    def answer(self, accepted: bool) -> None:
        """See `CertificateActions`."""
        asked, self._asked = self._asked, None
        if asked is None:
            return
        if accepted:
            self._desk.link.trust(asked.server, asked.offered)
            self._desk.link.retry()
        elif self._connection.state == "trying":
            sentence = _CHANGED if isinstance(asked, CertificateChanged) else _UNKNOWN
            self._connection.fail({"host": sentence})
        self._desk.flush()


def grouped(fingerprint: str) -> str:
    """'AB12 CD34 ...', whichever way it was written; what is none stays as it is."""
    digits = fingerprint.replace(":", "").replace(" ", "")
    if not digits or set(digits) - _DIGITS:
        return fingerprint
    digits = digits.upper()
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))
