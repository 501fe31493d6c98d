"""Bans of the server: hosts, addresses, networks and accounts that may not come in."""

import ipaddress
from collections.abc import Iterable

from core.state import facts
from core.state.events import Refused
from core.state.records import Account, ServerBan
from core.state.replica import Replica, Stamp
from core.wire import numerics
from core.wire.masks import matches


def ban_refusal(
    replica: Replica, stamp: Stamp, fact: facts.Registered, account: Account | None
) -> Refused | None:
    """Why a connection may not register, or None."""
    if not replica.server_bans:
        return None
    name = account.name if account is not None else ""
    bans = replica.server_bans.values()
    found = matching(bans, fact.ident, fact.host, name, stamp.time)
    if found is None:
        return None
    reason = f"You are banned from this server: {found.reason}"
    return Refused(numerics.ERR_YOUREBANNEDCREEP, {"reason": found.reason}, closes=reason)


def matching(
    bans: Iterable[ServerBan], ident: str, host: str, account: str, time: int
) -> ServerBan | None:
    """The first ban in force at ``time`` (milliseconds) that fits, or None."""
    for ban in bans:
        if ban.expires and ban.expires <= time:
            continue
        if ban.kind == "d":
            fits = address_fits(ban.mask, host)
        elif ban.kind == "a":
            fits = bool(account) and matches(ban.mask, account)
        else:
            fits = matches(ban.mask, f"{ident}@{host}")
        if fits:
            return ban
    return None


def address_fits(mask: str, host: str) -> bool:
    """True if the address ``host`` is in ``mask``: an address, a network, or one with stars."""
    try:
        return ipaddress.ip_address(host) in ipaddress.ip_network(mask, strict=False)
    except ValueError:
        return matches(mask, host)
