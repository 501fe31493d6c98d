"""MONITOR (https://ircv3.net/specs/extensions/monitor), and extended-monitor."""

import pytest

from tests.conformance.setting import NAME, Connect, join
from tests.fakes.irc import codes, one, only


def test_who_is_there_and_who_is_not(connect: Connect) -> None:
    """If any of the targets being added are online, the server will generate RPL_MONONLINE numerics
    listing those targets that are online.

    https://ircv3.net/specs/extensions/monitor#monitor--targettarget2
    """
    ada, bob = connect("ada"), connect("bob")
    told = ada.ask(f"MONITOR + {bob.nick},{bob.nick}x")
    assert [(m.source, m.command, *m.params) for m in told] == [
        (NAME, "730", ada.nick, f"{bob.nick}!~{bob.nick.lower()}@127.0.0.1"),
        (NAME, "731", ada.nick, f"{bob.nick}x"),
    ]


def test_a_target_becomes_online_and_offline(connect: Connect) -> None:
    """This numeric is used to indicate to a client that either a target has just become online, or
    that a target they have added to their monitor list is online.

    https://ircv3.net/specs/extensions/monitor#730---rpl_mononline
    """
    ada, bob = connect("ada"), connect("bob")
    new = f"{bob.nick}-2"
    ada.ask(f"MONITOR + {new}")
    bob.ask(f"NICK {new}")
    assert one(ada.drain(), "730").params[1].partition("!")[0] == new
    bob.send("QUIT :bye")
    bob.until_closed()
    assert ada.expect("731").params == [ada.nick, new]


def test_targets_are_not_added_again(connect: Connect) -> None:
    """Targets already in the list MUST NOT be added again.

    https://ircv3.net/specs/extensions/monitor#monitor--targettarget2
    """
    ada = connect("ada")
    ada.ask("MONITOR + nobody-1,nobody-2,NOBODY-1")
    told = ada.ask("MONITOR L")
    assert one(told, "732").params == [ada.nick, "nobody-1,nobody-2"]


def test_the_list_ends_with_733(connect: Connect) -> None:
    """All output will use RPL_MONLIST, and the output will be terminated with RPL_ENDOFMONLIST.

    https://ircv3.net/specs/extensions/monitor#monitor-l
    """
    ada = connect("ada")
    assert codes(ada.ask("MONITOR L")) == ["733"]
    ada.ask("MONITOR + nobody-1")
    assert codes(ada.ask("MONITOR L")) == ["732", "733"]


@pytest.mark.parametrize("command", ["MONITOR - nobody-1", "MONITOR C"])
def test_taking_away_is_silent(connect: Connect, command: str) -> None:
    """No output will be returned for use of this command.

    https://ircv3.net/specs/extensions/monitor#monitor-c
    """
    ada = connect("ada")
    ada.ask("MONITOR + nobody-1")
    assert ada.ask(command) == []
    assert codes(ada.ask("MONITOR L")) == ["733"]


def test_status(connect: Connect) -> None:
    """All targets that are online will be sent using RPL_MONONLINE, all targets that are offline
    will be sent using RPL_MONOFFLINE.

    https://ircv3.net/specs/extensions/monitor#monitor-s
    """
    ada, bob = connect("ada"), connect("bob")
    ada.ask(f"MONITOR + {bob.nick},nobody-1")
    assert codes(ada.ask("MONITOR S")) == ["730", "731"]


def test_a_full_list(connect: Connect) -> None:
    """The <limit> parameter is the maximum number of targets a client may have in their list, the
    <targets> parameter is the list of targets, as the client sent them, that cannot be added.

    https://ircv3.net/specs/extensions/monitor#734---err_monlistfull
    """
    ada = connect("ada")
    assert "MONITOR=100" in {p for m in only(ada.ask("VERSION"), "005") for p in m.params}
    for start in range(0, 100, 20):
        ada.ask("MONITOR + " + ",".join(f"n{number}" for number in range(start, start + 20)))
    assert one(ada.ask("MONITOR + More,n3,Others"), "734").params == [
        ada.nick,
        "100",
        "More,n3,Others",
        "Monitor list is full.",
    ]


def test_no_masks(connect: Connect) -> None:
    """For this specification, 'target' MUST be a valid nick as determined by the IRC daemon.

    https://ircv3.net/specs/extensions/monitor#monitor-command
    """
    ada = connect("ada")
    assert codes(ada.ask("MONITOR + *!*@127.0.0.1")) == ["432"]
    assert codes(ada.ask("MONITOR L")) == ["733"]


@pytest.mark.parametrize(
    ("capability", "said", "told"),
    [("away-notify", "AWAY :lunch", "AWAY"), ("setname", "SETNAME :Robert", "SETNAME")],
)
def test_extended(connect: Connect, capability: str, said: str, told: str) -> None:
    """If away-notify is also enabled, the client will get AWAY notifications for monitored nicks.

    https://ircv3.net/specs/extensions/extended-monitor
    """
    ada = connect("ada", caps=f"extended-monitor {capability}")
    eva, bob = connect("eva", caps=f"extended-monitor {capability}"), connect("bob")
    plain = connect("zoe", caps="extended-monitor")
    join(f"#{bob.nick}", eva, bob)
    for client in (ada, eva, plain):
        client.ask(f"MONITOR + {bob.nick}")
    bob.ask(said)
    for client in (ada, eva):
        assert codes(client.drain()) == [told]
    assert plain.drain() == []


def test_a_login_is_told_to_who_watches(connect: Connect) -> None:
    """If account-notify is also enabled, the client will get ACCOUNT notifications for monitored
    nicks.

    https://ircv3.net/specs/extensions/extended-monitor; here of an account whose user is there
    without a connection: the nick that is watched stays.
    """
    ada = connect("ada", caps="extended-monitor account-notify")
    owner, bob = connect("bob"), connect("guest")
    owner.ask("REGISTER * * :correcthorse")
    owner.send("QUIT")
    owner.until_closed()
    ada.ask(f"MONITOR + {bob.nick}")
    assert "900" in codes(bob.ask(f"NS IDENTIFY {owner.nick} correcthorse"))
    told = [(m.source.partition("!")[0], m.command, *m.params) for m in ada.drain()]
    assert told == [(bob.nick, "ACCOUNT", owner.nick)]
