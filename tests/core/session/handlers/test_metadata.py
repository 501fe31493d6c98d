"""METADATA in both drafts, over one node."""

import pytest

from core.session import profiles
from core.state import facts
from core.wire.metadata import MOST_KEYS, MOST_SUBSCRIPTIONS
from tests.core.session.handlers.test_login import device, last, log_in, register
from tests.fakes.bench import LABELS, Bench, Client, codes, with_limits, words

TWO = "batch draft/metadata-2"
THREE = "batch draft/metadata-3"


def subscribed(bench: Bench, nick: str, *rooms: str, caps: str = THREE) -> Client:
    """A user in ``rooms`` who is told of "status" and "avatar"."""
    client = bench.enter(nick, *rooms, caps=caps)
    client.say("METADATA * SUB status avatar")
    return client


def batch(lines: list[str]) -> tuple[list[str], list[str]]:
    """The parameters of the BATCH around ``lines``, and what is in it, without its tags."""
    first, *inner, end = lines
    reference = words(first)[2][1:]
    assert first.startswith(":srv BATCH +"), lines
    assert end == f":srv BATCH -{reference}"
    assert all(line.startswith(f"@batch={reference} ") for line in inner)
    return words(first)[3:], [line.split(" ", 1)[1] for line in inner]


# Negotiation


def test_one_draft_at_a_time() -> None:
    client = Bench().connect()
    assert client.say("CAP REQ :draft/metadata-2 draft/metadata-3 batch")[0].startswith(
        ":srv CAP * NAK :"
    )
    assert " ACK " in client.say(f"CAP REQ :{TWO}")[0]
    assert " NAK " in client.say("CAP REQ draft/metadata-3")[0]
    assert " ACK " in client.say("CAP REQ :-draft/metadata-2 draft/metadata-3")[0]


@pytest.mark.parametrize("taken", ["batch", "draft/metadata-3"])
def test_subscriptions_end_with_the_capability(taken: str) -> None:
    ada = subscribed(Bench(), "ada")
    ada.say(f"CAP REQ -{taken}", f"CAP REQ :{THREE}")
    assert batch(ada.say("METADATA * SUBS")) == (["metadata-subs"], [])


def test_the_older_draft_brings_ones_own_values_whenever_it_is_asked_for() -> None:
    ada = Bench().enter("ada", caps="batch")
    ada.say("METADATA * SET status :here")
    told = ada.say("CAP REQ draft/metadata-2")
    assert batch(told[1:]) == (
        ["metadata", "ada"],
        [":srv METADATA ada status * :here"],
    )


# Questions and changes


@pytest.mark.parametrize("caps", [TWO, THREE])
def test_set_get_list_and_clear(caps: str) -> None:
    ada = Bench().enter("ada", caps=caps)
    assert ada.say("METADATA * SET status :at work") == [":srv 761 ada ada status * :at work"]
    assert ada.say("METADATA ada SET color #c90076") == [":srv 761 ada ada color * :#c90076"]
    assert batch(ada.say("METADATA * GET color url status")) == (
        ["metadata", "ada"],
        [
            ":srv 761 ada ada color * :#c90076",
            ":srv 766 ada ada url :Key not set",
            ":srv 761 ada ada status * :at work",
        ],
    )
    assert batch(ada.say("METADATA ADA LIST")) == (
        ["metadata", "ada"],
        [":srv 761 ada ada status * :at work", ":srv 761 ada ada color * :#c90076"],
    )
    assert ada.say("METADATA * SET color") == [":srv 766 ada ada color :Key not set"]
    assert batch(ada.say("METADATA * CLEAR")) == (
        ["metadata", "ada"],
        [":srv 766 ada ada status :Key not set"],
    )
    assert batch(ada.say("METADATA * LIST")) == (["metadata", "ada"], [])


def test_an_empty_value_takes_the_key_away() -> None:
    ada = Bench().enter("ada", caps=THREE)
    ada.say("METADATA * SET status :x")
    assert ada.say("METADATA * SET status :") == [":srv 766 ada ada status :Key not set"]


def test_taking_away_what_is_not_there() -> None:
    bench = Bench()
    ada, bob = bench.enter("ada", caps=TWO), bench.enter("bob", caps=THREE)
    assert ada.say("METADATA * SET status") == [
        ":srv FAIL METADATA KEY_NOT_SET ada status :This key is not set"
    ]
    assert bob.say("METADATA * SET status") == [":srv 766 bob bob status :Key not set"]


