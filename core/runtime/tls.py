"""The server's certificate, made on the first start where none is configured, and its use."""

import datetime
import ipaddress
import os
import ssl
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from core.config import Config
from core.errors import OperatorError
from core.runtime import certificates
from core.runtime.process import log

CERTIFICATE = "certificate.pem"
KEY = "key.pem"
VALID_DAYS = 3650


def prepare(config: Config) -> tuple[Path, Path]:
    """The files of the certificate and its key; both are made if none are configured.

    Raises OperatorError where they cannot be read or made.
    """
    if config.tls.certificate:
        return Path(config.tls.certificate), Path(config.tls.key)
    folder = Path(config.server.data)
    certificate, key = folder / CERTIFICATE, folder / KEY
    if not (certificate.exists() and key.exists()):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _make(config, certificate, key)
        except OSError as error:
            raise OperatorError(f"{folder}: the certificate cannot be made: {error}") from None
    return certificate, key


def _make(config: Config, certificate_file: Path, key_file: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, config.server.name[:64])])
    now = datetime.datetime.now(datetime.UTC)
    alternatives: list[x509.GeneralName] = [
        x509.DNSName(host) for host in dict.fromkeys((config.server.name, "localhost"))
    ]
    alternatives += [x509.IPAddress(ipaddress.ip_address(ip)) for ip in ("127.0.0.1", "::1")]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=VALID_DAYS))
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    encoded_key = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    _write(key_file, encoded_key)
    _write(certificate_file, certificate.public_bytes(serialization.Encoding.PEM))


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, and for the owner's eyes only."""
    partial = path.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    partial.replace(path)


def fingerprint(certificate: Path) -> str:
    """SHA-256 of the certificate, as ``AB:CD:...``."""
    try:
        digest = x509.load_pem_x509_certificate(certificate.read_bytes()).fingerprint(
            hashes.SHA256()
        )
    except (OSError, ValueError) as error:
        raise OperatorError(f"{certificate}: the certificate cannot be read: {error}") from None
    return digest.hex(":").upper()


class Contexts(NamedTuple):
    """What the workers serve TLS with."""

    irc: ssl.SSLContext
    web: ssl.SSLContext  # for browsers: their WebSockets fail where a certificate is asked for
    asks_for_certificates: bool  # ``irc`` does, so that clients can log in with theirs


def contexts(config: Config, certificate: Path, key: Path) -> Contexts:
    """Raises OperatorError where the certificate and its key cannot be used."""
    plain = _context(certificate, key)
    if not config.tls.ask_certificate:
        return Contexts(plain, plain, False)
    asking = _context(certificate, key)
    if not certificates.works(certificate, key):
        log.warning("this Python cannot ask clients for certificates: no logins with them")
        return Contexts(plain, plain, False)
    certificates.ask(asking)
    return Contexts(asking, plain, True)


def reload(served: Contexts, config: Config) -> None:
    """The certificate that stands in the files now is shown to new connections.

    Raises OperatorError where it cannot be used; then the one before still is.
    """
    certificate, key = prepare(config)
    _context(certificate, key)
    for context in dict.fromkeys((served.irc, served.web)):
        context.load_cert_chain(certificate, key)


def _context(certificate: Path, key: Path) -> ssl.SSLContext:
    result = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    result.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        result.load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as error:
        raise OperatorError(
            f"{certificate}, {key}: the certificate cannot be used: {error}"
        ) from None
    return result
