"""MONITOR, over one node."""

import pytest

from core.session.connection import Connection
from core.session.watching import Watching
from core.wire.capabilities import names
from tests.core.session.handlers.test_login import device, last, log_in, register
from tests.fakes.bench import LABELS, Bench, Client, codes, with_limits

BOB = "bob!~bob@10.0.0.1"


def listed(client: Client) -> list[str]:
    """The MONITOR list."""
    lines = client.say("MONITOR L")
    assert lines[-1] == f":srv 733 {client.connection.name} :End of MONITOR list"
    return [nick for line in lines[:-1] for nick in line.split(" :")[1].split(",")]


def quietly(bench: Bench, nick: str) -> Client:
    """A new user; what others are told of that is not read yet."""
    client = bench.connect()
    client.say(f"NICK {nick}", f"USER {nick} 0 * :{nick}")
    return client


def test_who_comes_and_goes() -> None:
    bench = Bench()
    ada = bench.enter("ada")
    assert ada.say("MONITOR + bob,eva") == [":srv 731 ada :bob,eva"]
    bob = quietly(bench, "bob")
    assert ada.read() == [f":srv 730 ada :{BOB}"]
    assert ada.say("MONITOR S") == [f":srv 730 ada :{BOB}", ":srv 731 ada :eva"]
    bob.say("QUIT :bye")
    assert ada.read() == [":srv 731 ada :bob"]
    assert listed(ada) == ["bob", "eva"]


def test_a_change_of_nick() -> None:
    bench = Bench()
    ada, bob = bench.enter("ada"), bench.enter("bob")
    ada.say("MONITOR + bob,eva")
    bob.say("NICK BOB")
    assert ada.read() == []
    bob.say("NICK eva")
    assert ada.read() == [":srv 731 ada :BOB", ":srv 730 ada :eva!~bob@10.0.0.1"]


def test_removing_and_clearing_is_silent() -> None:
    bench = Bench()
    ada, bob = bench.enter("ada"), bench.enter("bob")
    ada.say("MONITOR + bob,eva,zoe")
    assert ada.say("MONITOR - BOB,nobody") == []
    bob.say("NICK eve")
    assert ada.read() == []
    assert listed(ada) == ["eva", "zoe"]
    assert ada.say("MONITOR C") == []
    assert listed(ada) == []
    assert not bench.node.watching


def test_what_cannot_be_monitored() -> None:
    bench = Bench(with_limits(monitor_targets=3))
    ada = bench.enter("ada")
    assert ada.say("MONITOR + a,a!*@*,A,NickServ") == [
        ":srv 432 ada a!*@* :Erroneous nickname",
        ":srv 731 ada :a,NickServ",
    ]
    assert ada.say("MONITOR + b,c,d") == [
        ":srv 734 ada 3 c,d :Monitor list is full.",
        ":srv 731 ada :b",
    ]
    assert ada.say("MONITOR + b") == []
    assert codes(ada.say("MONITOR", "MONITOR +", "MONITOR - ,", "MONITOR x")) == [
        "461",
        "461",
        "461",
        "400",
    ]


def test_long_lists_take_several_lines() -> None:
    bench = Bench(with_limits(monitor_targets=0))
    ada = bench.enter("ada")
    nicks = [f"somebody-with-a-long-nick-{number:03d}" for number in range(40)]
    for start in range(0, 40, 10):
        ada.say(f"MONITOR + {','.join(nicks[start : start + 10])}")
    lines = ada.say("MONITOR L")
    assert len(lines) == 4
    assert all(len(line) <= 510 for line in lines)
    assert listed(ada) == nicks


def test_answers_are_labelled() -> None:
    ada = Bench().enter("ada", caps=LABELS)
    assert ada.say("@label=x MONITOR + bob") == ["@label=x :srv 731 ada :bob"]
    assert ada.say("@label=x MONITOR C") == ["@label=x :srv ACK"]


