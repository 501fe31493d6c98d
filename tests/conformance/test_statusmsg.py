"""Messages to members of a rank (https://modern.ircdocs.horse/#statusmsg-parameter)."""

import pytest

from tests.conformance.setting import Connect, join
from tests.fakes.irc import one, only


@pytest.mark.parametrize("command", ["PRIVMSG", "NOTICE"])
def test_only_for_a_rank(connect: Connect, room: str, command: str) -> None:
    """The STATUSMSG parameter indicates that the server supports a method for clients to send a
    message via the PRIVMSG / NOTICE commands to those people on a channel with (one of) the
    specified channel membership prefixes.

    https://modern.ircdocs.horse/#statusmsg-parameter
    """
    ann, ben, cat = connect("ann"), connect("ben"), connect("cat")
    join(room, ann, ben, cat)
    ann.ask(f"MODE {room} +v {ben.nick}")
    for client in (ann, ben, cat):
        client.drain()
    assert cat.ask(f"{command} @{room} :for operators", f"{command} +{room} :for voices") == []
    seen = only(ann.drain(), command)
    assert [message.params for message in seen] == [
        [f"@{room}", "for operators"],
        [f"+{room}", "for voices"],
    ]
    assert one(ben.drain(), command).params == [f"+{room}", "for voices"]
    assert cat.drain() == []


def test_the_history_shows_it_to_the_rank(connect: Connect, room: str) -> None:
    """A channel name prefixed with a channel membership prefix: the message is only for members
    with at least that status.

    https://modern.ircdocs.horse/#privmsg-message
    """
    caps = "batch draft/chathistory"
    ann, ben = connect("ann", caps=caps), connect("ben", caps=caps)
    join(room, ann, ben)
    ann.ask(f"PRIVMSG @{room} :among us", f"PRIVMSG {room} :to all")
    past = f"CHATHISTORY LATEST {room} * 10"
    assert [m.params[1] for m in only(ann.ask(past), "PRIVMSG")] == ["among us", "to all"]
    ben.drain()
    assert [m.params[1] for m in only(ben.ask(past), "PRIVMSG")] == ["to all"]