@pytest.mark.parametrize(
    ("said", "two", "three"),
    [
        ("METADATA", "INVALID_PARAMS *", "INVALID_PARAMS *"),
        ("METADATA *", "INVALID_PARAMS *", "INVALID_PARAMS *"),
        ("METADATA * GET", "INVALID_PARAMS GET", "INVALID_PARAMS GET"),
        ("METADATA * LIST x", "INVALID_PARAMS LIST", "INVALID_PARAMS LIST"),
        ("METADATA * SNEEZE", "SUBCOMMAND_INVALID SNEEZE", "INVALID_PARAMS SNEEZE"),
        ("METADATA * :: hi!", "SUBCOMMAND_INVALID *", "INVALID_PARAMS *"),
        ("METADATA eva LIST", "INVALID_TARGET eva", "INVALID_TARGET eva"),
        ("METADATA #no LIST", "INVALID_TARGET #no", "INVALID_TARGET #no"),
        ("METADATA eva GET status", "INVALID_TARGET eva", "INVALID_TARGET eva"),
        ("METADATA eva SET status :x", "INVALID_TARGET eva", "INVALID_TARGET eva"),
        ("METADATA eva SYNC", "INVALID_TARGET eva", "INVALID_TARGET eva"),
        ("METADATA bob SUB status", "INVALID_TARGET bob", "INVALID_TARGET bob"),
        ("METADATA bob UNSUB status", "INVALID_TARGET bob", "INVALID_TARGET bob"),
        ("METADATA bob SUBS", "INVALID_TARGET bob", "INVALID_TARGET bob"),
        ("METADATA * SET $a$ :x", "KEY_INVALID $a$", "INVALID_KEY $a$"),
        ("METADATA * SET A :x", "KEY_INVALID A", "INVALID_KEY A"),
        ("METADATA * SET color :x", "VALUE_INVALID", "INVALID_VALUE color"),
        ("METADATA bob SET a :x", "KEY_NO_PERMISSION bob a", "KEY_NO_PERMISSION bob a"),
        ("METADATA bob CLEAR", "KEY_NO_PERMISSION bob *", "KEY_NO_PERMISSION bob *"),
        ("METADATA #a SET a :x", "KEY_NO_PERMISSION #a a", "KEY_NO_PERMISSION #a a"),
    ],
)
def test_failures(said: str, two: str, three: str) -> None:
    bench = Bench()
    bench.enter("bob", "#a")
    for caps, code in ((TWO, two), (THREE, three)):
        client = bench.enter("ada" + caps[-1], "#a", caps=caps)
        (told,) = client.say(said)
        assert told.startswith(f":srv FAIL METADATA {code} :"), told


def test_a_bound_for_keys() -> None:
    bench = Bench()
    ada, bob = bench.enter("ada", caps=TWO), bench.enter("bob", caps=THREE)
    for client in (ada, bob):
        client.say(*(f"METADATA * SET k{number} :x" for number in range(MOST_KEYS)))
    assert ada.say("METADATA * SET more :x")[0].startswith(":srv FAIL METADATA LIMIT_REACHED * :")
    assert bob.say("METADATA * SET more :x")[0].startswith(
        ":srv FAIL METADATA LIMIT_REACHED SET * 50 :"
    )
    assert bob.say("METADATA * SET k1 :y") == [":srv 761 bob bob k1 * :y"]


def test_one_invalid_key_among_several() -> None:
    bench = Bench()
    ada, bob = bench.enter("ada", caps=TWO), bench.enter("bob", caps=THREE)
    assert batch(ada.say("METADATA * GET $ a"))[1] == [
        ":srv FAIL METADATA KEY_INVALID $ :This cannot be a key",
        ":srv 766 ada ada a :Key not set",
    ]
    assert batch(bob.say("METADATA * GET a $"))[1] == [
        ":srv 766 bob bob a :Key not set",
        ":srv WARN METADATA INVALID_KEY $ :This cannot be a key",
    ]


def test_without_batches_the_lines_come_bare() -> None:
    ada = Bench().enter("ada")
    assert ada.say("METADATA * SET a :x", "METADATA * LIST") == [":srv 761 ada ada a * :x"] * 2


# Rooms


def test_a_room_belongs_to_its_operators() -> None:
    bench = Bench()
    ada, bob = bench.enter("ada", "#a"), bench.enter("bob", "#a", caps=THREE)
    assert ada.say("METADATA #A SET url :https://a") == [":srv 761 ada #a url * :https://a"]
    assert batch(bob.say("METADATA #a LIST")) == (
        ["metadata", "#a"],
        [":srv 761 bob #a url * :https://a"],
    )
    assert ada.say("METADATA #a CLEAR") == [":srv 766 ada #a url :Key not set"]


