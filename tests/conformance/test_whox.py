"""WHOX (https://ircv3.net/specs/extensions/whox)."""

import pytest

from tests.conformance.setting import NAME, Connect, join
from tests.fakes.irc import codes, one


def test_it_is_announced(connect: Connect) -> None:
    """Servers supporting this specification MUST include the WHOX token in RPL_ISUPPORT without
    any value.

    https://ircv3.net/specs/extensions/whox#isupport-token
    """
    words = [word for line in connect().ask("VERSION") for word in line.params]
    assert "WHOX" in words


@pytest.mark.parametrize("fields", ["tcuihsnflar", "rlafnsihuct"])
def test_fields(connect: Connect, room: str, fields: str) -> None:
    """:<server> 354 <client> [token] [channel] [user] [ip] [host] [server] [nick] [flags] [idle]
    [account] [:realname]. Exactly the fields requested by the client MUST be returned by the
    server. 255.255.255.255 is used for [ip] when the server refuses to disclose the IP address. 0
    is used for [account] when the user is logged out.

    https://ircv3.net/specs/extensions/whox#rpl_whospcrpl-354-numeric-reply
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann, ben)
    seen = ben.ask(f"WHO {ann.nick} %{fields},123")
    assert codes(seen) == ["354", "315"]
    assert seen[0].params[1:] == [
        *("123", room, f"~{ann.nick}", "255.255.255.255", "127.0.0.1", NAME, ann.nick, "H@"),
        *(seen[0].params[9], "0", "A person"),
    ]
    assert int(seen[0].params[9]) < 60
    assert seen[1].params[1] == ann.nick


def test_a_subset(connect: Connect, room: str) -> None:
    """`*` is used for [channel] when no channel is returned. Servers MUST NOT send RPL_WHOREPLY
    replies.

    https://ircv3.net/specs/extensions/whox#rpl_whospcrpl-354-numeric-reply
    """
    ann, ben = connect("ann"), connect("ben")
    assert one(ben.ask(f"WHO {ann.nick} %cn"), "354").params == [ben.nick, "*", ann.nick]
    join(room, ann)
    assert one(ben.ask(f"WHO {room} %tn,7"), "354").params == [ben.nick, "7", ann.nick]
