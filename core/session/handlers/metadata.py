"""METADATA: GET, LIST, SET, CLEAR, SUB, UNSUB, SUBS and SYNC.

Sources and the two drafts: see ``core.session.profiles``.  They call the same failures differently;
where they do, the names are in ``_CODES_2``.  Without the capability, -3 is spoken.

Before the registration (``before-connect``) a connection sets what its user will have: it is kept
there until then.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from core.session import render
from core.session.connection import Connection
from core.session.dispatch import ANYTIME, command
from core.session.node import Node
from core.session.profiles import (
    EVERYBODY,
    RETRY_SECONDS,
    Subject,
    name_of,
    numeric_body,
    seconds_to_wait,
    send_batch,
    send_later,
    speaks_2,
    synchronise,
    synchronise_keys,
    value_body,
    visible_subjects,
)
from core.state import facts
from core.state.apply_people import EVERY_KEY, ONESELF, subject_named
from core.state.events import Refused
from core.state.records import Room
from core.wire import numerics
from core.wire.identifiers import fold
from core.wire.message import Message
from core.wire.metadata import MOST_KEYS, MOST_SUBSCRIPTIONS, flaw, valid_key
from core.wire.numerics import Numeric

# How draft/metadata-2 calls what went wrong.
_CODES_2 = {"INVALID_KEY": "KEY_INVALID", "INVALID_VALUE": "VALUE_INVALID"}
# Bytes of what a client wrote, where it is repeated.
_SHOWN = 60


class _Asked(NamedTuple):
    """One command."""

    target: str
    subcommand: str
    params: Sequence[str]


Act = Callable[[Node, Connection, _Asked], None]


class _Subcommand(NamedTuple):
    act: Act
    least: int  # parameters after the subcommand
    most: int | None  # None: any number


@command("METADATA", needs=ANYTIME)
def metadata(node: Node, connection: Connection, message: Message) -> None:
    """The gate for all subcommands: is it one, and are the parameters there?"""
    target, word, params = message.param(0), message.param(1), message.params[2:]
    name = word.upper()
    known = _SUBCOMMANDS.get(name)
    if known is None and word and speaks_2(connection):
        _fail(node, connection, "SUBCOMMAND_INVALID", "Unknown subcommand", _shown(word))
    elif known is None:
        text = "Unknown subcommand" if word else "Not enough parameters"
        _fail(node, connection, "INVALID_PARAMS", text, _shown(word))
    elif len(params) < known.least or (known.most is not None and len(params) > known.most):
        text = "Not enough parameters" if len(params) < known.least else "Too many parameters"
        _fail(node, connection, "INVALID_PARAMS", text, name)
    elif connection.user is None and target != ONESELF:
        _invalid_target(node, connection, target)
    else:
        known.act(node, connection, _Asked(target, name, params))


def _shown(word: str) -> str:
    return numerics.middle(render.clip(word, _SHOWN))


def _fail(node: Node, connection: Connection, code: str, text: str, *context: str) -> None:
    """FAIL, with the code that the client's draft has for it."""
    if speaks_2(connection):
        code = _CODES_2.get(code, code)
    node.fail(connection, "METADATA", code, text, *context)


def _invalid_target(node: Node, connection: Connection, target: str) -> None:
    text = "There is nobody and no room of this name"
    _fail(node, connection, "INVALID_TARGET", text, _shown(target))


def _invalid_key_body(node: Node, connection: Connection, key: str) -> str:
    """Of one key among several: a WARN, or in the older draft a FAIL."""
    kind, code = ("FAIL", "KEY_INVALID") if speaks_2(connection) else ("WARN", "INVALID_KEY")
    return f":{node.server} {kind} METADATA {code} {_shown(key)} :This cannot be a key"


def _known(node: Node, connection: Connection) -> dict[str, str]:
    """What the connection will show once it is registered."""
    account = node.replica.accounts.get(connection.account)
    known = dict(account.metadata) if account is not None else {}
    for key, value in connection.profile.items():
        if value is None:
            known.pop(key, None)
        else:
            known[key] = value
    return known


def _found(
    node: Node, connection: Connection, target: str
) -> tuple[str, dict[str, str], Subject | None] | None:
    """The name and the metadata of a target, and the target itself; None is answered already."""
    user = connection.user
    if user is None:
        return connection.name, _known(node, connection), None
    subject = subject_named(node.replica, user, target)
    if subject is None:
        _invalid_target(node, connection, target)
        return None
    return name_of(subject), subject.metadata, subject


