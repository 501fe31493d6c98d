"""Connecting with TLS and deciding whom to trust.

A certificate that an authority vouches for is good.  Any other has to be accepted by the user at
first sight, is pinned by its SHA-256 fingerprint then, and must stay the same; on this machine
itself it is pinned without a question.  Nothing is sent before that is decided.
"""

import asyncio
import ssl
from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from core.client.address import fingerprint, judge_certificate
from gui.model.hosts import is_loopback

#: Pinned for servers whose certificate an authority vouched for.
AUTHORITY: Final = "vouched for by an authority"
# Seconds until another address of a server is tried beside the first.
_NEXT_ADDRESS: Final = 0.25

P = TypeVar("P", bound=asyncio.BaseProtocol)


class CertificateChangedError(Exception):
    """The server shows another certificate than the pinned one."""

    def __init__(self, known: str, offered: str) -> None:
        super().__init__("the certificate has changed")
        self.known, self.offered = known, offered


class CertificateUnknownError(Exception):
    """The server shows a certificate that nobody has judged yet; `der` is it."""

    def __init__(self, der: bytes) -> None:
        super().__init__("the certificate is not known")
        self.der = der


def as_pin(offered: str) -> str:
    """A fingerprint as it is pinned, 'AB:CD:...', however it was written."""
    digits = offered.replace(":", "").replace(" ", "").upper()
    return ":".join(digits[start : start + 2] for start in range(0, len(digits), 2))


async def connect(
    make: Callable[[], P], host: str, port: int, tls: ssl.SSLContext | None = None
) -> tuple[asyncio.Transport, P]:
    """Connect to whichever of the host's addresses answers first."""
    loop = asyncio.get_running_loop()
    delay = _NEXT_ADDRESS
    return await loop.create_connection(make, host, port, ssl=tls, happy_eyeballs_delay=delay)


def _unverified() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


async def connect_tls(
    make: Callable[[], P], host: str, port: int, server: str, pins: Mapping[str, str]
) -> tuple[asyncio.Transport, P, str]:
    """Connect; the third value is what to pin for `server`.

    Raises CertificateUnknownError, CertificateChangedError, or what `create_connection` raises.
    """
    pinned = pins.get(server, "")
    if pinned in ("", AUTHORITY):
        try:
            transport, protocol = await connect(make, host, port, ssl.create_default_context())
            return transport, protocol, AUTHORITY
        except ssl.SSLCertVerificationError:
            pass
    transport, protocol = await connect(make, host, port, _unverified())
    der = _shown(transport)
    offered = fingerprint(der)
    if pinned == AUTHORITY:
        transport.abort()
        raise CertificateChangedError(pinned, offered)
    verdict = judge_certificate(offered, pinned, verified=False)
    if verdict == "trusted" or (verdict == "unknown" and is_loopback(host)):
        return transport, protocol, offered
    transport.abort()
    if verdict == "unknown":
        raise CertificateUnknownError(der)
    if await _vouched_for(host, port):
        return await connect_tls(make, host, port, server, {server: AUTHORITY})
    raise CertificateChangedError(pinned, offered)


def _shown(transport: asyncio.Transport) -> bytes:
    tls: ssl.SSLObject = transport.get_extra_info("ssl_object")
    return tls.getpeercert(binary_form=True) or b""


async def _vouched_for(host: str, port: int) -> bool:
    """True if an authority vouches for the new certificate: its owner got a better one."""
    try:
        transport, _ = await connect(asyncio.Protocol, host, port, ssl.create_default_context())
    except (OSError, ssl.SSLError):
        return False
    transport.abort()
    return True
