"""What is kept with an account: markers, lists, metadata; and how a user comes to have it."""

from core.state.records import Account, User
from core.state.replica import Replica
from core.wire.identifiers import fold
from core.wire.metadata import MOST_KEYS
from core.wire.names import ACCEPT_ENTRIES, SILENCE_ENTRIES

# Conversations whose read marker is kept; the one that was set longest ago goes first.
MARKERS = 1000
_ENTRIES = {"accept": ACCEPT_ENTRIES, "silence": SILENCE_ENTRIES}


def bind(replica: Replica, user: User, account: Account) -> None:
    """``user`` is the account's from now on, and has what is kept there."""
    absorb(replica, user, account)
    user.account = account
    account.user = user
    user.metadata, user.lists, user.markers = account.metadata, account.lists, account.markers


def unbind(replica: Replica, user: User, account: Account) -> None:
    """``user`` goes on without the account, with nothing of what was kept there."""
    user.account = None
    user.metadata, user.lists, user.markers = {}, {}, {}
    account.user = None
    replica.keep(account)


def absorb(replica: Replica, user: User, account: Account) -> None:
    """What ``user`` had as a guest is kept with the account now, as far as there is place.

    Of metadata, the account's own counts; of markers, the later one.
    """
    for key, value in user.metadata.items():
        if key not in account.metadata and len(account.metadata) < MOST_KEYS:
            account.metadata[key] = value
    for kind, entries in user.lists.items():
        kept = account.lists.setdefault(kind, {})
        known = {fold(entry) for entry in kept}
        for entry in entries:
            if fold(entry) not in known and len(kept) < _ENTRIES[kind]:
                kept[entry] = None
    for target, time in user.markers.items():
        if time > account.markers.get(target, 0):
            set_marker(account.markers, target, time)
    replica.keep(account)


def set_marker(markers: dict[str, int], target: str, time: int) -> None:
    """Move a marker; it is the one that was set last then."""
    markers.pop(target, None)
    markers[target] = time
    if len(markers) > MARKERS:
        del markers[next(iter(markers))]
