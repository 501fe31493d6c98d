"""SEARCH: find messages by what they say, in what one may read.

Sources: https://github.com/ircv3/ircv3-specifications/pull/496 (draft/search) and
https://codeberg.org/emersion/soju/src/branch/master/doc/ext/search.md (soju.im/search), which
differ in the name of the batch alone.
"""

import re
from collections.abc import Callable, Mapping

from core.session.connection import Connection
from core.session.dispatch import command
from core.session.handlers.history import parse_time
from core.session.handlers.rooms import registered
from core.session.history import send_batch
from core.session.node import Node
from core.state.conversations import Search, place_of, room_parts
from core.wire.capabilities import SOJU_SEARCH
from core.wire.identifiers import fold
from core.wire.message import Message
from core.wire.tags import parse_tags

# How many messages are found where nothing is said of that, and words looked for, at most.
LIMIT = 100
WORDS = 20
# What a search counts for the flood gate, besides its line; and what a short word adds, which may
# begin thousands of others.
COST = 2.0
COST_OF_SHORT = 1.0
SHORT = 3  # letters
_WORD = re.compile(r"\S+")
_NUMBER = re.compile(r"[0-9]{1,9}")


class _Wanted(Exception):
    """An attribute cannot be what it is; the argument is its name."""


@command("SEARCH")
def search(node: Node, connection: Connection, message: Message) -> None:
    """Find messages; the parameter is written as message tags are."""
    attributes = parse_tags(message.param(0))
    try:
        question = parse_question(attributes, node.limits.history_messages)
    except _Wanted as wanted:
        _invalid(node, connection, str(wanted))
        return
    short = sum(len(word) < SHORT for word in question.words)
    node.charge(connection, COST + short * COST_OF_SHORT)
    node.hold(connection)
    node.read(connection, lambda: _ask(node, connection, question, attributes.get("in", "")))


def parse_question(attributes: Mapping[str, str], most: int) -> Search:
    """The question, without its places.  ``most``: messages in one answer; 0: no limit."""
    for name in attributes:
        if name not in ("in", "from", "after", "before", "text", "limit"):
            raise _Wanted(name)
    if not attributes:
        raise _Wanted("*")
    words = words_of(attributes.get("text", ""))
    if "text" in attributes and not 0 < len(words) <= WORDS:
        raise _Wanted("text")

    def parsed(name: str, parse: Callable[[str], int | None]) -> int | None:
        if name not in attributes:
            return None
        value = parse(attributes[name])
        if value is None:
            raise _Wanted(name)
        return value

    after, before = parsed("after", parse_time), parsed("before", parse_time)
    limit = parsed("limit", lambda text: int(text) if _NUMBER.fullmatch(text) else None)
    limit = LIMIT if limit is None else limit
    return Search(
        (),
        0,
        words,
        fold(attributes.get("from", "")),
        after,
        before,
        min(limit, most) if most else limit,
        after is not None,
    )


def words_of(text: str) -> tuple[str, ...]:
    """What a text is searched for: its words, without those that hold no letter or digit."""
    return tuple(word for word in _WORD.findall(text) if any(map(str.isalnum, word)))


def _ask(node: Node, connection: Connection, question: Search, target: str) -> None:
    user = registered(connection)
    if target:
        place = place_of(node.replica, user, target)
        if place is None:
            _invalid(node, connection, "in")
            node.release(connection)
            return
        question = question._replace(places=(place,))
    else:
        places = tuple(room_parts(room, user) for room in user.rooms)
        question = question._replace(places=places, user=user.id)
    question = question._replace(upto=node.replica.seq)
    batch = "soju.im/search" if connection.caps & SOJU_SEARCH else "search"

    def answer(rows: object) -> None:
        if isinstance(rows, list):
            send_batch(node, connection, batch, rows)
        else:
            node.fail(connection, "SEARCH", "INTERNAL_ERROR", "The search could not be run")

    node.ask(connection, question, answer)


def _invalid(node: Node, connection: Connection, parameter: str) -> None:
    node.fail(connection, "SEARCH", "INVALID_PARAMS", "Invalid parameters", parameter)
