"""Connecting with TLS and deciding whom to trust.

A certificate that an authority vouches for is good; any other is pinned at first sight by its
SHA-256 fingerprint and must stay the same.  Nothing is sent before that is decided.
"""

import asyncio
import ssl
from collections.abc import Callable, MutableMapping
from typing import Final, TypeVar

from core.client.address import fingerprint, judge_certificate

#: Pinned for servers whose certificate an authority vouched for.
AUTHORITY: Final = "vouched for by an authority"

P = TypeVar("P", bound=asyncio.BaseProtocol)


class CertificateChangedError(Exception):
    """The server shows another certificate than the pinned one."""

    def __init__(self, known: str, offered: str) -> None:
        super().__init__("the certificate has changed")
        self.known, self.offered = known, offered


def _unverified() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


async def connect_tls(
    make: Callable[[], P], host: str, port: int, server: str, pins: MutableMapping[str, str]
) -> tuple[asyncio.Transport, P, str]:
    """Connect; the third value is what to pin for `server`.

    Raises CertificateChangedError, or what `create_connection` raises.
    """
    loop = asyncio.get_running_loop()
    pinned = pins.get(server, "")
    if pinned in ("", AUTHORITY):
        try:
            context = ssl.create_default_context()
            transport, protocol = await loop.create_connection(make, host, port, ssl=context)
            return transport, protocol, AUTHORITY
        except ssl.SSLCertVerificationError:
            pass
    transport, protocol = await loop.create_connection(make, host, port, ssl=_unverified())
    offered = _offered(transport)
    known = "" if pinned == AUTHORITY else pinned
    verdict = judge_certificate(offered, known, verified=False)
    if verdict == "changed" or pinned == AUTHORITY:
        transport.abort()
        if pinned != AUTHORITY and await _vouched_for(host, port):
            return await connect_tls(make, host, port, server, {server: AUTHORITY})
        raise CertificateChangedError(pinned, offered)
    return transport, protocol, offered


def _offered(transport: asyncio.Transport) -> str:
    tls: ssl.SSLObject = transport.get_extra_info("ssl_object")
    return fingerprint(tls.getpeercert(binary_form=True) or b"")


async def _vouched_for(host: str, port: int) -> bool:
    """True if an authority vouches for the new certificate: its owner got a better one."""
    try:
        _, writer = await asyncio.open_connection(host, port, ssl=ssl.create_default_context())
    except (OSError, ssl.SSLError):
        return False
    writer.transport.abort()
    return True