# Questions.


def _get(node: Node, connection: Connection, asked: _Asked) -> None:
    def answer() -> None:
        found = _found(node, connection, asked.target)
        if found is None:
            return
        name, held, _ = found
        bodies = [
            value_body(node, connection, name, key, held.get(key))
            if valid_key(key)
            else _invalid_key_body(node, connection, key)
            for key in asked.params
        ]
        send_batch(node, connection, "metadata", bodies, name)

    node.read(connection, answer)


def _list(node: Node, connection: Connection, asked: _Asked) -> None:
    def answer() -> None:
        found = _found(node, connection, asked.target)
        if found is None:
            return
        name, held, _ = found
        bodies = [value_body(node, connection, name, key, value) for key, value in held.items()]
        send_batch(node, connection, "metadata", bodies, name)

    node.read(connection, answer)


# Changes.


def _set(node: Node, connection: Connection, asked: _Asked) -> None:
    key = asked.params[0]
    value = asked.params[1] if len(asked.params) > 1 and asked.params[1] else None
    wrong = flaw(key, value) if value is not None else ""
    if not valid_key(key):
        _fail(node, connection, "INVALID_KEY", "This cannot be a key", _shown(key))
    elif wrong:
        context = () if speaks_2(connection) else (key,)
        _fail(node, connection, "INVALID_VALUE", wrong, *context)
    elif not _rate_limited(node, connection, asked):
        if connection.user is None:
            _set_early(node, connection, key, value)
        else:
            _propose(node, connection, asked, key, value)


def _propose(
    node: Node, connection: Connection, asked: _Asked, key: str, value: str | None
) -> None:
    assert connection.user is not None
    fact = facts.MetadataSet(connection.user.id, asked.target, key, value)
    node.propose(connection, fact, lambda why: _refused(node, connection, asked, key, why))


def _refused(
    node: Node, connection: Connection, asked: _Asked, key: str, refusal: Refused | None
) -> None:
    if refusal is None:
        return
    context = [_shown(asked.target)]
    if refusal.code == "KEY_NO_PERMISSION":
        context.append(key)
    elif refusal.code == "LIMIT_REACHED" and not speaks_2(connection):
        context = [asked.subcommand, *context, str(MOST_KEYS)]
    _fail(node, connection, refusal.code, refusal.text, *context)


def _set_early(node: Node, connection: Connection, key: str, value: str | None) -> None:
    known = _known(node, connection)
    if value is None and key not in known and speaks_2(connection):
        _fail(node, connection, "KEY_NOT_SET", "This key is not set", ONESELF, key)
        return
    if value is not None and key not in known and len(known) >= MOST_KEYS:
        context = (ONESELF,) if speaks_2(connection) else ("SET", ONESELF, str(MOST_KEYS))
        text = f"There are at most {MOST_KEYS} keys"
        _fail(node, connection, "LIMIT_REACHED", text, *context)
        return
    if value is not None or key in known:
        connection.profile[key] = value
    body = value_body(node, connection, connection.name, key, value)
    node.answer(connection, render.line(body))


def _clear(node: Node, connection: Connection, asked: _Asked) -> None:
    if _rate_limited(node, connection, asked):
        return
    if connection.user is not None:
        _propose(node, connection, asked, EVERY_KEY, None)
        return
    keys = list(_known(node, connection))
    connection.profile.update(dict.fromkeys(keys))
    bodies = [value_body(node, connection, connection.name, key, None) for key in keys]
    node.read(connection, lambda: send_batch(node, connection, "metadata", bodies, connection.name))


def _rate_limited(node: Node, connection: Connection, asked: _Asked) -> bool:
    seconds = seconds_to_wait(node, connection)
    if not seconds:
        return False
    target = _shown(asked.target)
    if speaks_2(connection):
        key = _shown(asked.params[0]) if asked.params else EVERY_KEY
        text = "Too many changes; try again later"
        _fail(node, connection, "RATE_LIMITED", text, target, key, str(seconds))
    else:
        words = [target, asked.subcommand, *asked.params]
        if len(asked.params) > 1:  # the last one is a text
            words[-1] = f":{words[-1]}"
        numeric = numerics.ERR_METADATARATELIMIT
        node.reply(connection, numeric, seconds=seconds, command=" ".join(words))
    return True


# Subscriptions.


