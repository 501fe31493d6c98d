"""How others see who is logged in: account-notify, account-tag, extended-join."""

from tests.conformance.accounts import PASSWORD, log_in, make_account
from tests.conformance.setting import Connect, join
from tests.fakes.irc import one, only


def test_account_notify(connect: Connect, room: str) -> None:
    """When enabled, clients will get the ACCOUNT message to designate the account name changes for
    clients on common channels with them, including themselves.

    :nick!user@host ACCOUNT accountname

    https://ircv3.net/specs/extensions/account-notify
    """
    ada, bob = connect(caps="account-notify"), connect(caps="account-notify")
    without, outside = connect(), connect(caps="account-notify")
    join(room, ada, bob, without)
    make_account(ada)
    told = one(bob.drain(), "ACCOUNT")
    assert (told.nick, told.params) == (ada.nick, [ada.nick])
    assert not only([*without.drain(), *outside.drain()], "ACCOUNT")
    account = make_account(bob)
    assert one(ada.drain(), "ACCOUNT").params == [account]


def test_account_notify_of_oneself(connect: Connect) -> None:
    """(...) including themselves.

    https://ircv3.net/specs/extensions/account-notify
    """
    ada = connect(caps="account-notify")
    ada.send("REGISTER * * :sesame street")
    assert ada.expect("ACCOUNT").params == [ada.nick]


def test_account_notify_of_the_end(connect: Connect, room: str) -> None:
    """:nick!user@host ACCOUNT *

    This message represents that the user identified by nick!user@host has logged out of their
    account.

    https://ircv3.net/specs/extensions/account-notify
    """
    ada, bob = connect(caps="account-notify"), connect(caps="account-notify")
    make_account(ada)
    join(room, ada, bob)
    ada.send(f"NS DROP {PASSWORD}")
    assert ada.expect("ACCOUNT").params == ["*"]
    told = one(bob.drain(), "ACCOUNT")
    assert (told.nick, told.params) == (ada.nick, ["*"])


def test_account_tag(connect: Connect, room: str) -> None:
    """The tag MUST be named account, and contain the sender's current services username.  (If the
    user is not identified to any services account, the tag MUST NOT be sent.)  The tag MUST be
    added by the ircd to all commands sent by a user (e.g. PRIVMSG, MODE, NOTICE, and all others).

    https://ircv3.net/specs/extensions/account-tag
    """
    ada, bob, without = connect(), connect(caps="account-tag"), connect()
    join(room, ada, bob, without)
    ada.ask(f"PRIVMSG {room} :hello")
    assert "account" not in one(bob.drain(), "PRIVMSG").tags
    account = make_account(ada)
    ada.ask(
        f"PRIVMSG {room} :hello", f"NOTICE {bob.nick} :psst", f"TOPIC {room} :x",
        f"MODE {room} +s", f"INVITE {bob.nick} {room}", f"NICK {account}x", f"PART {room} :bye",
    )  # fmt: skip
    seen = bob.drain()
    assert len(seen) >= 6
    assert {message.tags.get("account") for message in seen} == {account}
    assert not [m for m in without.drain() if "account" in m.tags]


def test_extended_join(connect: Connect, room: str) -> None:
    """:nick!user@host JOIN #channelname accountname :Real Name
    :nick!user@host JOIN #channelname * :Real Name

    The penultimate parameter is the display name of that account.  The last parameter is the
    user's GECOS.

    https://ircv3.net/specs/extensions/extended-join
    """
    bob, without = connect(caps="extended-join"), connect()
    join(room, bob, without)
    guest, ada = connect(), connect()
    account = make_account(ada)
    for client, shown in ((guest, "*"), (ada, account)):
        client.ask(f"JOIN {room}")
        assert one(bob.drain(), "JOIN").params == [room, shown, "A person"]
        assert one(without.drain(), "JOIN").params == [room]


def test_a_login_in_rooms(connect: Connect, room: str) -> None:
    """A guest that becomes somebody who is there already: one goes, the other stays."""
    ada, bob = connect(), connect(caps="extended-join account-notify")
    account = make_account(ada)
    guest = connect()
    join(room, ada, bob, guest)
    assert log_in(guest, account)[-1].command == "903"
    told = guest.drain()
    assert one(told, "NICK").params == [account]
    assert one(bob.drain(), "QUIT").nick == guest.nick
    names = one(bob.ask(f"NAMES {room}"), "353").params[-1].split()
    assert sorted(name.lstrip("~@") for name in names) == sorted([account, bob.nick])
