"""Rules for a user's own lists: ACCEPT (names) and SILENCE (hostmasks)."""

from collections.abc import Sequence

from core.state import facts
from core.state.events import Event, ListChanged, Refused
from core.state.private_speech import entry
from core.state.records import User
from core.state.replica import Replica, Stamp, rule
from core.wire import numerics
from core.wire.names import ACCEPT_ENTRIES, SILENCE_ENTRIES


@rule(facts.ListSet)
def apply_list_set(replica: Replica, stamp: Stamp, fact: facts.ListSet) -> Sequence[Event]:
    """ACCEPT or SILENCE with an entry."""
    user = replica.users.get(fact.user)
    if user is None:
        return ()
    change = _accept if fact.kind == "accept" else _silence
    outcome = change(replica, user, fact)
    if isinstance(outcome, Refused):
        return (outcome,)
    if outcome.changed:
        replica.keep(user.account)
    return (outcome,)


def _accept(replica: Replica, user: User, fact: facts.ListSet) -> ListChanged | Refused:
    values: dict[str, object] = {"nick": fact.mask}
    known = entry(user, fact.mask)
    entries = user.lists.setdefault("accept", {})
    if not fact.adding:
        if known is None:
            return Refused(numerics.ERR_ACCEPTNOT, values)
        del entries[known]
        return ListChanged(user, "accept", known, False, True)
    if known is not None:
        return Refused(numerics.ERR_ACCEPTEXIST, values)
    other, account = replica.user_named(fact.mask), replica.account_named(fact.mask)
    if other is None and account is None:
        return Refused(numerics.ERR_NOSUCHNICK, values)
    if len(entries) >= ACCEPT_ENTRIES:
        return Refused(numerics.ERR_ACCEPTFULL)
    name = other.nick if other is not None else account.name if account is not None else ""
    entries[name] = None
    return ListChanged(user, "accept", name, True, True)


def _silence(replica: Replica, user: User, fact: facts.ListSet) -> ListChanged | Refused:
    entries = user.lists.setdefault("silence", {})
    changed = (fact.mask in entries) is not fact.adding
    if changed and fact.adding:
        if len(entries) >= SILENCE_ENTRIES:
            return Refused(numerics.ERR_SILELISTFULL, {"mask": fact.mask})
        entries[fact.mask] = None
    elif changed:
        del entries[fact.mask]
    return ListChanged(user, "silence", fact.mask, fact.adding, changed)
