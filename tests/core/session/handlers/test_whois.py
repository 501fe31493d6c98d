"""WHOIS and WHOWAS."""

import pytest

from tests.fakes.bench import LABELS, START, Bench, Client, codes, with_limits
from tests.fakes.operators import operator, with_operator

NOBODY = ["401", "318"]
SELF = ["311", "319", "312", "338", "379", "317", "318"]


@pytest.fixture
def bench() -> Bench:
    return Bench(with_operator())


@pytest.fixture
def bob(bench: Bench, ada: Client) -> Client:
    return bench.enter("bob", "#b")


def test_whois(bench: Bench, ada: Client) -> None:
    bob = operator(bench, "bob", "#a", "#b")
    bob.say("AWAY :lunch", "MODE bob +B")
    ada.read()
    bench.time = START + 65_000
    assert ada.say("WHOIS BOB") == [
        ":srv 311 ada bob ~bob 10.0.0.1 * :Bob",
        ":srv 319 ada bob :#a @#b",
        ":srv 312 ada bob srv :parlor-0.1.0",
        ":srv 301 ada bob :lunch",
        ":srv 313 ada bob :is an IRC operator",
        ":srv 335 ada bob :is a bot",
        ":srv 317 ada bob 65 1700000000 :seconds idle, signon time",
        ":srv 318 ada bob :End of /WHOIS list",
    ]
    bob.say("PRIVMSG #a :x", "NOTICE #a :x")
    assert ":srv 317 ada bob 0 1700000000 :seconds idle, signon time" in ada.say("WHOIS bob")


def test_what_only_oneself_and_operators_read(bench: Bench, ada: Client) -> None:
    bob = bench.connect(secure=True, certificate="c0ffee")
    bob.say("NICK bob", "USER bob 0 * :Bob", "NickServ REGISTER secret", "MODE bob +iw")
    account = ":srv 330 {0} bob bob :is logged in as"
    secure = ":srv 671 {0} bob :is using a secure connection"
    private = [
        ":srv 276 {0} bob :has client certificate fingerprint c0ffee",
        ":srv 338 {0} bob 10.0.0.1 :is actually using host",
        ":srv 379 {0} bob :is using modes +iw",
    ]
    assert ada.say("WHOIS bob")[2:-2] == [text.format("ada") for text in (account, secure)]
    own = [text.format("bob") for text in (account, secure, *private)]
    assert bob.say("WHOIS bob")[2:-2] == own
    root = operator(bench)
    seen = [text.format("root") for text in (account, secure, *private)]
    assert root.say("WHOIS bob")[2:-2] == seen


@pytest.mark.parametrize(
    ("line", "answers"),
    [
        ("WHOIS", ["431"]),
        ("WHOIS :", ["431"]),
        ("WHOIS nobody", ["401", "318"]),
        ("WHOIS ada", SELF),
        ("WHOIS srv ada", SELF),
        ("WHOIS S?v ada", SELF),
        ("WHOIS bob ada", SELF),
        ("WHOIS other ada", ["402"]),
        ("WHOIS ada,nobody", [*SELF, "401", "318"]),
        ("WHOIS :a b", ["401", "318"]),
    ],
)
def test_forms_of_whois(ada: Client, bob: Client, line: str, answers: list[str]) -> None:
    assert codes(ada.say(line)) == answers


@pytest.mark.parametrize(("limit", "answers"), [(2, ["407"] + 2 * NOBODY), (0, 3 * NOBODY)])
def test_how_many_one_may_ask_for(limit: int, answers: list[str]) -> None:
    ada = Bench(with_limits(targets=limit)).enter("ada")
    assert codes(ada.say("WHOIS a,b,a,c")) == answers


def test_rooms_of_the_invisible(ada: Client, bob: Client) -> None:
    bob.say("MODE bob +i", "JOIN #a")
    assert ":srv 319 ada bob :#a" in ada.say("WHOIS bob")
    assert ":srv 319 bob bob :@#b #a" in bob.say("WHOIS bob")


def test_many_rooms_take_several_lines(bench: Bench, ada: Client) -> None:
    names = [f"#{'r' * 50}{number}" for number in range(20)]
    bob = bench.enter("bob", *names)
    got = [line for line in ada.say("WHOIS bob") if " 319 " in line]
    assert len(got) > 1
    assert all(len(line) <= 510 for line in got)
    listed = [room for line in got for room in line.rpartition(":")[2].split(" ")]
    assert listed == [f"@{name}" for name in names]
    assert bob.read() == []


# WHOWAS.


def test_whowas(bench: Bench, ada: Client, bob: Client) -> None:
    bob.say("NickServ REGISTER secret", "PERSISTENCE SET OFF", "QUIT")
    bench.time = START + 1000
    eve = bench.enter("eve")
    eve.say("NICK bab", "NICK eve", "NICK EVE")
    older = [
        ":srv 314 ada bob ~bob 10.0.0.1 * :Bob",
        ":srv 312 ada bob srv :2023-11-14T22:13:20.000Z",
        ":srv 330 ada bob bob :is logged in as",
        ":srv 369 ada bob :End of WHOWAS",
    ]
    assert ada.say("WHOWAS bob") == older
    assert ada.say("WHOWAS EVE") == [
        ":srv 314 ada eve ~eve 10.0.0.1 * :Eve",
        ":srv 312 ada eve srv :2023-11-14T22:13:21.000Z",
        ":srv 369 ada EVE :End of WHOWAS",
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("eve", ["three", "two", "one"]), ("eve 2", ["three", "two"]), ("eve 1 srv", ["three"]),
        ("eve 0", ["three", "two", "one"]), ("eve -1", ["three", "two", "one"]),
        ("eve x", ["three", "two", "one"]), ("e*", []), ("ada", []),
    ],
)  # fmt: skip
def test_the_latest_first(bench: Bench, ada: Client, words: str, found: list[str]) -> None:
    for name in ("one", "two", "three"):
        eve = bench.connect()
        eve.say("NICK eve", f"USER eve 0 * :{name}", "QUIT")
    got = ada.say(f"WHOWAS {words}")
    assert [line.rpartition(":")[2] for line in got if " 314 " in line] == found
    assert codes(got)[-1] == "369"
    assert ("406" in codes(got)) is (not found)


def test_forms_of_whowas(ada: Client) -> None:
    assert ada.say("WHOWAS", "WHOWAS :", "WHOWAS eve 1 other", "WHOWAS :e v") == [
        ":srv 431 ada :No nickname given",
        ":srv 431 ada :No nickname given",
        ":srv 402 ada other :No such server",
        ":srv 406 ada e :There was no such nickname",
        ":srv 369 ada e :End of WHOWAS",
    ]


def test_labels(bench: Bench) -> None:
    ada = bench.enter("ada", caps=LABELS)
    assert codes(ada.say("@label=x WHOIS nobody")) == ["BATCH", "401", "318", "BATCH"]
    assert codes(ada.say("@label=x WHOWAS nobody")) == ["BATCH", "406", "369", "BATCH"]
