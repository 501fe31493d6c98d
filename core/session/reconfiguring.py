"""Other settings, while the server runs (REHASH).

Only keys that need no restart have changed: see ``core.config.reloading``.  Nobody is disconnected.
"""

from typing import TYPE_CHECKING

from core.config import Config
from core.session.attempts import Attempts
from core.session.offers import Offers
from core.session.welcome import Welcome
from core.state import facts
from core.wire.capabilities import CAP_NOTIFY
from core.wire.modes import ModeChange

if TYPE_CHECKING:
    from core.session.node import Node


def reconfigure(node: "Node", config: Config) -> None:
    """From now on the node goes by ``config``."""
    if config.limits.login_attempts != node.limits.login_attempts:
        node.attempts = Attempts(config.limits.login_attempts)
        node.sign_ups = Attempts(config.limits.login_attempts)
    node.config, node.limits = config, config.limits
    node.welcome = Welcome(config, node.welcome.started)
    _change_offers(node, Offers(config, "EXTERNAL" in node.offers.mechanisms.split(",")))
    _depose(node)


def _change_offers(node: "Node", offers: Offers) -> None:
    """CAP DEL and CAP NEW, to those who asked to be told.

    https://ircv3.net/specs/extensions/capability-negotiation#the-cap-new-subcommand
    """
    before, node.offers = node.offers, offers
    changes = [_changes(before, offers, secure) for secure in (False, True)]
    for connection in list(node.connections.values()):
        if connection.caps & offers.withheld:
            node.change_caps(connection, connection.caps & ~offers.withheld)
        if connection.caps & CAP_NOTIFY:
            for change in changes[connection.secure]:
                body = f":{node.server} CAP {connection.name} {change}"
                node.send_now(connection, body.encode())


def _changes(before: Offers, after: Offers, secure: bool) -> list[str]:
    old, new = before.words(secure), after.words(secure)
    kept = [_name(word) for word in new]
    lost = [_name(word) for word in old if _name(word) not in kept]
    gained = [word for word in new if word not in old]
    changes = [f"DEL :{' '.join(lost)}"] if lost else []
    return [*changes, f"NEW :{' '.join(gained)}"] if gained else changes


def _name(word: str) -> str:
    return word.partition("=")[0]


def _depose(node: "Node") -> None:
    """Who is no operator in the settings any more is none at all."""
    for connection in list(node.connections.values()):
        user = connection.user
        if user in node.replica.operators and user.operator not in node.config.operators:
            fact = facts.UserModesSet(user.id, (ModeChange(False, "o"),))
            node.propose(connection, fact)