@pytest.mark.parametrize("mode", ["s", "i", "k key"])
def test_what_a_closed_room_shows_is_for_its_members(mode: str) -> None:
    bench = Bench()
    ada, bob = bench.enter("ada", "#a"), bench.enter("bob", caps=THREE)
    ada.say("METADATA #a SET url :https://a")
    assert batch(bob.say("METADATA #a GET url"))[1] == [":srv 761 bob #a url * :https://a"]
    ada.say(f"MODE #a +{mode}")
    for subcommand in ("GET url", "LIST", "SYNC", "SET url :x"):
        (told,) = bob.say(f"METADATA #a {subcommand}")
        assert told.startswith(":srv FAIL METADATA INVALID_TARGET #a :")
    assert len(ada.say("METADATA #a LIST")) == 1


# Subscriptions


def test_subscribing() -> None:
    bench = Bench()
    ada = bench.enter("ada", caps=THREE)
    assert ada.say("METADATA * SUB status $ avatar status") == [
        ":srv 770 ada status avatar",
        ":srv WARN METADATA INVALID_KEY $ :This cannot be a key",
        ":srv 774 ada *ALL 0 :Ask for the metadata again later",
    ]
    assert ada.say("METADATA ADA SUB status") == [":srv 770 ada status"]
    assert batch(ada.say("METADATA * SUBS")) == (
        ["metadata-subs"],
        [":srv 772 ada status avatar"],
    )
    assert ada.say("METADATA * UNSUB status $ url") == [
        ":srv 771 ada status url",
        ":srv WARN METADATA INVALID_KEY $ :This cannot be a key",
    ]
    assert batch(ada.say("METADATA * SUBS"))[1] == [":srv 772 ada avatar"]


def test_a_bound_for_subscriptions() -> None:
    bench = Bench()
    for caps, code in ((TWO, "TOO_MANY_SUBS new"), (THREE, "LIMIT_REACHED SUB new 50")):
        client = bench.enter("ada" + caps[-1], caps=caps)
        nick = client.connection.name
        for number in range(MOST_SUBSCRIPTIONS):
            client.say(f"METADATA * SUB k{number}")
        told = client.say("METADATA * SUB k1 new k2")
        assert told[0] == f":srv 770 {nick} k1"
        assert told[1].startswith(f":srv FAIL METADATA {code} :")
        assert len(told) == 2


def test_the_older_draft_brings_the_values_of_what_one_subscribes_to() -> None:
    bench = Bench()
    bob = bench.enter("bob", "#a")
    bob.say("METADATA * SET status :here", "METADATA * SET color #000000")
    ada = bench.enter("ada", "#a", caps=TWO)
    told = ada.say("METADATA * SUB status avatar")
    assert told[0] == ":srv 770 ada status avatar"
    assert batch(told[1:])[1] == [":srv METADATA bob status * :here"]
    assert ada.say("METADATA * SUB url") == [":srv 770 ada url"]


def test_in_a_crowd_it_is_told_to_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profiles, "AUTOMATIC", 2)
    bench = Bench()
    bench.enter("bob", "#a").say("METADATA * SET status :x")
    bench.enter("eva", "#a")
    ada = bench.enter("ada", "#a", caps=TWO)
    assert ada.say("METADATA * SUB status")[1:] == [
        ":srv 774 ada #a 1 :Ask for the metadata again later"
    ]
    zoe = bench.enter("zoe", caps=THREE)
    assert zoe.say("JOIN #a")[-1] == ":srv 774 zoe #a 1 :Ask for the metadata again later"


def test_without_batches_nobody_is_told() -> None:
    bench = Bench()
    ada = bench.enter("ada", "#a", caps="draft/metadata-3")
    assert ada.say("METADATA * SUB status") == [":srv 770 ada status"]
    bench.enter("bob", "#a").say("METADATA * SET status :x")
    assert codes(ada.read()) == []


# News


