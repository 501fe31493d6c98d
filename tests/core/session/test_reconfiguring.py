"""Other settings while the server runs: what clients notice."""

from dataclasses import replace

from core.config import AccountsConfig, Config, LimitsConfig, ServerConfig
from core.session.reconfiguring import reconfigure
from tests.fakes.bench import QUIET, Bench, codes
from tests.fakes.operators import operator, with_operator

CLOSED = AccountsConfig(registration="closed")
ACCOUNTS = "draft/account-registration"


def change(bench: Bench, config: Config) -> None:
    reconfigure(bench.node, config)
    bench.settle()


def test_the_message_of_the_day_and_limits() -> None:
    bench = Bench()
    ada = bench.enter("ada")
    counted = bench.node.attempts
    change(bench, replace(QUIET, server=ServerConfig("srv", motd="new", lobby="")))
    assert ":srv 372 ada :- new" in ada.say("MOTD")
    assert bench.node.attempts is counted
    limits = LimitsConfig(login_attempts=1, messages_per_second=0.0)
    change(bench, replace(QUIET, limits=limits))
    assert bench.node.limits is limits
    assert bench.node.attempts is not counted
    assert codes(ada.say("MOTD")) == ["422"]


def test_a_capability_comes_and_goes() -> None:
    bench = Bench()
    new, old, plain = bench.connect(), bench.connect(), bench.connect()
    new.say("CAP LS 302", f"CAP REQ {ACCOUNTS}")
    old.say("CAP LS", f"CAP REQ :cap-notify {ACCOUNTS}")
    plain.say(f"CAP REQ {ACCOUNTS}")
    for client in (new, old, plain):
        client.say("CAP END", f"NICK u{client.connection.id}", "USER u 0 * :U")
    change(bench, replace(QUIET, accounts=CLOSED))
    assert new.read() == [f":srv CAP u1 DEL :{ACCOUNTS}"]
    assert old.read() == [f":srv CAP u2 DEL :{ACCOUNTS}"]
    assert plain.read() == []
    assert old.say("CAP LIST") == [":srv CAP u2 LIST :cap-notify"]
    assert plain.say("CAP LIST") == [":srv CAP u3 LIST :"]
    change(bench, QUIET)
    assert new.read() == [f":srv CAP u1 NEW :{ACCOUNTS}=before-connect"]
    assert plain.read() == []
    server = replace(QUIET.server, password="x")
    change(bench, replace(QUIET, server=server))
    assert new.read() == [f":srv CAP u1 NEW :{ACCOUNTS}"]  # with another value
    reconfigure(bench.node, replace(QUIET, accounts=CLOSED))
    change(bench, QUIET)
    assert codes(new.read()) == ["CAP", "CAP"]


def test_who_is_no_operator_any_more() -> None:
    bench = Bench(with_operator())
    root, ada = operator(bench), bench.enter("ada")
    change(bench, with_operator("kill"))
    assert root.read() == []
    change(bench, QUIET)
    assert root.read() == [":root!~root@10.0.0.1 MODE root -o"]
    assert ada.read() == []
    assert not bench.node.replica.operators
