"""draft/channel-rename (https://ircv3.net/specs/extensions/channel-rename)."""

from tests.conformance.setting import Connect, join
from tests.fakes.irc import codes, one, only

ABLE = "draft/channel-rename"


def test_rename(connect: Connect, room: str) -> None:
    """A channel rename preserves all channel state, such as membership, mode and topic. The
    server to client command MUST always include the third parameter, an empty string MAY be used
    if no reason is provided.

    https://ircv3.net/specs/extensions/channel-rename#messages
    """
    ann, ben = connect("ann", caps=ABLE), connect("ben", caps=ABLE)
    join(room, ann, ben)
    ann.ask(f"TOPIC {room} :tea", f"MODE {room} +mb-t bad!*@*")
    ben.drain()
    for seen in (ann.ask(f"RENAME {room} {room}-2 :Typo fix"), ben.drain()):
        renamed = one(seen, "RENAME")
        assert renamed.source.startswith(f"{ann.nick}!")
        assert renamed.params == [room, f"{room}-2", "Typo fix"]
        assert codes(seen) == ["RENAME"]
    assert one(ben.ask(f"TOPIC {room}-2"), "332").params[-1] == "tea"
    assert one(ben.ask(f"MODE {room}-2"), "324").params[2] == "+mn"
    assert f"@{ann.nick} {ben.nick}" == one(ben.ask(f"NAMES {room}-2"), "353").params[-1]
    assert one(ann.ask(f"RENAME {room}-2 {room}-3"), "RENAME").params[2] == ""


def test_only_the_casing_changes(connect: Connect, room: str) -> None:
    """Implementations MUST allow channels to be renamed while only changing the casing of a
    channel name. This fallback SHOULD NOT be used if the rename only changes the case of the
    channel name.

    https://ircv3.net/specs/extensions/channel-rename#fallback
    """
    ann, ben = connect("ann", caps=ABLE), connect("ben")
    join(room, ann, ben)
    assert one(ann.ask(f"RENAME {room} {room.upper()}"), "RENAME").params[1] == room.upper()
    assert ben.drain() == []


def test_the_fallback(connect: Connect, room: str) -> None:
    """Send the client a PART message for the old channel name, with part message matching the
    rename reason if given. Send the client a JOIN message followed by the usual messages that
    would be sent if the client had joined the new channel normally. If a client sends a valid
    RENAME command without having negotiated the capability, the server SHOULD rename the channel,
    but use the fallback mechanism to report the name change to that client.

    https://ircv3.net/specs/extensions/channel-rename#fallback
    """
    ann, ben = connect("ann"), connect("ben")
    join(room, ann, ben)
    ann.ask(f"TOPIC {room} :tea")
    ben.drain()
    new = f"{room}-2"
    for client, seen in ((ann, ann.ask(f"RENAME {room} {new} :why")), (ben, ben.drain())):
        assert codes(seen) == ["PART", "JOIN", "332", "333", "353", "366"]
        assert seen[0].params == [room, "why"]
        assert seen[1].params == [new]
        assert seen[0].source == seen[1].source
        assert seen[1].source.startswith(f"{client.nick}!")


def test_errors(connect: Connect, room: str) -> None:
    """FAIL RENAME CHANNEL_NAME_IN_USE <old-channel> <new-channel> :The channel name is already
    taken. FAIL RENAME CANNOT_RENAME <old-channel> <new-channel> :The channel cannot be renamed. If
    existing error numerics (such as ERR_CHANOPRIVSNEEDED, ERR_NOTONCHANNEL, ERR_NEEDMOREPARAMS)
    are more appropriate, they SHOULD be used instead.

    https://ircv3.net/specs/extensions/channel-rename#errors
    """
    ann, ben = connect("ann", caps=ABLE), connect("ben")
    join(room, ann, ben)
    join(f"{room}-x", ben)
    taken = one(ann.ask(f"RENAME {room} {room}-x"), "FAIL").params
    assert taken[:4] == ["RENAME", "CHANNEL_NAME_IN_USE", room, f"{room}-x"]
    never = one(ann.ask(f"RENAME {room} nowhere"), "FAIL").params
    assert never[:4] == ["RENAME", "CANNOT_RENAME", room, "nowhere"]
    assert codes(ben.ask(f"RENAME {room} {room}-y")) == ["482"]
    assert codes(connect().ask(f"RENAME {room} {room}-y")) == ["442"]
    assert codes(ann.ask(f"RENAME {room}")) == ["461"]
    assert only(ben.drain(), "PART", "RENAME") == []