def test_who_shares_a_room_is_told_of_what_it_subscribed_to() -> None:
    bench = Bench()
    ada = subscribed(bench, "ada", "#a", caps=TWO)
    eva = subscribed(bench, "eva", "#a", caps=THREE + " server-time")
    zoe = subscribed(bench, "zoe")
    bob = bench.enter("bob", "#a")
    for client in (ada, eva, zoe):
        client.read()
    bob.say("METADATA * SET status :x", "METADATA * SET status :x", "METADATA * SET url :x")
    assert ada.read() == [":srv METADATA bob status * :x"]
    assert eva.read() == ["@time=2023-11-14T22:13:20.000Z :srv 761 eva bob status * :x"]
    bob.say("METADATA * CLEAR")
    assert ada.read() == [":srv METADATA bob status *"]
    assert [line.split(" ", 1)[1] for line in eva.read()] == [
        ":srv 766 eva bob status :Key not set"
    ]
    assert zoe.read() == []


def test_whoever_changed_it_and_wherever() -> None:
    """Another worker's user, and keys that nobody here asked for."""
    bench = Bench()
    ada = subscribed(bench, "ada", "#a")
    bench.turn(facts.Registered(9, "bob", "~bob", "host", "Bob", False, ("#a",)))
    bob = bench.node.replica.owner_of["bob"].id
    ada.read()
    bench.turn(facts.MetadataSet(bob, "*", "status", "x"), facts.MetadataSet(bob, "*", "url", "x"))
    assert ada.read() == [":srv 761 ada bob status * :x"]
    bench.turn(facts.MetadataSet(bob, "*", "*", None), facts.MetadataSet(bob, "#a", "a", "x"))
    assert ada.read() == [":srv 766 ada bob status :Key not set"]


def test_members_are_told_of_the_room() -> None:
    bench = Bench()
    ada, eva = subscribed(bench, "ada", "#a"), subscribed(bench, "eva", "#a")
    assert ada.say("METADATA #a SET avatar :https://a") == [":srv 761 ada #a avatar * :https://a"]
    assert eva.read() == [":srv 761 eva #a avatar * :https://a"]


def test_ones_other_connections_are_told() -> None:
    bench = Bench()
    ada = register(bench, caps=THREE)
    device(bench, caps=THREE)
    phone = last(bench)
    phone.say("METADATA * SUB status")
    ada.say("METADATA * SUB status")
    assert ada.say("METADATA * SET status :x") == [":srv 761 ada ada status * :x"]
    assert phone.read() == [":srv 761 ada ada status * :x"]


def test_who_monitors_is_told() -> None:
    bench = Bench()
    ada = subscribed(bench, "ada")
    ada.say("MONITOR + bob")
    bob = bench.enter("bob")
    bob.say("METADATA * SET status :x")
    assert ada.read() == [":srv 761 ada bob status * :x"]


def test_what_comes_with_an_account_is_told() -> None:
    bench = Bench()
    bob = register(bench, "bob")
    bob.say("PERSISTENCE SET OFF", "METADATA * SET status :x")
    bob.say("QUIT")
    ada = subscribed(bench, "ada", "#a")
    guest = bench.enter("guest", "#a")
    guest.say("METADATA * SET url :x")
    ada.read()
    assert "761" not in codes(log_in(guest, "bob"))
    assert ada.read()[-1] == ":srv 761 ada guest status * :x"


# Synchronisation


def test_who_comes_into_a_room_is_told_what_all_show() -> None:
    bench = Bench()
    bob = bench.enter("bob", "#a")
    bob.say(
        "METADATA * SET status :x",
        "METADATA * SET url :y",
        "METADATA #a SET avatar :https://a",
    )
    ada = subscribed(bench, "ada")
    told = ada.say("JOIN #a")
    start = codes(told).index("366") + 1
    assert batch(told[start:]) == (
        ["metadata", "#a"],
        [":srv 761 ada #a avatar * :https://a", ":srv 761 ada bob status * :x"],
    )
    assert batch(ada.say("METADATA #a SYNC"))[1] == batch(told[start:])[1]
    eva = bench.enter("eva", caps=TWO)
    assert "BATCH" not in codes(eva.say("JOIN #a"))
    zoe = bench.enter("zoe", caps=THREE)
    told = zoe.say("JOIN #a")
    assert batch(told[-2:]) == (["metadata", "#a"], [])


def test_who_is_there_is_told_of_who_comes() -> None:
    bench = Bench()
    ada = subscribed(bench, "ada", "#a")
    bob = bench.enter("bob", caps=THREE)
    bob.say("METADATA * SUB status", "METADATA * SET status :x", "METADATA * SET url :x")
    assert codes(bob.say("JOIN #a")).count("761") == 1  # in the batch
    assert ada.read() == [":bob!~bob@10.0.0.1 JOIN #a", ":srv 761 ada bob status * :x"]


