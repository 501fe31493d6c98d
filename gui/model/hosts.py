"""Which servers are this machine itself."""

import ipaddress


def is_loopback(host: str) -> bool:
    """True if `host` is this machine itself: nothing that is sent there leaves it."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
