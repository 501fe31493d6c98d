"""OPER, KILL, WALLOPS, CHGHOST, REHASH, DIE, RESTART, CONNECT, SQUIT."""

from dataclasses import replace

import pytest

from core.session.jobs import Halt, Rehash, Rehashed
from core.session.node import Request
from core.state.facts import UserModesSet
from core.wire.modes import ModeChange
from tests.fakes.bench import LABELS, QUIET, Bench, Client, codes, with_limits
from tests.fakes.operators import PASSWORD, operator, with_operator

DENIED = ":srv 481 {} :Permission Denied- You're not an IRC operator"


@pytest.fixture
def bench() -> Bench:
    return Bench(with_operator())


@pytest.fixture
def root(bench: Bench) -> Client:
    return operator(bench)


@pytest.fixture
def ada(bench: Bench, root: Client) -> Client:
    return bench.enter("ada", "#a")


def request(bench: Bench) -> Request:
    """The one thing that is asked of the runtime."""
    bench.turn()
    (asked,) = bench.node.requests
    bench.node.requests = []
    return asked


# OPER.


def test_oper(bench: Bench) -> None:
    ada = bench.enter("ada")
    assert ada.say(f"OPER root {PASSWORD}", "MODE ada", "WALLOPS :x") == [
        ":srv 381 ada :You are now an IRC operator",
        ":ada!~ada@10.0.0.1 MODE ada +o",
        ":srv 221 ada +o",
    ]
    assert ada.say(f"OPER root {PASSWORD}") == [":srv 381 ada :You are now an IRC operator"]
    user = ada.connection.user
    assert user is not None
    assert user.operator == "root"


@pytest.mark.parametrize("words", ["root wrong", "nobody secret", "root :"])
def test_a_wrong_password_or_name(bench: Bench, words: str) -> None:
    ada = bench.enter("ada")
    assert ada.say(f"OPER {words}") == [":srv 464 ada :Password incorrect"]
    assert ada.say("MODE ada") == [":srv 221 ada +"]


def test_oper_needs_both_and_an_operator() -> None:
    ada = Bench(QUIET).enter("ada")
    assert ada.say("OPER root") == [":srv 461 ada OPER :Not enough parameters"]
    assert ada.say("OPER root x") == [":srv 491 ada :No O-lines for your host"]


def test_guessing_is_slowed_down_and_ends() -> None:
    bench = Bench(with_operator(config=with_limits(login_attempts=1)))
    ada = bench.enter("ada")
    started = bench.now
    assert codes(ada.say("OPER root a")) == ["464"]
    assert bench.now == started
    assert codes(ada.say("OPER root b")) == ["464"]
    assert bench.now > started
    later = bench.now
    assert codes(ada.say(f"OPER root {PASSWORD}")) == ["464"]
    assert bench.now == later


def test_who_was_taken_out_meanwhile_does_not_become_one(bench: Bench) -> None:
    ada = bench.enter("ada")
    ada.feed(f"OPER root {PASSWORD}")
    asked = request(bench)
    bench.node.config = replace(bench.node.config, operators={})
    bench.node.answer_request(asked, True)
    bench.settle()
    assert codes(ada.read()) == ["464"]


def test_oper_and_its_end_with_labels(bench: Bench) -> None:
    ada = bench.enter("ada", caps=LABELS)
    got = ada.say(f"@label=x OPER root {PASSWORD}")
    assert codes(got) == ["BATCH", "381", "MODE", "BATCH"]
    assert ada.say("@label=y MODE ada -o") == ["@label=y :ada!~ada@10.0.0.1 MODE ada -o"]
    assert ada.say("KILL ada") == [DENIED.format("ada")]


def test_operators_are_counted_and_shown(root: Client, ada: Client) -> None:
    assert ":srv 252 ada 1 :operator(s) online" in ada.say("LUSERS")
    assert ":srv 313 ada root :is an IRC operator" in ada.say("WHOIS root")
    assert ada.say("USERHOST root") == [":srv 302 ada :root*=+~root@10.0.0.1"]
    root.say("QUIT")
    assert ":srv 252 ada 0 :operator(s) online" in ada.say("LUSERS")


