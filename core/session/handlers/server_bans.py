"""Bans of the server: KLINE, DLINE, their ends, and UBAN, which takes all kinds.

A time in front of the mask is in minutes (``KLINE 60 *@host``), or as ``1d12h``; without one, or
with 0, the ban stays.  ``ON server`` behind the mask is what clients of larger networks send.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from core.session.connection import Connection
from core.session.dispatch import command
from core.session.handlers.authority import notice, permitted
from core.session.handlers.login import in_order
from core.session.handlers.rooms import registered
from core.session.node import Node
from core.session.render import clip, timestamp
from core.state import facts
from core.state.events import Refused
from core.state.records import ServerBan
from core.state.server_bans import in_force, network_of
from core.wire import numerics
from core.wire.masks import matches
from core.wire.message import Message

MASK_BYTES = 200
REASON_BYTES = 250
_UNITS = {"y": 31_536_000, "mo": 2_592_000, "w": 604_800, "d": 86_400, "h": 3600, "m": 60, "s": 1}
_TIME = re.compile(r"(?:\d{1,6}(?:mo|[ywdhms]))+")
_PART = re.compile(r"(\d+)(mo|[ywdhms])")
_NAMES = {"k": "K-line", "d": "D-line", "a": "ban of the account"}


class _Ban(NamedTuple):
    """What a command asks for."""

    kind: str  # see facts.ServerBanSet
    mask: str
    seconds: int  # 0: for ever
    reason: str


def seconds_of(word: str) -> int | None:
    """A time as it stands before a mask, or None if it is none."""
    if word.isascii() and word.isdigit() and len(word) < 8:
        return int(word) * 60
    if _TIME.fullmatch(word) is None:
        return None
    return sum(int(number) * _UNITS[unit] for number, unit in _PART.findall(word))


def host_mask(text: str) -> str | None:
    """``user@host`` of a K-line; the nick of a whole hostmask must be ``*``."""
    nick, bang, rest = text.rpartition("!")
    user, _, host = rest.rpartition("@")
    if (bang and nick != "*") or not host or "!" in nick:
        return None
    return f"{user or '*'}@{host}".lower()


def address_mask(text: str) -> str | None:
    """The address or network of a D-line."""
    network = network_of(text)
    if network is None:
        return None
    single = network.prefixlen == network.max_prefixlen
    return str(network.network_address) if single else str(network)


def _target(kind: str, text: str) -> tuple[str, str] | None:
    """What ``text`` bans: kind and mask; ``kind`` "" is whatever it looks like."""
    if not text or len(text.encode()) > MASK_BYTES or text[0] == ":":
        return None
    if not kind:
        kind = "k" if "@" in text else "d" if network_of(text) is not None else "a"
    if kind == "a":
        return kind, text.lower()
    mask = host_mask(text) if kind == "k" else address_mask(text)
    return None if mask is None else (kind, mask)


def _parse(node: Node, kind: str, words: Sequence[str]) -> _Ban | None:
    """``[time] <mask> [ON <server>] [reason]``; None if there is no mask that can be banned."""
    rest = list(words)
    seconds = seconds_of(rest[0]) if len(rest) > 1 else None
    if seconds is not None:
        rest.pop(0)
    target = _target(kind, rest.pop(0))
    if target is None:
        return None
    if len(rest) > 1 and rest[0].upper() == "ON" and matches(rest[1], node.server):
        del rest[:2]
    reason = clip(" ".join(rest), REASON_BYTES) or "No reason given"
    return _Ban(*target, seconds or 0, reason)


@command("KLINE", params=1)
def kline(node: Node, connection: Connection, message: Message) -> None:
    """``KLINE [time] [user@]host [:reason]``"""
    _add(node, connection, "k", message.params)


@command("DLINE", params=1)
def dline(node: Node, connection: Connection, message: Message) -> None:
    """``DLINE [time] <address or network> [:reason]``"""
    _add(node, connection, "d", message.params)


@command("UNKLINE", params=1)
def unkline(node: Node, connection: Connection, message: Message) -> None:
    """``UNKLINE [user@]host``"""
    _remove(node, connection, "k", message.params[0])


@command("UNDLINE", params=1)
def undline(node: Node, connection: Connection, message: Message) -> None:
    """``UNDLINE <address or network>``"""
    _remove(node, connection, "d", message.params[0])


@command("UBAN", params=1)
def uban(node: Node, connection: Connection, message: Message) -> None:
    """``UBAN ADD [time] <target> [:reason]``, ``UBAN DEL <target>``, ``UBAN LIST``.

    A target with an @ is a K-line's, an address or network a D-line's, any other word an account.
    """
    subcommand, words = message.params[0].upper(), message.params[1:]
    if subcommand == "LIST":
        in_order(node, connection, lambda: _list(node, connection))
    elif subcommand not in ("ADD", "DEL"):
        node.fail(connection, "UBAN", "UNKNOWN_SUBCOMMAND", "There are ADD, DEL and LIST")
    elif not words:
        node.reply(connection, numerics.ERR_NEEDMOREPARAMS, command="UBAN")
    elif subcommand == "ADD":
        _add(node, connection, "", words)
    else:
        _remove(node, connection, "", words[0])


def _add(node: Node, connection: Connection, kind: str, words: Sequence[str]) -> None:
    """In its turn: only then it is known what time it is."""
    in_order(node, connection, lambda: _add_now(node, connection, kind, words))


def _add_now(node: Node, connection: Connection, kind: str, words: Sequence[str]) -> None:
    if not permitted(node, connection, "ban"):
        return
    ban = _parse(node, kind, words)
    if ban is None:
        notice(node, connection, "That cannot be banned")
        return
    expires = node.time + ban.seconds * 1000 if ban.seconds else 0
    user = registered(connection)
    until = f" until {timestamp(expires)}" if expires else ""
    done = f"Added {_NAMES[ban.kind]} {ban.mask}{until}: {ban.reason}"
    fact = facts.ServerBanSet(user.id, ban.kind, ban.mask, expires, ban.reason, True)
    node.propose(connection, fact, lambda refused: _tell(node, connection, refused, done))


def _remove(node: Node, connection: Connection, kind: str, text: str) -> None:
    if not permitted(node, connection, "ban"):
        return
    target = _target(kind, text)
    if target is None:
        notice(node, connection, "There is no such ban")
        return
    fact = facts.ServerBanSet(registered(connection).id, *target, 0, "", False)
    done = f"Removed {_NAMES[target[0]]} {target[1]}"
    node.propose(connection, fact, lambda refused: _tell(node, connection, refused, done))


def _tell(node: Node, connection: Connection, refused: Refused | None, done: str) -> None:
    if refused is None:
        notice(node, connection, done)
    elif refused.numeric is not None:
        node.reply(connection, refused.numeric, **refused.values)
    else:
        notice(node, connection, refused.text)


def _list(node: Node, connection: Connection) -> None:
    if not permitted(node, connection, "ban"):
        return
    for ban in node.replica.server_bans.values():
        if in_force(ban, node.time):
            notice(node, connection, _described(ban))
    notice(node, connection, "End of the list of bans")


def _described(ban: ServerBan) -> str:
    until = f" until {timestamp(ban.expires)}" if ban.expires else ""
    set_by = f"by {ban.by}, {timestamp(ban.set_at)}"
    return f"{_NAMES[ban.kind]} {ban.mask}{until} ({set_by}): {ban.reason}"
