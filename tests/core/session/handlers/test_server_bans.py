"""KLINE, DLINE, UNKLINE, UNDLINE, UBAN; who is put out by them, and who is kept out."""

import pytest

from core.session.handlers.server_bans import address_mask, host_mask, seconds_of
from tests.fakes.bench import START, Bench, Client, codes
from tests.fakes.operators import operator, with_operator

MINUTE = 60_000


@pytest.fixture
def bench() -> Bench:
    return Bench(with_operator())


@pytest.fixture
def root(bench: Bench) -> Client:
    return operator(bench)


def enter(bench: Bench, nick: str, address: str) -> Client:
    """Somebody who comes from ``address``; what it is told is still to be read."""
    client = bench.connect(address)
    client.feed(f"NICK {nick}", f"USER {nick} 0 * :{nick}")
    bench.settle()
    return client


def told(client: Client, line: str) -> list[str]:
    """The texts of the notices that answer a line."""
    head = f":srv NOTICE {client.connection.name} :"
    return [answer.removeprefix(head) for answer in client.say(line)]


# The words of a command.


@pytest.mark.parametrize(
    ("word", "seconds"),
    [
        ("0", 0), ("60", 3600), ("1d12h", 129_600), ("1y1mo1w1d1h1m1s", 34_822_861), ("5m", 300),
        ("m", None), ("1.2.3.4", None), ("", None), ("12345678", None), ("1x", None), ("٣", None),
    ],
)  # fmt: skip
def test_times(word: str, seconds: int | None) -> None:
    assert seconds_of(word) == seconds


@pytest.mark.parametrize(
    ("text", "mask"),
    [
        ("Host", "*@host"), ("u@h", "u@h"), ("@h", "*@h"), ("*!u@h", "u@h"), ("*!h", "*@h"),
        ("nick!u@h", None), ("u@", None), ("*!a!u@h", None), ("*!", None),
    ],
)  # fmt: skip
def test_masks_of_hosts(text: str, mask: str | None) -> None:
    assert host_mask(text) == mask


@pytest.mark.parametrize(
    ("text", "mask"),
    [
        ("10.1.2.3", "10.1.2.3"), ("10.1.2.3/8", "10.0.0.0/8"), ("::1/128", "::1"),
        ("2001:DB8::1/32", "2001:db8::/32"), ("host", None), ("10.*", None),
    ],
)  # fmt: skip
def test_masks_of_addresses(text: str, mask: str | None) -> None:
    assert address_mask(text) == mask


# K-lines.


def test_a_kline_puts_out_and_keeps_out(bench: Bench, root: Client) -> None:
    ada = enter(bench, "ada", "10.9.0.1")
    bob = enter(bench, "bob", "10.8.0.1")
    ada.say("JOIN #a")
    bob.say("JOIN #a")
    ada.read()
    bob.read()
    assert told(root, "KLINE *@10.9.* :no thanks") == ["Added K-line *@10.9.*: no thanks"]
    assert ada.read() == [
        ":srv 465 ada :You are banned from this server: no thanks",
        ":ada!~ada@10.9.0.1 QUIT :Banned: no thanks",
        "ERROR :Closing link: srv (Banned: no thanks)",
    ]
    assert ada.closed
    assert bob.read() == [":ada!~ada@10.9.0.1 QUIT :Banned: no thanks"]
    eve = enter(bench, "eve", "10.9.0.2")
    assert eve.read() == [
        ":srv 465 * :You are banned from this server: no thanks",
        "ERROR :Closing link: You are banned from this server: no thanks",
    ]
    assert told(root, "UNKLINE 10.9.*") == ["Removed K-line *@10.9.*"]
    assert told(root, "UNKLINE 10.9.*") == ["There is no such ban"]
    assert codes(enter(bench, "eve", "10.9.0.2").read())[0] == "001"


def test_the_address_counts_whatever_others_see(bench: Bench, root: Client) -> None:
    ada = enter(bench, "ada", "10.9.0.1")
    root.say("CHGHOST ada nice.example")
    assert told(root, "KLINE bob@nice.example :x") == ["Added K-line bob@nice.example: x"]
    assert not ada.closed
    assert told(root, "KLINE ~ada@10.9.0.0/16") == [
        "Added K-line ~ada@10.9.0.0/16: No reason given"
    ]
    ada.read()
    assert ada.closed


def test_a_ban_that_ends(bench: Bench, root: Client) -> None:
    assert told(root, "KLINE 10 *@10.9.* ON s* :x") == [
        "Added K-line *@10.9.* until 2023-11-14T22:23:20.000Z: x"
    ]
    assert codes(enter(bench, "ada", "10.9.0.1").read()) == ["465", ":Closing"]
    assert codes(root.say("STATS k")) == ["216", "219"]
    bench.time = START + 10 * MINUTE
    assert codes(enter(bench, "ada", "10.9.0.1").read())[0] == "001"
    assert codes(root.say("STATS k")) == ["219"]
    assert told(root, "UBAN LIST") == ["End of the list of bans"]
    assert len(bench.node.replica.server_bans) == 1
    assert told(root, "UNKLINE 10.9.*") == ["There is no such ban"]
    assert not bench.node.replica.server_bans  # it was forgotten when another was to change


def test_nobody_bans_oneself(root: Client) -> None:
    assert told(root, "KLINE *@*") == ["That would ban yourself"]
    assert told(root, "DLINE 10.0.0.0/8") == ["That would ban yourself"]


@pytest.mark.parametrize(
    "line", ["KLINE a!b@c", f"KLINE {'x' * 201}", "DLINE host", "UBAN ADD ::x/y@", "KLINE :"]
)
def test_what_cannot_be_banned(root: Client, line: str) -> None:
    assert told(root, line) == ["That cannot be banned"]


