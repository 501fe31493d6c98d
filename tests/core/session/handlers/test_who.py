"""WHO and WHOX: bytes in, bytes out."""

import pytest

from core.state import facts
from core.state.facts import UserModesSet
from core.wire.modes import ModeChange
from tests.fakes.bench import START, Bench, Client, codes, with_limits, words


@pytest.fixture
def bob(bench: Bench, ada: Client) -> Client:
    return bench.enter("bob", "#b")


def shown(lines: list[str]) -> list[str]:
    """The nicks in WHO's lines."""
    return [words(line)[7] for line in lines if words(line)[1] == "352"]


@pytest.mark.parametrize(
    ("mask", "found"),
    [
        ("", []),
        ("*", ["ada", "bob"]),
        ("0", ["ada", "bob"]),
        ("b*", ["bob"]),
        ("BOB", ["bob"]),
        ("~ad?", ["ada"]),
        ("10.0.0.*", ["ada", "bob"]),
        ("Bob", ["bob"]),
        ("#a", ["ada"]),
        ("#A", ["ada"]),
        ("#none", []),
        ("nobody", []),
        ("::", []),
        ("ada!*@10*", ["ada"]),
        (":b*", ["bob"]),
    ],
)
def test_who(ada: Client, bob: Client, mask: str, found: list[str]) -> None:
    got = ada.say(f"WHO {mask}")
    assert shown(got) == found
    assert codes(got)[-1] == ("315" if mask else "461")


def test_a_line_of_who(bench: Bench, ada: Client, bob: Client) -> None:
    bob.say("AWAY :x")
    ada.say("MODE #a +v ada")
    assert ada.say("WHO ada", "WHO bob", "CAP REQ :multi-prefix", "WHO #a") == [
        ":srv 352 ada #a ~ada 10.0.0.1 srv ada H@ :0 Ada",
        ":srv 315 ada ada :End of WHO list",
        ":srv 352 ada #b ~bob 10.0.0.1 srv bob G@ :0 Bob",
        ":srv 315 ada bob :End of WHO list",
        ":srv CAP ada ACK :multi-prefix",
        ":srv 352 ada #a ~ada 10.0.0.1 srv ada H@+ :0 Ada",
        ":srv 315 ada #a :End of WHO list",
    ]
    bob.say("PART #b")
    assert ada.say("WHO bob")[0] == ":srv 352 ada * ~bob 10.0.0.1 srv bob G :0 Bob"


def test_who_finds_operators(bench: Bench, ada: Client, bob: Client) -> None:
    assert shown(ada.say("WHO * o")) == []
    bench.turn(facts.Opered(bob.connection.user.id, "root"))  # type: ignore[union-attr]
    bench.settle()
    assert shown(ada.say("WHO * O")) == ["bob"]
    assert ada.say("WHO #b o")[0] == ":srv 352 ada #b ~bob 10.0.0.1 srv bob H*@ :0 Bob"


def test_who_and_the_invisible(bench: Bench, ada: Client, bob: Client) -> None:
    bob.say("MODE bob +i")
    assert shown(ada.say("WHO *")) == ["ada"]
    assert shown(ada.say("WHO #b")) == []
    assert shown(bob.say("WHO *")) == ["ada", "bob"]
    # an exact nick finds everyone, but tells of no room that is not shared
    assert ada.say("WHO bob")[0] == ":srv 352 ada * ~bob 10.0.0.1 srv bob H :0 Bob"
    assert bob.say("WHO bob")[0] == ":srv 352 bob #b ~bob 10.0.0.1 srv bob H@ :0 Bob"
    bob.say("JOIN #a")
    ada.read()
    assert shown(ada.say("WHO *")) == ["ada", "bob"]
    assert ada.say("WHO bob")[0] == ":srv 352 ada #a ~bob 10.0.0.1 srv bob H :0 Bob"


@pytest.mark.parametrize("line", ["WHO *", "WHO a*", "WHO #a", "NAMES #a"])
def test_a_long_answer_counts_as_several_lines(line: str) -> None:
    bench = Bench(with_limits(messages_per_second=1.0, message_burst=9))
    ada = bench.enter("ada", "#a")
    bench.turn(*(facts.Registered(n, f"n{n}", "~n", "h", "N", False, ("#a",)) for n in range(999)))
    ada.read()
    left = ada.connection.tokens = 9.0
    ada.say("WHO #b", "NAMES #b")
    assert ada.connection.tokens == left - 2.0
    ada.say(line)
    assert ada.connection.tokens == left - (4.0 if line == "NAMES #a" else 8.0)


def test_bots_are_marked(bench: Bench, ada: Client, bob: Client) -> None:
    bench.turn(UserModesSet(bob.connection.user.id, (ModeChange(True, "B"),)))  # type: ignore[union-attr]
    assert ada.say("WHO bob")[0] == ":srv 352 ada #b ~bob 10.0.0.1 srv bob H@B :0 Bob"


def test_a_mask_finds_accounts(bench: Bench, ada: Client, bob: Client) -> None:
    bob.say("REGISTER * * password")
    bob.say("NICK rob")
    assert shown(ada.say("WHO bo?")) == ["rob"]


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ("%tcuihsnfdlaor,123", "123 #b ~bob 255.255.255.255 10.0.0.1 srv bob H@ 0 65 0 n/a :Bob"),
        ("%roaldfnshiuct,123", "123 #b ~bob 255.255.255.255 10.0.0.1 srv bob H@ 0 65 0 n/a :Bob"),
        ("%n", "bob"),
        ("%nzn!", "bob"),
        ("%tn,42", "42 bob"),
        ("%tn", "0 bob"),
        ("%tn,1234", "0 bob"),
        ("%tn,x", "0 bob"),
        ("%r", ":Bob"),
    ],
)
def test_fields_of_ones_choice(ada: Client, bob: Client, fields: str, shown: str) -> None:
    ada.bench.time = START + 65_000
    assert ada.say(f"WHO bob {fields}") == [
        f":srv 354 ada {shown}",
        ":srv 315 ada bob :End of WHO list",
    ]


def test_accounts_away_and_the_fields_of_a_room(bench: Bench, ada: Client, bob: Client) -> None:
    bob.say("REGISTER * * password", "PART #b", "AWAY :x")
    assert ada.say("WHO #A %na", "WHO b* %cfna") == [
        ":srv 354 ada ada 0",
        ":srv 315 ada #A :End of WHO list",
        ":srv 354 ada * bob G bob",
        ":srv 315 ada b* :End of WHO list",
    ]


@pytest.mark.parametrize("line", ["WHO ada %", "WHO ada %z"])
def test_without_fields_it_is_a_plain_who(ada: Client, line: str) -> None:
    assert codes(ada.say(line)) == ["352", "315"]


def test_operators_only_with_fields(ada: Client) -> None:
    assert codes(ada.say("WHO * o%n")) == ["315"]


def test_a_mask_with_spaces_is_compared_whole(bench: Bench) -> None:
    ada = bench.connect()
    ada.say("NICK ada", "USER ada 0 * :Ada King")
    assert ada.say("WHO :*a k?ng")[0].endswith(":0 Ada King")
    assert ada.say("WHO :*a k?ng")[1] == ":srv 315 ada *a :End of WHO list"
