"""The shared state, and the one function that changes it.

Every worker and the store hold a replica and apply the same log; so all replicas are equal.
``apply`` and the rules it calls are deterministic: no clock (time comes with the fact), no
randomness, no I/O, no order of a set.  Whatever a rule needs is in the log or in ``Rules``,
which is the same in every process.
"""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import msgspec

from core.state.events import Event
from core.state.facts import Fact
from core.state.records import Account, Room, ServerBan, User
from core.wire.identifiers import fold
from core.wire.name_table import NameTable


class Rules(msgspec.Struct, frozen=True):
    """The limits that verdicts depend on; 0 lifts one."""

    lobby: str = "#lobby"
    rooms_per_user: int = 100
    list_entries: int = 100
    always_on: bool = True  # users with an account stay when their last connection ends


class Stamp(msgspec.Struct, frozen=True, gc=False):
    """Where in the log a fact stands, when, and which worker proposed it."""

    seq: int
    time: int  # milliseconds since the epoch, the batch's
    origin: int


Rule = Callable[["Replica", Stamp, Any], Sequence[Event]]
# Filled by the apply_* modules through ``rule``.
RULES: dict[type[Fact], Rule] = {}


def rule(fact: type[Any]) -> Callable[[Rule], Rule]:
    """Register the decorated function as what ``fact`` means."""

    def register(function: Rule) -> Rule:
        RULES[fact] = function
        return function

    return register


class Gone(NamedTuple):
    """A nick that somebody had, for WHOWAS."""

    nick: str
    ident: str
    host: str
    realname: str
    account: str
    at: int  # milliseconds since the epoch


# How many of them are remembered.
GONE = 500