def test_there_are_not_too_many(
    bench: Bench, root: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.state.apply_operating.MOST_BANS", 1)
    assert told(root, "KLINE a@b :x") == ["Added K-line a@b: x"]
    assert told(root, "KLINE c@d") == ["There are too many bans"]
    assert told(root, "KLINE a@b :y") == ["Added K-line a@b: y"]


# D-lines.


def test_a_dline_closes_connections_and_lets_none_in(bench: Bench, root: Client) -> None:
    ada = enter(bench, "ada", "10.9.0.1")
    unregistered = bench.connect("10.9.0.2")
    bob = enter(bench, "bob", "10.8.0.1")
    ada.say("JOIN #a")
    bob.say("JOIN #a")
    bob.read()
    ada.read()
    assert told(root, "DLINE 10.9.0.0/16 :x") == ["Added D-line 10.9.0.0/16: x"]
    assert ada.read() == [
        ":srv 465 ada :You are banned from this server: x",
        "ERROR :Closing link: You are banned from this server: x",
    ]
    assert codes(unregistered.read()) == ["465", ":Closing"]
    assert bob.read() == [":ada!~ada@10.9.0.1 QUIT :Banned: x"]
    late = bench.connect("10.9.0.3")
    assert late.read() == ["ERROR :Closing link: You are banned from this server: x"]
    assert late.closed
    assert bench.node.unregistered == {}
    assert told(root, "UNDLINE 10.9.5.5/16") == ["Removed D-line 10.9.0.0/16"]
    assert codes(enter(bench, "eve", "10.9.0.3").read())[0] == "001"


def test_a_dline_that_ends_is_judged_at_the_registration(bench: Bench, root: Client) -> None:
    assert told(root, "DLINE 1 10.9.0.1")[0].startswith("Added D-line 10.9.0.1 until ")
    client = bench.connect("10.9.0.1")
    assert not client.connection.closing
    assert codes(client.say("NICK ada", "USER a 0 * :A")) == ["465", ":Closing"]
    assert codes(enter(bench, "bob", "unknown").read())[0] == "001"  # a socket without an address


def test_only_the_device_from_there_is_closed(bench: Bench, root: Client) -> None:
    ada = enter(bench, "ada", "10.8.0.1")
    user = ada.connection.user
    assert user is not None
    phone = bench.connect("10.9.0.1")
    user.connections[1, phone.connection.id] = ""
    phone.connection.user = user
    bench.node.present.attach(phone.connection, user)
    root.say("DLINE 10.9.0.1 :x")
    phone.read()
    assert phone.closed
    assert not ada.closed
    assert list(user.connections) == [(1, ada.connection.id)]


# Accounts, and UBAN.


def logged_in(bench: Bench, nick: str, address: str) -> Client:
    client = enter(bench, nick, address)
    client.say("NickServ REGISTER secret")
    return client


def test_a_banned_account(bench: Bench, root: Client) -> None:
    ada = logged_in(bench, "ada", "10.9.0.1")
    root.say("UBAN ADD eva :another")
    assert told(root, "UBAN ADD Ada :x") == ["Added ban of the account ada: x"]
    assert ada.read()[-1] == "ERROR :Closing link: srv (Banned: x)"
    eve = enter(bench, "eve", "10.9.0.1")
    eve.read()
    assert codes(eve.say("NickServ IDENTIFY ada secret"))[-2:] == ["465", ":Closing"]
    assert told(root, "UBAN DEL ada") == ["Removed ban of the account ada"]
    bob = enter(bench, "bob", "10.9.0.1")
    bob.read()
    assert "900" in codes(bob.say("NickServ IDENTIFY ada secret"))


def test_a_banned_account_before_the_registration(bench: Bench, root: Client) -> None:
    logged_in(bench, "ada", "10.9.0.1").say("QUIT")
    root.say("UBAN ADD ada :x")
    assert "ada" not in bench.node.replica.owner_of  # it stayed there without a connection
    client = bench.connect()
    client.say("CAP REQ :sasl", "AUTHENTICATE PLAIN", "AUTHENTICATE AGFkYQBzZWNyZXQ=")
    assert codes(client.say("CAP END", "NICK eve", "USER eve 0 * :Eve")) == ["465", ":Closing"]


def test_uban(bench: Bench, root: Client) -> None:
    root.say("UBAN ADD 60 *@a.example :one", "UBAN ADD 10.9.0.1 :two", "UBAN ADD eve :three")
    by = "(by root, 2023-11-14T22:13:20.000Z)"
    assert told(root, "UBAN LIST") == [
        f"K-line *@a.example until 2023-11-14T23:13:20.000Z {by}: one",
        f"D-line 10.9.0.1 {by}: two",
        f"ban of the account eve {by}: three",
        "End of the list of bans",
    ]
    assert told(root, "UBAN DEL 10.9.0.1") == ["Removed D-line 10.9.0.1"]
    assert told(root, "UBAN DEL :") == ["There is no such ban"]
    assert root.say("UBAN ADD", "UBAN DEL", "UBAN X") == [
        ":srv 461 root UBAN :Not enough parameters",
        ":srv 461 root UBAN :Not enough parameters",
        ":srv FAIL UBAN UNKNOWN_SUBCOMMAND :There are ADD, DEL and LIST",
    ]


def test_who_is_no_operator_any_more_bans_nobody(bench: Bench, root: Client) -> None:
    root.feed("UBAN ADD eve", "MODE root -o")
    bench.settle()
    assert codes(root.read()) == ["NOTICE", "MODE"]
    assert codes(root.say("UBAN ADD bob", "UBAN DEL eve", "UBAN LIST")) == ["481"] * 3
