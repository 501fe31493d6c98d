"""What NAMES and JOIN show to clients with multi-prefix, userhost-in-names, no-implicit-names."""

from tests.conformance.setting import Connect, join
from tests.fakes.irc import codes, one


def test_all_prefixes_in_order(connect: Connect, room: str) -> None:
    """The multi-prefix client capability will cause the IRC server to send all possible prefixes
    which apply to a user in NAMES, WHO and WHOIS output. These prefixes MUST be in order of
    'rank', from highest to lowest.

    https://ircv3.net/specs/extensions/multi-prefix
    """
    ann, ben = connect("ann"), connect("ben", caps="multi-prefix")
    join(room, ann, ben)
    ann.ask(f"MODE {room} +vh {ann.nick} {ann.nick}")
    ben.drain()
    assert one(ben.ask(f"NAMES {room}"), "353").params[-1].split(" ")[0] == f"@%+{ann.nick}"
    assert one(ben.ask(f"WHO {ann.nick}"), "352").params[6] == "H@%+"
    assert one(ben.ask(f"WHOIS {ann.nick}"), "319").params[-1] == f"@%+{room}"
    assert one(ann.ask(f"NAMES {room}"), "353").params[-1].split(" ")[0] == f"@{ann.nick}"


def test_hostmasks(connect: Connect, room: str) -> None:
    """The userhost-in-names capability extends the NAMES reply messages (RPL_NAMREPLY) to contain
    the full hostmask (nick!user@host) of every user listed.

    https://ircv3.net/specs/extensions/userhost-in-names
    """
    ann, ben = connect("ann"), connect("ben", caps="userhost-in-names")
    join(room, ann)
    shown = one(ben.ask(f"JOIN {room}"), "353").params[-1].split(" ")
    assert shown == [
        f"@{ann.nick}!~{ann.nick}@127.0.0.1",
        f"{ben.nick}!~{ben.nick}@127.0.0.1",
    ]


def test_no_names_unasked(connect: Connect, room: str) -> None:
    """When negotiated, servers MUST NOT send an implicit NAMES reply after sending a JOIN message.
    Servers MUST reply to explicit NAMES commands sent by the client as usual.

    https://ircv3.net/specs/extensions/no-implicit-names
    """
    client = connect(caps="draft/no-implicit-names")
    assert codes(client.ask(f"JOIN {room}")) == ["JOIN"]
    assert codes(client.ask(f"NAMES {room}")) == ["353", "366"]
