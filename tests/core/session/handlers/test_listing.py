"""NAMES and LIST: bytes in, bytes out."""

import pytest

from core.session import trickle
from tests.fakes.bench import Bench, Client, codes, with_limits, words


def test_names(ada: Client, bob: Client, eve: Client) -> None:
    ada.say("MODE #a +v ada")
    bob.say("MODE bob +i", "CAP REQ :multi-prefix")
    bob.read()
    assert bob.say("NAMES #A") == [
        ":srv 353 bob = #a :@+ada bob",
        ":srv 366 bob #a :End of /NAMES list",
    ]
    assert eve.say("NAMES #a,#b")[0] == ":srv 353 eve = #a :@ada"  # bob is invisible
    assert eve.say("NAMES #none") == [":srv 366 eve #none :End of /NAMES list"]
    assert eve.say("NAMES") == [":srv 366 eve * :End of /NAMES list"]
    assert eve.say("NAMES ,") == [":srv 366 eve * :End of /NAMES list"]


def test_list(ada: Client, bob: Client, eve: Client) -> None:
    ada.say("TOPIC #a :tea", "JOIN #b")
    assert eve.say("LIST") == [
        ":srv 321 eve Channel :Users  Name",
        ":srv 322 eve #a 2 :tea",
        ":srv 322 eve #b 1 :",
        ":srv 323 eve :End of /LIST",
    ]
    assert codes(eve.say("LIST #b,#none")) == ["321", "322", "323"]


MINUTE = 60_000


@pytest.mark.parametrize(
    ("line", "rooms"),
    [
        ("LIST", "#a #b #tea"),
        ("LIST #B", "#b"),
        ("LIST #b,#a,#b,#none", "#b #a"),
        ("LIST none", ""),
        ("LIST ,", "#a #b #tea"),
        ("LIST *a", "#a #tea"),
        ("LIST #?", "#a #b"),
        ("LIST !*E*", "#a #b"),
        ("LIST *a,!#t*", "#a"),
        ("LIST #b,#t*", "#b #tea"),
        ("LIST >1", "#a"),
        ("LIST <2", "#b #tea"),
        ("LIST >0,<2", "#b #tea"),
        ("LIST <1", ""),
        ("LIST c>5", "#a #b"),
        ("LIST C<5", "#tea"),
        ("LIST C<0", ""),
        ("LIST C>0", "#a #b #tea"),
        ("LIST T>5", "#a"),
        ("LIST T<5", "#b"),
        ("LIST T<0", ""),
        ("LIST #a,#b >1", "#a"),
        ("LIST #a,#b !*b,srv", "#a"),
        ("LIST C>x", ""),
    ],
)
def test_conditions_of_list(ada: Client, bob: Client, eve: Client, line: str, rooms: str) -> None:
    bench = ada.bench
    ada.say("TOPIC #a :tea", "JOIN #b")
    bench.time += 8 * MINUTE
    ada.say("TOPIC #b :more", "JOIN #tea")
    bench.time += 2 * MINUTE
    got = eve.say(line)
    assert [words(entry)[3] for entry in got[1:-1]] == rooms.split()


def test_a_list_of_all_counts_as_several_lines() -> None:
    bench = Bench(with_limits(messages_per_second=1.0, message_burst=5))
    ada = bench.enter("ada", "#a")
    left = ada.connection.tokens
    ada.say("LIST #a")
    assert ada.connection.tokens == left - 1.0
    ada.say("LIST")
    assert ada.connection.tokens < left - 2.0


def test_names_with_user_and_host(ada: Client, bob: Client) -> None:
    bob.say("CAP REQ :userhost-in-names multi-prefix")
    ada.say("MODE #a +v ada")
    bob.read()
    assert bob.say("NAMES #a")[0] == (":srv 353 bob = #a :@+ada!~ada@10.0.0.1 bob!~bob@10.0.0.1")


def test_names_are_not_sent_unasked(bench: Bench, ada: Client) -> None:
    ada.say("TOPIC #a :tea")
    bob = bench.enter("bob", caps="draft/no-implicit-names")
    assert codes(bob.say("JOIN #a")) == ["JOIN", "332", "333"]
    assert codes(bob.say("NAMES #a")) == ["353", "366"]


@pytest.mark.parametrize(
    ("line", "outside", "inside"),
    [
        ("LIST", ["321", "323"], ["321", "322", "323"]),
        ("LIST #a", ["321", "323"], ["321", "322", "323"]),
        ("NAMES #a", ["366"], ["353", "366"]),
        ("TOPIC #a", ["403"], ["331"]),
        ("MODE #a", ["403"], ["324", "329"]),
        ("MODE #a b", ["403"], ["368"]),
        ("WHO #a", ["315"], ["352", "352", "315"]),
        ("WHOIS ada", ["311", "312", "317", "318"], ["311", "319", "312", "317", "318"]),
    ],
)
def test_secret_rooms(
    ada: Client, bob: Client, eve: Client, line: str, outside: list[str], inside: list[str]
) -> None:
    ada.say("MODE #a +s")
    bob.read()
    assert codes(eve.say(line)) == outside
    assert codes(bob.say(line)) == inside


def test_a_secret_room_is_marked_for_its_members(ada: Client) -> None:
    ada.say("MODE #a +s")
    assert ada.say("NAMES #a")[0] == ":srv 353 ada @ #a :@ada"


def test_a_long_list_comes_in_portions() -> None:
    bench = Bench(with_limits(rooms_per_user=0))
    ada, eve = bench.enter("ada"), bench.enter("eve")
    for number in range(400):
        ada.say(f"JOIN #{number}", f"TOPIC #{number} :{'x' * 390}")
    got = eve.say("LIST")
    assert 100 < len(got) < 200
    ada.say(*(f"PART #{number}" for number in range(300, 400)), "JOIN #new")
    for _ in range(3):
        bench.node.tick(bench.now)
        got += eve.read()
    assert codes(got) == ["321", *["322"] * 300, "323"]


def test_too_many_long_lists_at_once(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trickle, "PORTION_BYTES", 1)
    eve = bench.enter("eve", "#a")
    got = eve.say(*["LIST"] * (trickle.MOST_WAITING + 1))
    assert got[-1] == ":srv 263 eve LIST :Please wait a while and try again."
