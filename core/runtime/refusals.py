"""Why a connection is not taken, as its client reads it."""

from core.config import Config
from core.runtime.addresses import is_loopback

NEEDS_TLS = (
    "This server takes connections from other machines only with TLS: turn on TLS (SSL) in your"
    " client, on this same port"
)
TLS_ONLY = "This server takes only connections with TLS: turn it on in your client"
TOO_MANY = "Closing link: Too many connections from your address"
FULL = "Closing link: The server is full or starting; try again in a moment"
TIMED_OUT = "Closing link: Registration timed out"


def error(sentence: str) -> bytes:
    """ERROR, the last line that a client reads."""
    return f"ERROR :{sentence}\r\n".encode()


def of_plaintext(config: Config, address: str) -> str:
    """Why a client from there has to use TLS; "" if it need not."""
    allowed = config.tls.plaintext
    if allowed == "nowhere":
        return TLS_ONLY
    if allowed == "loopback" and not is_loopback(address):
        return NEEDS_TLS
    return ""
