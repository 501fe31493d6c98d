"""setname, chghost, account-notify, away-notify and extended-join."""

import base64

from tests.conformance.setting import Connect, join
from tests.fakes.irc import Client, codes, one, only
from tests.fakes.server import Server


def test_setname_is_confirmed_and_told(connect: Connect) -> None:
    """If they accept the realname change, they MUST send the server-to-client version of the
    SETNAME message to all clients in common channels, as well as to the client from which it
    originated, to confirm the change has occurred.

    https://ircv3.net/specs/extensions/setname
    """
    ada, bob = connect("ada", caps="setname"), connect("bob", caps="setname")
    join(f"#{ada.nick}", ada, bob)
    told = one(ada.ask("SETNAME :Ada Lovelace"), "SETNAME")
    assert (told.nick, told.params) == (ada.nick, ["Ada Lovelace"])
    assert one(bob.drain(), "SETNAME") == told
    assert one(bob.ask(f"WHOIS {ada.nick}"), "311").params[-1] == "Ada Lovelace"


def test_setname_is_not_told_to_others(connect: Connect) -> None:
    """The SETNAME message MUST NOT be sent to clients which do not have the setname capability
    negotiated.

    https://ircv3.net/specs/extensions/setname
    """
    ada, bob = connect("ada", caps="setname"), connect("bob")
    join(f"#{ada.nick}", ada, bob)
    ada.ask("SETNAME :Ada")
    assert bob.drain() == []


def test_setname_without_the_capability(connect: Connect) -> None:
    """If a client sends a SETNAME command without having negotiated the capability, the server
    SHOULD handle it silently (with no response), as historic implementations did.

    https://ircv3.net/specs/extensions/setname
    """
    ada = connect("ada")
    assert ada.ask("SETNAME :Countess") == []
    assert one(ada.ask(f"WHOIS {ada.nick}"), "311").params[-1] == "Countess"


def test_namelen(connect: Connect) -> None:
    """When enabled, servers MUST provide a NAMELEN token in RPL_ISUPPORT with the maximum allowed
    length for realnames.

    https://ircv3.net/specs/extensions/setname
    """
    ada = connect("ada", caps="setname")
    tokens = {word for message in only(ada.ask("VERSION"), "005") for word in message.params}
    (limit,) = (int(word[8:]) for word in tokens if word.startswith("NAMELEN="))
    assert codes(ada.ask(f"SETNAME :{'x' * limit}")) == ["SETNAME"]
    assert codes(ada.ask(f"SETNAME :{'x' * (limit + 1)}")) == ["FAIL"]


def test_an_invalid_real_name(connect: Connect) -> None:
    """If the server rejects the realname due to invalidity, it MUST send a FAIL message of the
    following format: FAIL SETNAME INVALID_REALNAME :Realname is not valid

    https://ircv3.net/specs/extensions/setname#errors
    """
    ada = connect("ada", caps="setname")
    assert one(ada.ask("SETNAME :"), "FAIL").params[:2] == ["SETNAME", "INVALID_REALNAME"]


def test_away_notify_when_somebody_joins(connect: Connect) -> None:
    """Clients will be sent an AWAY message when a user sharing a channel with them sets, changes or
    removes their away state, as well as when a user joins and has an away message set.

    https://ircv3.net/specs/extensions/away-notify
    """
    ada, bob = connect("ada", caps="away-notify"), connect("bob")
    join(f"#{ada.nick}", ada)
    bob.ask("AWAY :out")
    bob.ask(f"JOIN #{ada.nick}")
    told = ada.drain()
    assert codes(told) == ["JOIN", "AWAY"]
    assert told[1].params == ["out"]
    bob.ask("AWAY")
    assert one(ada.drain(), "AWAY").params == []


def test_extended_join_and_account_notify(connect: Connect) -> None:
    """When enabled, the JOIN message will designate the account name of the user when they join a
    channel.  When enabled, clients will get the ACCOUNT message to designate the account name
    changes for clients on common channels with them, including themselves.

    https://ircv3.net/specs/extensions/extended-join and
    https://ircv3.net/specs/extensions/account-notify
    """
    ada = connect("ada", caps="extended-join account-notify")
    bob, plain = connect("bob", caps="account-notify"), connect("eva")
    room = f"#{ada.nick}"
    join(room, ada, plain)
    ada.drain()
    bob.ask(f"JOIN {room}")
    assert one(ada.drain(), "JOIN").params == [room, "*", "A person"]
    assert one(plain.drain(), "JOIN").params == [room]
    assert one(bob.ask("REGISTER * * :a-password"), "ACCOUNT").params == [bob.nick]
    told = one(ada.drain(), "ACCOUNT")
    assert (told.nick, told.params) == (bob.nick, [bob.nick])
    assert plain.drain() == []
    bob.ask(f"PART {room}", f"JOIN {room}")
    assert one(ada.drain(), "JOIN").params == [room, bob.nick, "A person"]


def test_chghost(server: Server, connect: Connect) -> None:
    """When a client username or host is changed, servers MUST send the CHGHOST message to other
    clients who share channels with the target client and who have enabled the chghost capability.

    https://ircv3.net/specs/extensions/chghost

    Here it changes when an account comes back under another user name.
    """
    ada, old = connect("ada", caps="chghost"), connect("eva")
    nick = f"{ada.nick}-bob"
    with server.client(nick) as bob:
        join(f"#{ada.nick}", ada, old, bob)
        bob.ask("REGISTER * * :a-password")
        bob.send("QUIT")
        bob.until_closed()
    ada.drain(), old.drain()
    with server.connect() as back:
        log_in(back, nick, "a-password")
        changed = one(ada.drain(), "CHGHOST")
        assert changed.source == f"{nick}!~{nick.lower()}@127.0.0.1"
        assert changed.params == ["~other", "127.0.0.1"]
        told = old.drain()
        assert codes(told) == ["QUIT", "JOIN"]
        assert told[1].source == f"{nick}!~other@127.0.0.1"


def log_in(client: Client, nick: str, password: str) -> None:
    """Register by SASL, with the user name "other"."""
    payload = base64.b64encode(f"\0{nick}\0{password}".encode()).decode()
    client.send("CAP LS 302", "CAP REQ sasl", "AUTHENTICATE PLAIN", f"AUTHENTICATE {payload}")
    client.expect("903")
    client.send(f"NICK {nick}", "USER other 0 * :A person", "CAP END")
    client.expect("422")
    client.drain()
