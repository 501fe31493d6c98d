"""How servers are called, and which of them are this machine itself."""

import ipaddress


def is_loopback(host: str) -> bool:
    """True if `host` is this machine itself: nothing that is sent there leaves it."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def server_name(host: str, port: int) -> str:
    """'host:port', with brackets around what has colons itself."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