# Permissions.


@pytest.mark.parametrize(
    "line",
    [
        "KILL ada :x", "WALLOPS :x", "CHGHOST ada host", "REHASH", "DIE", "RESTART",
        "CONNECT other", "SQUIT other :x", "KLINE a@b", "UNKLINE a@b", "DLINE 1.2.3.4",
        "UNDLINE 1.2.3.4", "UBAN LIST", "STATS k", "STATS d", "STATS o",
    ],
)  # fmt: skip
def test_only_operators_may(ada: Client, line: str) -> None:
    assert ada.say(line) == [DENIED.format("ada")]


@pytest.mark.parametrize(
    ("line", "permission"),
    [
        ("KILL root", "kill"), ("CHGHOST root host", "hosts"), ("REHASH", "rehash"),
        ("DIE", "die"), ("RESTART", "die"), ("KLINE a@b", "ban"), ("UNDLINE 1.2.3.4", "ban"),
        ("UBAN LIST", "ban"),
    ],
)  # fmt: skip
def test_who_has_only_some_permissions(line: str, permission: str) -> None:
    root = operator(Bench(with_operator("wallops")))
    assert root.say("WALLOPS :x") == []
    assert root.say(line) == [f":srv 723 root {permission} :Insufficient oper privileges."]


def test_who_stands_in_the_settings_no_more_may_nothing(bench: Bench, root: Client) -> None:
    bench.node.config = replace(bench.node.config, operators={})
    assert root.say("KILL root") == [":srv 723 root kill :Insufficient oper privileges."]


def test_who_resigned_while_it_was_on_its_way(root: Client, ada: Client) -> None:
    user = root.connection.user
    assert user is not None
    root.feed("KILL ada :x", "CHGHOST ada host", "WALLOPS :x", "UNKLINE a@b")
    root.bench.turn(UserModesSet(user.id, (ModeChange(False, "o"),)))
    root.bench.settle()
    assert root.read() == [":root!~root@10.0.0.1 MODE root -o", *[DENIED.format("root")] * 4]
    assert ada.read() == []


# KILL.


def test_kill(bench: Bench, root: Client, ada: Client) -> None:
    bob = bench.enter("bob", "#a")
    ada.read()
    assert root.say("KILL ADA :spam and eggs") == []
    assert ada.read() == [
        ":root!~root@10.0.0.1 KILL ada :spam and eggs",
        ":ada!~ada@10.0.0.1 QUIT :Killed (root (spam and eggs))",
        "ERROR :Closing link: srv (Killed (root (spam and eggs)))",
    ]
    assert ada.closed
    assert bob.read() == [":ada!~ada@10.0.0.1 QUIT :Killed (root (spam and eggs))"]
    assert bob.say("NAMES #a")[0].endswith(":bob")
    assert bench.enter("ada")


def test_kill_without_a_comment_and_of_nobody(root: Client, ada: Client) -> None:
    assert root.say("KILL", "KILL nobody", "KILL SRV x") == [
        ":srv 461 root KILL :Not enough parameters",
        ":srv 401 root nobody :No such nick/channel",
        ":srv 483 root :You can't kill a server!",
    ]
    root.say("KILL ada")
    assert ada.read()[1].endswith("QUIT :Killed (root (No reason given))")


def test_killing_oneself_with_a_label(bench: Bench) -> None:
    root = operator(bench, caps=LABELS)
    got = codes(root.say("@label=x KILL root :why"))
    assert got == ["BATCH", "KILL", "QUIT", ":Closing", "BATCH"]
    assert root.closed


def test_all_connections_of_who_is_killed_close(bench: Bench, root: Client) -> None:
    ada = bench.enter("ada", "#a")
    user = ada.connection.user
    assert user is not None
    phone = bench.connect()
    user.connections[1, phone.connection.id] = ""
    phone.connection.user = user
    bench.node.present.attach(phone.connection, user)
    phone.read()
    root.say("KILL ada :x")
    assert codes(ada.read()) == ["KILL", "QUIT", ":Closing"]
    assert phone.closed
    assert not bench.node.present.of(user)


# WALLOPS.


