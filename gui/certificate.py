"""A certificate that nobody vouches for, as a person may judge it.

What it says of itself is unproven: only the fingerprint tells one server from another.
"""

import hashlib
from typing import TYPE_CHECKING, Final

from gui.link import CertificateUnknown

if TYPE_CHECKING:
    from cryptography.x509 import Name

_LONGEST: Final = 100  # characters of a name


def fingerprint_in_groups(der: bytes) -> str:
    """The SHA-256 of a certificate: 'AB12 CD34 ...'."""
    digits = hashlib.sha256(der).hexdigest().upper()
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def describe(server: str, der: bytes) -> CertificateUnknown:
    """What to ask the user; whatever cannot be read is left out."""
    from cryptography import x509  # here, for it takes long to load and is seldom needed

    offered = fingerprint_in_groups(der)
    try:
        certificate = x509.load_der_x509_certificate(der)
        subject, issuer = _shown(certificate.subject), _shown(certificate.issuer)
        since = certificate.not_valid_before_utc.timestamp()
        until = certificate.not_valid_after_utc.timestamp()
    except (ValueError, OverflowError):
        return CertificateUnknown(server, offered, "", "", 0.0, 0.0)
    return CertificateUnknown(server, offered, subject, issuer, since, until)


def _shown(name: "Name") -> str:
    """The common name, else all of it."""
    from cryptography.x509.oid import NameOID

    common = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    text = str(common[0].value) if common else name.rfc4514_string()
    text = "".join(character for character in text if character.isprintable())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
