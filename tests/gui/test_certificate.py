"""What a certificate that nobody vouches for is shown as."""

import ssl
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from gui.certificate import describe, fingerprint_in_groups
from tests.gui.scripted import certificate


def made(*names: tuple[x509.ObjectIdentifier, str]) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(kind, text) for kind, text in names])
    return (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2026, 1, 2, tzinfo=UTC))
        .not_valid_after(datetime(2027, 3, 4, tzinfo=UTC))
        .sign(key, hashes.SHA256())
        .public_bytes(serialization.Encoding.DER)
    )


def test_names_and_dates() -> None:
    shown = describe("chat.example:6697", made((NameOID.COMMON_NAME, "chat.example")))
    assert (shown.server, shown.subject, shown.issuer) == (
        "chat.example:6697",
        *["chat.example"] * 2,
    )
    assert shown.valid_from == datetime(2026, 1, 2, tzinfo=UTC).timestamp()
    assert shown.valid_until == datetime(2027, 3, 4, tzinfo=UTC).timestamp()


def test_without_a_common_name_all_of_it_is_shown() -> None:
    der = made((NameOID.ORGANIZATION_NAME, "Friends"), (NameOID.COUNTRY_NAME, "DE"))
    assert describe("x:1", der).subject == "C=DE,O=Friends"
    assert describe("x:1", made()).subject == ""


def test_what_a_stranger_wrote_into_it_is_tamed() -> None:
    der = made((NameOID.COMMON_NAME, "a\nb\u202ec"), (NameOID.ORGANIZATION_NAME, "x"))
    assert describe("x:1", der).subject == "abc"
    long = made(*[(NameOID.ORGANIZATIONAL_UNIT_NAME, "y" * 60)] * 3)
    assert len(describe("x:1", long).subject) == 100


def test_what_cannot_be_read_has_a_fingerprint_still(tmp_path: Path) -> None:
    shown = describe("x:1", b"no certificate")
    assert shown[2:] == ("", "", 0.0, 0.0)
    assert len(shown.offered) == 79
    _, known = certificate(tmp_path, "one")
    der = ssl.PEM_cert_to_DER_cert((tmp_path / "one.pem").read_text().partition("-----BEGIN P")[0])
    assert fingerprint_in_groups(der).replace(" ", "") == known.replace(":", "")