class Replica:
    """Users, accounts and rooms as of one sequence number."""

    def __init__(self, rules: Rules, seq: int = 0) -> None:
        self.rules = rules
        self.seq = seq  # of the last fact applied
        self.users: dict[int, User] = {}
        self.owner_of: dict[str, User] = {}  # folded nick -> user
        self.rooms: dict[str, Room] = {}  # folded name -> room
        self.accounts: dict[int, Account] = {}
        self.account_keys: dict[str, Account] = {}  # folded name -> account
        self.certificates: dict[str, Account] = {}  # fingerprint -> whose it is
        # The same names, with what looks like them, and the ids of users and accounts.
        self._nicks: NameTable[int] = NameTable()
        self._account_names: NameTable[int] = NameTable()
        self._room_names: NameTable[Room] = NameTable()
        self.server_bans: dict[tuple[str, str], ServerBan] = {}  # (kind, mask) -> ban
        self.gone: deque[Gone] = deque(maxlen=GONE)
        self._absent: dict[User, None] = {}  # users without a connection
        self.peak_users = 0
        self.invisible = 0  # users with +i
        self.operators: dict[User, None] = {}  # users with +o
        self.waiting: dict[int, int] = {}  # worker's origin -> its unregistered connections
        # What the last facts changed of all that outlives the server.  Only the store sets it to a
        # dict, and empties it; None: nobody asks.
        self.changed: dict[Account | Room | tuple[str, str], None] | None = None

    def apply(self, stamp: Stamp, fact: Fact) -> Sequence[Event]:
        """Change the state as ``fact`` demands, if it may, and say what came of it."""
        self.seq = stamp.seq
        return RULES[type(fact)](self, stamp, fact)

    def keep(self, *records: Account | Room | tuple[str, str] | None) -> None:
        """Note that something which outlives the server has changed; None is ignored.

        A server's ban is named by its key.  Whether a room is to be kept at all shows when it is
        written.
        """
        if self.changed is not None:
            self.changed.update((record, None) for record in records if record is not None)

    def user_named(self, nick: str) -> User | None:
        """The user who has ``nick``, in whatever case."""
        return self.owner_of.get(fold(nick))

    def room_named(self, name: str) -> Room | None:
        """The room called ``name``, in whatever case."""
        return self.rooms.get(fold(name))

    def account_named(self, name: str) -> Account | None:
        """The account called ``name``, in whatever case."""
        return self.account_keys.get(fold(name))

    def account_since(self, id: int, since: int) -> Account | None:
        """The account with this id, if it is the one that was made then (0: whenever)."""
        account = self.accounts.get(id)
        if account is None or (since and account.registered_at != since):
            return None
        return account

    def may_have(self, nick: str, account: Account | None, user: User | None = None) -> bool:
        """True if ``user`` (None: a new one) of ``account`` may take ``nick``.

        A nick belongs to whoever has it, and the name of an account to that account; and so does
        what looks like it.
        """
        key = fold(nick)
        owner = self.account_keys.get(key, account)
        if self.owner_of.get(key, user) is not user or owner is not account:
            return False
        taken = self._nicks.clash(nick, None if user is None else user.id)
        return taken is None and not self.account_alike(nick, account)

    def account_alike(self, name: str, account: Account | None) -> bool:
        """True if an account other than ``account`` has a name that looks like ``name``."""
        allowed = None if account is None else account.id
        return self._account_names.clash(name, allowed) is not None

    def add_account(self, account: Account) -> None:
        """A new account, whose name is free."""
        self.accounts[account.id] = account
        self.account_keys[account.key] = account
        self._account_names.add(account.name, account.id)
        for fingerprint in account.certificates:
            self.certificates.setdefault(fingerprint, account)

    def remove_account(self, account: Account) -> None:
        """An account ends."""
        del self.accounts[account.id]
        del self.account_keys[account.key]
        self._account_names.remove(account.name)
        for fingerprint in account.certificates:
            if self.certificates.get(fingerprint) is account:
                del self.certificates[fingerprint]

    def renumber(self, user: User, id: int) -> None:
        """``user`` has another id from now on: that of its account."""
        del self.users[user.id]
        user.id = id
        self.users[id] = user
        self._nicks.add(user.nick, id)

    def stays(self, user: User) -> bool:
        """True if ``user`` remains when its last connection ends (draft/persistence)."""
        if user.account is None:
            return False
        wanted = user.account.settings.get("persistence", "")
        return wanted == "ON" or (wanted != "OFF" and self.rules.always_on)

    def add(self, user: User) -> None:
        """A new user, with a nick that is free."""
        self.users[user.id] = user
        self.owner_of[fold(user.nick)] = user
        self._nicks.add(user.nick, user.id)
        self.invisible += "i" in user.modes
        if "o" in user.modes:
            self.operators[user] = None
        if user.connections:
            self.came(user)
        else:
            self.went(user)

    @property
    def present(self) -> int:
        """How many users are connected."""
        return len(self.users) - len(self._absent)

    def came(self, user: User) -> None:
        """``user`` has a connection."""
        self._absent.pop(user, None)
        self.peak_users = max(self.peak_users, self.present)

    def went(self, user: User) -> None:
        """``user`` stays without a connection."""
        self._absent[user] = None

    def rename(self, user: User, nick: str, time: int) -> None:
        """Give ``user`` another nick, which is free."""
        if fold(nick) != fold(user.nick):
            self.remember(user, time)
        del self.owner_of[fold(user.nick)]
        self._nicks.remove(user.nick)
        user.rename(nick)
        self.owner_of[fold(nick)] = user
        self._nicks.add(nick, user.id)
        self.keep(user.account)

    def remember(self, user: User, time: int) -> None:
        """Note who had a nick, for WHOWAS."""
        gone = Gone(user.nick, user.ident, user.host, user.realname, user.account_name, time)
        self.gone.append(gone)

    def enter(self, user: User, room: Room, modes: str) -> None:
        """Make ``user`` a member of ``room``."""
        room.set_modes(user, modes, self.seq)
        room.since[user] = self.seq
        user.rooms[room] = None
        if user.account is not None:
            room.set_role(user.account.id, modes)
            self.keep(user.account, room)

    def leave(self, user: User, room: Room) -> None:
        """Take ``user`` out of ``room``; an empty room ends, unless somebody founded it."""
        del room.members[user]
        del room.since[user]
        room.ranked.pop(user, None)
        del user.rooms[room]
        self.keep(user.account)
        if not room.members and not room.lasting:
            self.end(room)

    def add_room(self, room: Room) -> None:
        """A new room, whose name is free."""
        self.rooms[room.key] = room
        self._room_names.add(room.name, room)

    def room_alike(self, name: str, room: Room | None = None) -> Room | None:
        """A room other than ``room`` that is called ``name``, or something that looks like it."""
        return self._room_names.clash(name, room)

    def rename_room(self, room: Room, name: str) -> None:
        """Give ``room`` another name, which is free."""
        del self.rooms[room.key]
        self._room_names.remove(room.name)
        room.name, room.key = name, fold(name)
        self.add_room(room)
        self.keep(room)

    def end(self, room: Room) -> None:
        """Forget an empty room."""
        del self.rooms[room.key]
        self._room_names.remove(room.name)
        self.keep(room)

    def remove(self, user: User, time: int) -> tuple[Room, ...]:
        """End ``user``; the rooms that lost it."""
        rooms = tuple(user.rooms)
        for room in rooms:
            self.leave(user, room)
        self.remember(user, time)
        self.invisible -= "i" in user.modes
        self.operators.pop(user, None)
        self._absent.pop(user, None)
        del self.owner_of[fold(user.nick)]
        self._nicks.remove(user.nick)
        del self.users[user.id]
        if user.account is not None:
            user.account.user = None
            self.keep(user.account)
        return rooms
