"""SETNAME and CHGHOST, over one node."""

import pytest

from core.state import facts
from core.wire.names import REALNAME_BYTES
from tests.core.session.handlers.test_login import device, last, log_in, register
from tests.fakes.bench import LABELS, Bench, codes

BOB = "bob!~bob@10.0.0.1"


def test_setname() -> None:
    bench = Bench()
    ada = bench.enter("ada", "#a", caps="setname")
    eva = bench.enter("eva", "#a")
    zoe = bench.enter("zoe", caps="setname")
    bob = bench.enter("bob", "#a", caps="setname")
    ada.read(), eva.read()
    assert bob.say("SETNAME :Robert the Bruce") == [f":{BOB} SETNAME :Robert the Bruce"]
    assert ada.read() == [f":{BOB} SETNAME :Robert the Bruce"]
    assert eva.read() == zoe.read() == []
    assert bench.node.replica.owner_of["bob"].realname == "Robert the Bruce"


@pytest.mark.parametrize("realname", [":", ": ", ":" + "é" * (REALNAME_BYTES // 2) + "x"])
def test_what_is_no_real_name(realname: str) -> None:
    bob = Bench().enter("bob", caps="setname")
    (told,) = bob.say(f"SETNAME {realname}")
    assert told.startswith(":srv FAIL SETNAME INVALID_REALNAME :")


def test_without_the_capability_it_is_silent() -> None:
    bench = Bench()
    bob = bench.enter("bob", caps=LABELS)
    assert bob.say("SETNAME Robert", "SETNAME :") == []
    assert bob.say("@label=x SETNAME Bob") == ["@label=x :srv ACK"]
    assert codes(bob.say("SETNAME")) == ["461"]
    assert bench.node.replica.owner_of["bob"].realname == "Bob"


def test_a_change_of_host() -> None:
    bench = Bench()
    ada = bench.enter("ada", "#a", "#b", caps="chghost")
    eva = bench.enter("eva", "#a", "#b")
    zoe = bench.enter("zoe", "#b", caps="extended-join away-notify")
    bob = bench.enter("bob", "#a", "#b", caps="chghost")
    phone = bench.connect()
    phone.connection.user = bob.connection.user
    assert bob.connection.user is not None
    bench.node.present.attach(phone.connection, bob.connection.user)
    ada.say("MODE #b +ov bob bob")
    bob.say("AWAY :lunch")
    operator = bench.node.replica.owner_of["ada"]
    bench.turn(facts.Opered(operator.id, "root"))
    for client in (ada, eva, zoe, bob, phone):
        client.read()
    bench.turn(facts.HostSet(operator.id, "bob", "robert", "example.org"))
    changed = f":{BOB} CHGHOST robert example.org"
    new = "bob!robert@example.org"
    assert ada.read() == [changed]
    assert bob.read() == [changed, ":srv 396 bob example.org :is your visible host now"]
    assert phone.read() == [":srv 396 bob example.org :is your visible host now"]
    gone = f":{BOB} QUIT :Changing hostname"
    assert eva.read() == [
        gone,
        f":{new} JOIN #a",
        f":{new} JOIN #b",
        ":srv MODE #b +ov bob bob",
    ]
    assert zoe.read() == [
        gone,
        f":{new} JOIN #b * :Bob",
        f":{new} AWAY :lunch",
        ":srv MODE #b +ov bob bob",
    ]


def test_an_account_comes_back_from_another_address() -> None:
    bench = Bench()
    register(bench, "bob", "#a").say("QUIT")
    ada = bench.enter("ada", "#a", caps="chghost setname away-notify")
    ada.say("MONITOR + bob")
    client = bench.connect("10.9.9.9")
    client.say("CAP LS 302", "CAP REQ :sasl chghost")
    log_in(client, "bob")
    told = client.say("NICK bob", "USER bob 0 * :Robert", "CAP END")
    assert "396" not in codes(told)
    assert ada.read() == [
        f":{BOB} CHGHOST ~bob 10.9.9.9",
        ":bob!~bob@10.9.9.9 SETNAME :Robert",
        ":srv 730 ada :bob!~bob@10.9.9.9",
        ":bob!~bob@10.9.9.9 AWAY",
    ]


# away-notify, extended-join and account-notify where accounts stay


def test_who_moves_to_an_account_and_back_is_told_so() -> None:
    bench = Bench()
    register(bench, "bob")
    guest = bench.enter("guest", caps="account-notify")
    assert log_in(guest, "bob")[-1] == f":{BOB} ACCOUNT bob"
    assert guest.connection.user is not None
    told = guest.say("PRIVMSG NickServ :LOGOUT")
    assert [line for line in told if " ACCOUNT " in line] == [
        f":{guest.connection.user.prefix} ACCOUNT *"
    ]


def test_one_away_on_all_devices_comes_into_a_room() -> None:
    bench = Bench()
    ada = bench.enter("ada", "#a", caps="away-notify extended-join")
    bob = register(bench, "bob")
    device(bench, "bob", "bob")
    phone = last(bench)
    bob.say("AWAY :lunch")
    ada.read()
    phone.say("JOIN #a")
    assert ada.read() == [f":{BOB} JOIN #a bob :Bob"]
    phone.say("PART #a", "AWAY :lunch")
    ada.read()
    phone.say("JOIN #a")
    assert ada.read() == [f":{BOB} JOIN #a bob :Bob", f":{BOB} AWAY :lunch"]