def test_sync_of_one_and_of_all() -> None:
    bench = Bench()
    ada = subscribed(bench, "ada", "#a")
    bob, eva = bench.enter("bob", "#a"), bench.enter("eva")
    zoe = bench.enter("zoe", "#z")
    for client in (ada, bob, eva, zoe):
        client.say("METADATA * SET status :x")
    zoe.say("METADATA #z SET status :z")
    ada.say("MONITOR + eva,nobody")
    ada.read()
    assert batch(ada.say("METADATA zoe SYNC")) == (
        ["metadata", "zoe"],
        [":srv 761 ada zoe status * :x"],
    )
    assert batch(ada.say("METADATA #z SYNC"))[1] == [":srv 761 ada #z status * :z"]
    assert batch(ada.say("METADATA *ALL SYNC")) == (
        ["metadata", "*ALL"],
        [f":srv 761 ada {nick} status * :x" for nick in ("ada", "bob", "eva")],
    )
    assert batch(ada.say("METADATA * SYNC"))[1] == [":srv 761 ada ada status * :x"]


def test_a_monitored_user_brings_its_values() -> None:
    bench = Bench()
    ada = subscribed(bench, "ada")
    bob = bench.enter("bob", caps=THREE)
    bob.say("METADATA * SET status :x")
    told = ada.say("MONITOR + bob")
    assert told[0] == ":srv 730 ada :bob!~bob@10.0.0.1"
    assert batch(told[1:]) == (["metadata", "bob"], [":srv 761 ada bob status * :x"])
    bob.say("QUIT")
    ada.read()
    bob = bench.connect()
    bob.say("NICK bob", "USER bob 0 * :Bob")
    told = ada.read()
    assert batch(told[1:]) == (["metadata", "bob"], [])


def test_labels_hold_it_all() -> None:
    bench = Bench()
    ada = bench.enter("ada", caps=f"{LABELS} draft/metadata-3")
    told = ada.say("@label=x METADATA * SET a :x")
    assert told == ["@label=x :srv 761 ada ada a * :x"]
    told = ada.say("@label=y METADATA * LIST")
    assert told[0].startswith("@label=y :srv BATCH +")
    assert len(told) == 3
    told = ada.say("@label=z METADATA * SUB a")
    assert told[0].startswith("@label=z :srv BATCH +")
    assert codes(told) == ["BATCH", "770", "774", "BATCH"]


def test_a_long_synchronisation_reads_what_is_there_then() -> None:
    """It comes in portions; who has gone meanwhile is left out, a change is not undone."""
    bench = Bench()
    ada = subscribed(bench, "ada", "#a")
    node = bench.node
    crowd = [
        facts.Registered(100 + number, f"u{number}", "~u", "host", "U", False, ("#a",))
        for number in range(400)
    ]
    bench.turn(*crowd)
    users = node.replica.users.values()
    values = [facts.MetadataSet(user.id, "*", "status", "x" * 250) for user in users]
    bench.turn(*values)
    ada.read()
    first = ada.say("METADATA #a SYNC")
    assert 200 < len(first) < 300
    bench.turn(facts.Disconnected(node.replica.owner_of["u399"].id, 499, "bye"))
    bench.turn(facts.MetadataSet(node.replica.owner_of["u398"].id, "*", "status", "new"))
    assert codes(ada.read()) == ["QUIT", "761"]
    node.tick(bench.now)
    rest = ada.read()
    assert rest[-1].startswith(":srv BATCH -")
    assert rest[-2].endswith(" u398 status * :new")
    assert len(first) + len(rest) == 2 + 400
    for _ in range(20):
        ada.say("METADATA #a SYNC")
    assert ada.say("METADATA #a SYNC") == [":srv 774 ada #a 1 :Ask for the metadata again later"]
    ada.say("MONITOR + u1")
    assert ada.say("MONITOR S")[-1].startswith(":srv 774 ada u1 1 :")


# The pace