def test_wallops(bench: Bench, root: Client, ada: Client) -> None:
    bob = bench.enter("bob", caps="server-time")
    bob.say("MODE bob +w")
    bench.connect()
    assert root.say("WALLOPS :hi all", "WALLOPS :", "WALLOPS") == [
        ":srv 461 root WALLOPS :Not enough parameters",
        ":srv 461 root WALLOPS :Not enough parameters",
    ]
    assert ada.read() == []
    (line,) = bob.read()
    assert line.startswith("@time=")
    assert line.endswith(" :root!~root@10.0.0.1 WALLOPS :hi all")
    root.say("MODE root +w")
    assert root.say("WALLOPS x") == [":root!~root@10.0.0.1 WALLOPS :x"]


# CHGHOST.


def test_chghost(bench: Bench, root: Client, ada: Client) -> None:
    bob = bench.enter("bob", "#a", caps="chghost")
    assert root.say("CHGHOST ada nice.example") == [
        ":srv NOTICE root :ada appears under the host nice.example now"
    ]
    assert bob.read() == [":ada!~ada@10.0.0.1 CHGHOST ~ada nice.example"]
    root.say("CHGHOST ada nice other.example/x")
    assert bob.read() == [":ada!~ada@nice.example CHGHOST nice other.example/x"]
    root.say("CHGHOST ada nice other.example/x")
    assert bob.read() == []
    assert ":srv 338 root ada 10.0.0.1 :is actually using host" in root.say("WHOIS ada")
    assert ":srv 311 bob ada nice other.example/x * :Ada" in bob.say("WHOIS ada")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("nobody host", ":srv 401 root nobody :No such nick/channel"),
        ("ada -host", ":srv FAIL CHGHOST INVALID_HOST -host :Not a host name"),
        ("ada a b!c", ":srv FAIL CHGHOST INVALID_HOST b!c :Not a host name"),
        ("ada a@b c", ":srv FAIL CHGHOST INVALID_USER a@b :Not a user name"),
        ("ada", ":srv 461 root CHGHOST :Not enough parameters"),
    ],
)
def test_hosts_that_cannot_be(root: Client, ada: Client, words: str, answer: str) -> None:
    assert root.say(f"CHGHOST {words}") == [answer]


# REHASH, DIE, RESTART; links.


@pytest.mark.parametrize(
    ("answer", "sentences"),
    [
        (
            Rehashed("", ("server.motd", "operators.bob"), ()),
            ["Changed: server.motd, operators.bob"],
        ),
        (
            Rehashed("", (), ("server.port",)),
            ["Changed: nothing", "Changes with the next start: server.port"],
        ),
        (Rehashed("no such key"), ["Nothing has changed: no such key"]),
        (RuntimeError(), ["The settings could not be read again"]),
    ],
)
def test_rehash(bench: Bench, root: Client, answer: object, sentences: list[str]) -> None:
    bench.node.config = replace(bench.node.config, source="/etc/parlor.toml")
    root.feed("REHASH", "PING x")
    asked = request(bench)
    assert asked.job == Rehash()
    assert root.read() == [":srv 382 root parlor.toml :Rehashing"]
    bench.node.answer_request(asked, answer)
    bench.node.inbound.wake(bench.now)
    bench.settle()
    notices = [f":srv NOTICE root :{sentence}" for sentence in sentences]
    assert root.read() == [*notices, ":srv PONG srv :x"]


@pytest.mark.parametrize(("line", "anew"), [("DIE", False), ("RESTART", True)])
def test_the_end(bench: Bench, root: Client, line: str, anew: bool) -> None:
    root.feed(line)
    asked = request(bench)
    assert asked.job == Halt(anew, "root!~root@10.0.0.1")
    bench.node.answer_request(asked, None)
    bench.settle()
    assert root.read() == []


def test_there_are_no_other_servers(root: Client) -> None:
    assert root.say("CONNECT a.b 6667 c.d", "SQUIT a.b :x", "CONNECT") == [
        ":srv 402 root a.b :No such server",
        ":srv 402 root a.b :No such server",
        ":srv 461 root CONNECT :Not enough parameters",
    ]