def test_an_account_is_online_while_somebody_is_there() -> None:
    """Staying in its rooms does not count; neither does one connection more or less."""
    bench = Bench()
    ada = bench.enter("ada")
    bob = register(bench, "bob")
    assert ada.say("MONITOR + bob") == [f":srv 730 ada :{BOB}"]
    device(bench, "bob", "bob")
    phone = last(bench)
    assert ada.read() == []
    bob.say("QUIT")
    assert ada.read() == []
    phone.say("QUIT")
    assert ada.read() == [":srv 731 ada :bob"]
    assert bench.node.replica.user_named("bob") is not None
    assert ada.say("MONITOR S") == [":srv 731 ada :bob"]
    device(bench, "bob", "bob")
    assert ada.read() == [f":srv 730 ada :{BOB}"]


def test_logging_in_moves_a_connection() -> None:
    """The nick it had is free."""
    bench = Bench()
    ada = bench.enter("ada")
    register(bench, "bob")
    guest = bench.enter("guest")
    ada.say("MONITOR + bob,guest")
    log_in(guest, "bob")
    assert ada.read() == [":srv 731 ada :guest"]


def test_logging_in_keeps_the_nick_of_a_guest() -> None:
    """Behind the account nobody sat: neither nick is news, the login is."""
    bench = Bench()
    ada = bench.enter("ada", caps="extended-monitor account-notify")
    register(bench, "bob").say("QUIT")
    guest = bench.enter("guest")
    ada.say("MONITOR + bob,guest")
    log_in(guest, "bob")
    assert ada.read() == [":guest!~guest@10.0.0.1 ACCOUNT bob"]


def test_who_is_gone_watches_no_more() -> None:
    bench = Bench()
    ada = bench.enter("ada")
    ada.say("MONITOR + bob")
    ada.say("QUIT")
    assert not bench.node.watching
    bench.enter("bob")


def test_the_index() -> None:
    watching = Watching()
    one, other = (Connection(number, "host", False, 512, 0.0) for number in (1, 2))
    watching.add(one, "bob", "Bob", False)
    watching.add(other, "bob", "bob", False)
    assert list(watching.by("bob")) == [one, other]
    assert watching.turned("bob", True) == [one, other]
    assert watching.turned("bob", True) == []
    watching.remove(one, "bob")
    assert list(watching.by("bob")) == [other]
    assert watching.by("eva") == ()


# extended-monitor


@pytest.mark.parametrize(
    ("capability", "said", "told"),
    [
        ("away-notify", "AWAY :lunch", f":{BOB} AWAY :lunch"),
        ("setname", "SETNAME :Robert", f":{BOB} SETNAME :Robert"),
        ("account-notify", "REGISTER bob * :a long password", f":{BOB} ACCOUNT bob"),
    ],
)
def test_what_becomes_of_those_one_monitors(capability: str, said: str, told: str) -> None:
    bench = Bench()
    ada = bench.enter("ada", caps=f"extended-monitor {capability}")
    eva = bench.enter("eva", caps=capability)
    zoe = bench.enter("zoe", caps="extended-monitor")
    bob = bench.enter("bob")
    for client in (ada, eva, zoe):
        client.say("MONITOR + bob")
    bob.say(said)
    assert ada.read() == [told]
    assert eva.read() == []
    assert zoe.read() == []


def test_it_is_told_once() -> None:
    bench = Bench()
    ada = bench.enter("ada", "#a", caps="extended-monitor setname")
    bob = bench.enter("bob", "#a")
    ada.say("MONITOR + bob")
    bob.say("SETNAME :Robert")
    assert ada.read() == [f":{BOB} SETNAME :Robert"]


def test_that_nobody_is_there_is_told_by_731_alone() -> None:
    bench = Bench()
    ada = bench.enter("ada", caps="extended-monitor away-notify")
    bob = register(bench, "bob")
    ada.say("MONITOR + bob")
    bob.say("QUIT")
    assert ada.read() == [":srv 731 ada :bob"]


def test_the_capability_is_offered() -> None:
    assert "extended-monitor" in names(-1)