def _for_oneself(node: Node, connection: Connection, asked: _Asked) -> bool:
    """True if the target is who asks; else it is refused."""
    if asked.target == ONESELF or fold(asked.target) == fold(connection.name):
        return True
    _fail(node, connection, "INVALID_TARGET", "Subscriptions are one's own", _shown(asked.target))
    return False


def _sub(node: Node, connection: Connection, asked: _Asked) -> None:
    def answer() -> None:
        if _for_oneself(node, connection, asked):
            _subscribe(node, connection, asked.params)

    node.read(connection, answer)


def _subscribe(node: Node, connection: Connection, keys: Sequence[str]) -> None:
    subscriptions = connection.subscriptions
    accepted: dict[str, None] = {}
    new: list[str] = []
    full = ""
    bodies: list[str] = []
    for key in keys:
        if not valid_key(key):
            bodies.append(_invalid_key_body(node, connection, key))
        elif key in subscriptions:
            accepted[key] = None
        elif len(subscriptions) >= MOST_SUBSCRIPTIONS:
            full = key
            break
        else:
            subscriptions[key] = None
            accepted[key] = None
            new.append(key)
    _send_keys(node, connection, numerics.RPL_METADATASUBOK, list(accepted))
    for body in bodies:
        node.send(connection, render.line(body))
    if full:
        text = f"You can subscribe to at most {MOST_SUBSCRIPTIONS} keys"
        if speaks_2(connection):
            _fail(node, connection, "TOO_MANY_SUBS", text, full)
        else:
            most = str(MOST_SUBSCRIPTIONS)
            _fail(node, connection, "LIMIT_REACHED", text, "SUB", full, most)
    if new and connection.user is not None:
        synchronise_keys(node, connection, new)


def _send_keys(node: Node, connection: Connection, numeric: Numeric, keys: Sequence[str]) -> None:
    for text in _key_lines(node, connection, numeric, keys):
        node.reply(connection, numeric, keys=text)


def _key_lines(
    node: Node, connection: Connection, numeric: Numeric, keys: Sequence[str]
) -> list[str]:
    room = render.BODY - len(numeric_body(node, connection, numeric, keys="").encode())
    return render.wrapped(keys, room)


def _unsub(node: Node, connection: Connection, asked: _Asked) -> None:
    def answer() -> None:
        if not _for_oneself(node, connection, asked):
            return
        valid = dict.fromkeys(key for key in asked.params if valid_key(key))
        for key in valid:
            connection.subscriptions.pop(key, None)
        _send_keys(node, connection, numerics.RPL_METADATAUNSUBOK, list(valid))
        for key in asked.params:
            if key not in valid:
                body = _invalid_key_body(node, connection, key)
                node.send(connection, render.line(body))

    node.read(connection, answer)


def _subs(node: Node, connection: Connection, asked: _Asked) -> None:
    def answer() -> None:
        if not _for_oneself(node, connection, asked):
            return
        numeric = numerics.RPL_METADATASUBS
        bodies = [
            numeric_body(node, connection, numeric, keys=text)
            for text in _key_lines(node, connection, numeric, list(connection.subscriptions))
        ]
        send_batch(node, connection, "metadata-subs", bodies)

    node.read(connection, answer)


def _sync(node: Node, connection: Connection, asked: _Asked) -> None:
    def answer() -> None:
        user = connection.user
        if user is None:  # nobody is visible yet
            send_later(node, connection, ONESELF, RETRY_SECONDS)
            return
        target = asked.target
        seconds = seconds_to_wait(node, connection)
        if seconds or node.trickle.is_full(connection):
            send_later(node, connection, _shown(target), seconds or RETRY_SECONDS)
            return
        if target == EVERYBODY:
            synchronise(node, connection, EVERYBODY, visible_subjects(node, connection))
            return
        found = _found(node, connection, target)
        if found is None:
            return
        name, _, subject = found
        subjects = [subject] if subject is not None else []
        if isinstance(subject, Room) and user in subject.members:
            subjects = [subject, *subject.members]
        synchronise(node, connection, name, subjects)

    node.read(connection, answer)


_SUBCOMMANDS = {
    "GET": _Subcommand(_get, 1, None),
    "LIST": _Subcommand(_list, 0, 0),
    "SET": _Subcommand(_set, 1, 2),
    "CLEAR": _Subcommand(_clear, 0, 0),
    "SUB": _Subcommand(_sub, 1, None),
    "UNSUB": _Subcommand(_unsub, 1, None),
    "SUBS": _Subcommand(_subs, 0, 0),
    "SYNC": _Subcommand(_sync, 0, 0),
}
