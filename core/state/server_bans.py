"""Bans of the server: hosts, addresses, networks and accounts that may not come in.

A ban whose time is over fits nobody any more; it is forgotten when the next one changes.
"""

import ipaddress
from functools import lru_cache

from core.state import facts
from core.state.events import Refused
from core.state.records import Account, ServerBan, User
from core.state.replica import Replica, Stamp
from core.wire import numerics
from core.wire.masks import matches

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
# Bans that there may be; every registration is held against all of them.
MOST_BANS = 10_000


def ban_refusal(
    replica: Replica, stamp: Stamp, fact: facts.Registered, account: Account | None
) -> Refused | None:
    """Why a connection may not register, or None."""
    for ban in replica.server_bans.values():
        if in_force(ban, stamp.time) and (
            fits_host(ban, fact.ident, fact.host, fact.host)
            or (account is not None and fits_account(ban, account))
        ):
            return refusal(ban)
    return None


def account_refusal(replica: Replica, stamp: Stamp, account: Account) -> Refused | None:
    """Why nobody may log in to ``account`` now, or None."""
    for ban in replica.server_bans.values():
        if in_force(ban, stamp.time) and fits_account(ban, account):
            return refusal(ban)
    return None


def refusal(ban: ServerBan) -> Refused:
    """What a banned connection is told before it is closed."""
    closes = f"You are banned from this server: {ban.reason}"
    return Refused(numerics.ERR_YOUREBANNEDCREEP, {"reason": ban.reason}, closes=closes)


def refused_address(replica: Replica, address: str) -> ServerBan | None:
    """The ban that keeps ``address`` out from the first byte on, or None.

    One that ends some time is judged at the registration: only the log knows what time it is.
    """
    for ban in replica.server_bans.values():
        if ban.kind == "d" and not ban.expires and address_fits(ban.mask, address):
            return ban
    return None


def in_force(ban: ServerBan, time: int) -> bool:
    """True until its time is over; ``time`` in milliseconds since the epoch."""
    return not ban.expires or time < ban.expires


def fits(ban: ServerBan, user: User) -> bool:
    """True if ``ban`` means ``user``."""
    if user.account is not None and fits_account(ban, user.account):
        return True
    return fits_host(ban, user.ident, user.host, user.address)


def fits_account(ban: ServerBan, account: Account) -> bool:
    """True if ``ban`` is one of this account."""
    return ban.kind == "a" and matches(ban.mask, account.name)


def fits_host(ban: ServerBan, ident: str, host: str, address: str) -> bool:
    """True if ``ban`` is one of this user name and host (as others see it), or of the address."""
    if ban.kind == "d":
        return address_fits(ban.mask, address)
    if ban.kind != "k":
        return False
    name, _, place = ban.mask.rpartition("@")
    return matches(name, ident) and (matches(place, host) or address_fits(place, address))


def address_fits(mask: str, address: str) -> bool:
    """True if ``address`` is in ``mask``: an address, a network, or one with stars."""
    network = network_of(mask)
    if network is None:
        return matches(mask, address)
    try:
        return ipaddress.ip_address(address) in network
    except ValueError:
        return False


@lru_cache(maxsize=4096)
def network_of(mask: str) -> Network | None:
    """The address or network that ``mask`` names, None if it names none."""
    try:
        return ipaddress.ip_network(mask, strict=False)
    except ValueError:
        return None