def test_too_many_changes() -> None:
    bench = Bench(with_limits(messages_per_second=1000.0, message_burst=1000))
    ada, bob = bench.enter("ada", caps=THREE), bench.enter("bob", caps=TWO)
    for client in (ada, bob):
        for number in range(profiles.BURST):
            assert codes(client.say(f"METADATA * SET status :{number}")) == ["761"]
    assert ada.say("METADATA * SET status :a b") == [":srv 775 ada 1 * SET status :a b"]
    assert ada.say("METADATA * CLEAR") == [":srv 775 ada 1 * CLEAR"]
    assert ada.say("METADATA *ALL SYNC") == [
        ":srv 774 ada *ALL 1 :Ask for the metadata again later"
    ]
    assert bob.say("METADATA * SET status :a b")[0].startswith(
        ":srv FAIL METADATA RATE_LIMITED * status 1 :"
    )
    assert bob.say("METADATA * CLEAR")[0].startswith(":srv FAIL METADATA RATE_LIMITED * * 1 :")
    bench.now += 1
    assert codes(ada.say("METADATA * SET status :x")) == ["761"]
    assert codes(ada.say("METADATA * SET status :x")) == ["775"]


# Before the registration


@pytest.mark.parametrize(
    ("caps", "line"),
    [
        (TWO, ":srv METADATA ada status * :here"),
        (THREE, ":srv 761 ada ada status * :here"),
    ],
)
def test_before_the_registration(caps: str, line: str) -> None:
    bench = Bench()
    client = bench.connect()
    client.say(f"CAP REQ :{caps}")
    assert client.say("METADATA * SUB status") == [":srv 770 * status"]
    assert client.say("METADATA * SET status :here") == [":srv 761 * * status * :here"]
    client.say("METADATA * SET url :x", "METADATA * SET color #000000")
    assert client.say("METADATA * SET color") == [":srv 766 * * color :Key not set"]
    assert batch(client.say("METADATA * GET status color"))[1] == [
        ":srv 761 * * status * :here",
        ":srv 766 * * color :Key not set",
    ]
    assert batch(client.say("METADATA * CLEAR"))[1] == [
        ":srv 766 * * status :Key not set",
        ":srv 766 * * url :Key not set",
    ]
    client.say("METADATA * SET status :here")
    assert batch(client.say("METADATA * LIST"))[1] == [":srv 761 * * status * :here"]
    assert client.say("METADATA ada LIST")[0].startswith(":srv FAIL METADATA INVALID_TARGET ada :")
    assert codes(client.say("METADATA * SYNC")) == ["774"]
    greeting = client.say("NICK ada", "USER a 0 * :Ada", "CAP END")
    start, end = (index for index, code in enumerate(codes(greeting)) if code == "BATCH")
    assert batch(greeting[start : end + 1]) == (["metadata", "ada"], [line])
    assert codes(greeting)[-1] == "422"
    assert end < len(greeting) - 1


def test_what_cannot_be_set_before_the_registration() -> None:
    bench = Bench()
    for caps, nothing, full in (
        (TWO, "FAIL METADATA KEY_NOT_SET * status :", "LIMIT_REACHED * :"),
        (THREE, "766 * * status :", "LIMIT_REACHED SET * 50 :"),
    ):
        client = bench.connect()
        client.say(f"CAP REQ :{caps}")
        assert client.say("METADATA * SET status")[0].startswith(f":srv {nothing}")
        client.say(*(f"METADATA * SET k{number} :x" for number in range(MOST_KEYS)))
        assert client.say("METADATA * SET more :x")[0].startswith(f":srv FAIL METADATA {full}")


def test_an_accounts_values_are_there_before_the_registration_as_well() -> None:
    bench = Bench()
    ada = register(bench)
    ada.say("METADATA * SET status :old", "METADATA * SET url :x")
    eva = subscribed(bench, "eva")
    eva.say("MONITOR + ada")
    client = bench.connect()
    client.say(f"CAP REQ :sasl {THREE}")
    log_in(client)
    assert batch(client.say("METADATA * LIST"))[1] == [
        ":srv 761 * * status * :old",
        ":srv 761 * * url * :x",
    ]
    client.say("METADATA * SET status :new", "METADATA * SET url", "NICK ada", "USER a 0 * :A")
    eva.read()
    greeting = client.say("CAP END")
    start, end = (index for index, code in enumerate(codes(greeting)) if code == "BATCH")
    assert batch(greeting[start : end + 1])[1] == [":srv 761 ada ada status * :new"]
    assert eva.read() == [":srv 761 eva ada status * :new"]


# WHOIS


def test_whois_shows_some() -> None:
    bench = Bench()
    ada, eva = bench.enter("ada", caps=THREE), bench.enter("eva")
    bench.enter("bob").say("METADATA * SET pronouns :he/him", "METADATA * SET avatar :https://a")
    assert ":srv 760 ada bob pronouns * :he/him" in ada.say("WHOIS bob")
    assert "760" not in codes(eva.say("WHOIS bob"))
