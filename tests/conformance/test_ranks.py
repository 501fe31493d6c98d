"""The ranks of members (https://modern.ircdocs.horse/#channel-membership-prefixes)."""

from tests.conformance.setting import Connect, join
from tests.fakes.irc import codes, one


def test_the_founder(connect: Connect, room: str) -> None:
    """This prefix shows that the given user is the 'founder' of the current channel and has full
    moderation control over it. This prefix is typically only used on networks that have the
    concept of client accounts, and ownership of channels by those accounts.

    https://modern.ircdocs.horse/#founder-prefix
    """
    ann, ben = connect("ann"), connect("ben")
    one(ann.ask("REGISTER * * password"), "REGISTER")
    assert one(ann.ask(f"JOIN {room}"), "353").params[-1] == f"@{ann.nick}"
    assert one(ann.ask(f"MODE {room} +q {ann.nick}"), "MODE").params[1:] == ["+q", ann.nick]
    assert one(ann.ask(f"NAMES {room}"), "353").params[-1] == f"~{ann.nick}"
    join(room, ben)
    assert codes(ann.ask(f"MODE {room} +o {ben.nick}"))[-1:] == ["MODE"]
    ben.drain()
    assert codes(ben.ask(f"KICK {room} {ann.nick}")) == ["482"]
    assert codes(ben.ask(f"MODE {room} -q {ann.nick}")) == ["482"]


def test_a_half_operator(connect: Connect, room: str) -> None:
    """Users with this mode may perform channel moderation tasks, but at a lower privilege level
    than operators.

    https://modern.ircdocs.horse/#halfop-prefix
    """
    ann, ben, cat = connect("ann"), connect("ben"), connect("cat")
    join(room, ann, ben, cat)
    ann.ask(f"MODE {room} +h {ben.nick}")
    ben.drain()
    assert codes(ben.ask(f"MODE {room} +v {cat.nick}")) == ["MODE"]
    assert codes(ben.ask(f"MODE {room} +o {cat.nick}")) == ["482"]
    assert codes(ben.ask(f"TOPIC {room} :tea")) == ["TOPIC"]
    assert codes(ben.ask(f"KICK {room} {ann.nick}")) == ["482"]
    assert codes(ben.ask(f"KICK {room} {cat.nick}")) == ["KICK"]
