"""The tables: capabilities, casemapping, names, numerics, ISUPPORT."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.wire import capabilities, isupport, numerics
from core.wire.capabilities import BATCH, CAP_NOTIFY, CAPABILITIES, MESSAGE_TAGS, requested
from core.wire.casemapping import fold, folder
from core.wire.names import (
    NICK_LENGTH,
    ROOM_LENGTH,
    clean_username,
    is_room,
    valid_nick,
    valid_room,
)
from core.wire.numerics import Numeric, middle

LIMITS = dict.fromkeys(
    ("away", "rooms", "history", "key", "kick", "list", "monitor", "targets", "topic"), 7
)
ALL_NUMERICS = {name: value for name, value in vars(numerics).items() if isinstance(value, Numeric)}


@pytest.mark.parametrize(
    ("before", "words", "after"),
    [
        (0, [], 0),
        (0, ["batch"], BATCH),
        (BATCH, ["-batch", "message-tags"], MESSAGE_TAGS),
        (BATCH, ["-message-tags"], BATCH),
        (0, ["batch", "-batch"], 0),
        (0, ["batch", "unknown"], None),
        (0, ["-"], None),
        (0, ["Batch"], None),
        (CAP_NOTIFY, ["-cap-notify"], 0),
    ],
)
def test_requested(before: int, words: list[str], after: int | None) -> None:
    assert requested(before, words) == after


def test_names_of_capabilities() -> None:
    assert capabilities.names(0) == []
    assert capabilities.names(MESSAGE_TAGS | BATCH) == ["batch", "message-tags"]


def test_every_capability_has_a_bit_of_its_own() -> None:
    bits = [row.bit for row in CAPABILITIES]
    assert all(bit & (bit - 1) == 0 for bit in bits)
    assert len(set(bits)) == len(bits)
    assert [row.name for row in CAPABILITIES] == sorted(row.name for row in CAPABILITIES)


@pytest.mark.parametrize(
    ("mapping", "name", "key"),
    [
        ("ascii", "Ada[\\]~Ä", "ada[\\]~Ä"),
        ("ascii", "ADA[]", "ada[]"),
        ("rfc1459", "Ada[\\]~Ä", "ada{|}^Ä"),
        ("rfc1459-strict", "Ada[\\]~", "ada{|}~"),
        ("strict-rfc1459", "Ada[\\]~", "ada{|}~"),
        ("rfc7613", "ADA", "ada"),
        ("", "ADA~", "ada~"),
    ],
)
def test_casemappings(mapping: str, name: str, key: str) -> None:
    assert folder(mapping)(name) == key


@given(st.text())
def test_folding_twice_is_folding_once(name: str) -> None:
    assert fold(fold(name)) == fold(name)
    assert len(fold(name)) == len(name)


@pytest.mark.parametrize(
    ("nick", "valid"),
    [
        ("ada", True),
        ("Ada-1", True),
        ("[]\\`_^{|}", True),
        ("a" * NICK_LENGTH, True),
        ("a" * (NICK_LENGTH + 1), False),
        ("", False),
        ("1ada", False),
        ("-ada", False),
        ("a b", False),
        ("a!b", False),
        ("a\n", False),
        ("äda", False),
        ("#ada", False),
        ("NickServ", False),
        ("parlor", False),
    ],
)
def test_nicks(nick: str, valid: bool) -> None:
    assert valid_nick(nick) is valid


@pytest.mark.parametrize(
    ("name", "valid"),
    [
        ("#a", True),
        ("#grüße", True),
        ("##", True),
        ("#" + "a" * (ROOM_LENGTH - 1), True),
        ("#" + "a" * ROOM_LENGTH, False),
        ("#" + "ü" * (ROOM_LENGTH // 2), False),  # bytes count
        ("#", False),
        ("", False),
        ("a", False),
        ("&a", False),
        *((f"#a{bad}b", False) for bad in " ,:*?\0\a\r\n\x7f\xa0\u200b\u2028\ufeff"),
    ],
)
def test_rooms(name: str, valid: bool) -> None:
    assert valid_room(name) is valid


@pytest.mark.parametrize(
    ("target", "room"), [("#a", True), ("#", True), ("a#", False), ("", False)]
)
def test_is_room(target: str, room: bool) -> None:
    assert is_room(target) is room


@pytest.mark.parametrize(
    ("given", "kept"),
    [("ada", "ada"), ("a d@a!~", "ada"), ("", "user"), ("!!", "user"), ("a" * 40, "a" * 19)],
)
def test_clean_username(given: str, kept: str) -> None:
    assert clean_username(given) == kept


@pytest.mark.parametrize(
    ("given", "shown"),
    [("a", "a"), ("", "*"), (":a", "*"), ("a b", "a"), (" a", "*"), ("a:", "a:")],
)
def test_middle(given: str, shown: str) -> None:
    assert middle(given) == shown


def test_fill_takes_values_as_they_are() -> None:
    assert numerics.RPL_TOPIC.fill(channel="#a", topic="{x} %s") == "#a :{x} %s"


def test_numerics_are_numbers_of_their_own() -> None:
    assert all(len(n.code) == 3 and n.code.isdigit() for n in ALL_NUMERICS.values())
    assert len({n.code for n in ALL_NUMERICS.values()}) == len(ALL_NUMERICS)
    for name, numeric in ALL_NUMERICS.items():
        assert name.startswith("ERR_" if numeric.code >= "400" else "RPL_") or numeric.code > "600"


def test_isupport_tells_what_the_tables_hold() -> None:
    tokens = dict(token.partition("=")[::2] for token in isupport.tokens(LIMITS, "Net"))
    assert tokens["CHANMODES"] == "Ibe,k,l,CMRimnst"
    assert tokens["PREFIX"] == "(qaohv)~&@%+"
    assert tokens["STATUSMSG"] == "~&@%+"
    assert tokens["EXTBAN"].endswith(tokens["ACCOUNTEXTBAN"] + "m")
    assert tokens["CHANLIMIT"] == "#:7"
    assert tokens["NETWORK"] == "Net"
    assert tokens["CASEMAPPING"] == "ascii"
    assert {tokens[key] for key in ("AWAYLEN", "CHATHISTORY", "KEYLEN", "KICKLEN")} == {"7"}


def test_what_has_no_limit_has_no_number() -> None:
    tokens = isupport.tokens(dict.fromkeys(LIMITS, 0), "Net")
    names = {token.partition("=")[0] for token in tokens}
    assert not names & {"AWAYLEN", "KEYLEN", "KICKLEN", "MAXLIST", "MAXTARGETS", "TOPICLEN"}
    assert "CHANLIMIT=#:" in tokens
    assert any(",PART:,PRIVMSG:,TAGMSG:," in token for token in tokens)
    assert "MAXLIST=beI:7" in isupport.tokens(LIMITS, "Net")


@pytest.mark.parametrize(("count", "sizes"), [(0, []), (1, [1]), (13, [13]), (27, [13, 13, 1])])
def test_isupport_lines(count: int, sizes: list[int]) -> None:
    lines = isupport.lines(f"T{number}" for number in range(count))
    assert [len(line.split(" ")) for line in lines] == sizes
