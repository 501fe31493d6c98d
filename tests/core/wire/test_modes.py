"""MODE: what a command asks for, and how a change is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.wire.modes import (
    CHANNEL_MODES,
    MODES_PER_COMMAND,
    USER_MODES,
    ModeChange,
    ModeType,
    ParsedModes,
    format_modes,
    parse_modes,
    split_status,
)


def on(letter: str, argument: str = "") -> ModeChange:
    return ModeChange(True, letter, argument)


def off(letter: str, argument: str = "") -> ModeChange:
    return ModeChange(False, letter, argument)


@pytest.mark.parametrize(
    ("words", "parsed"),
    [
        ("", ParsedModes([], [], [], [])),
        ("+", ParsedModes([], [], [], [])),
        ("i", ParsedModes([on("i")], [], [], [])),
        ("+i-m+s", ParsedModes([on("i"), off("m"), on("s")], [], [], [])),
        ("+ov ada bob", ParsedModes([on("o", "ada"), on("v", "bob")], [], [], [])),
        ("-ov ada bob", ParsedModes([off("o", "ada"), off("v", "bob")], [], [], [])),
        ("+kl key 5", ParsedModes([on("k", "key"), on("l", "5")], [], [], [])),
        ("-lk key", ParsedModes([off("l"), off("k", "key")], [], [], [])),
        ("-k", ParsedModes([off("k", "*")], [], [], [])),
        ("+k", ParsedModes([], [], [], ["k"])),
        ("+l", ParsedModes([], [], [], ["l"])),
        ("+o", ParsedModes([], [], [], ["o"])),
        ("-v", ParsedModes([], [], [], ["v"])),
        ("b", ParsedModes([], ["b"], [], [])),
        ("-b", ParsedModes([], ["b"], [], [])),
        ("+b *!*@x", ParsedModes([on("b", "*!*@x")], [], [], [])),
        ("+zi9", ParsedModes([on("i")], [], ["z", "9"], [])),
        ("+i stray", ParsedModes([on("i")], [], [], [])),
    ],
)
def test_parse_room_modes(words: str, parsed: ParsedModes) -> None:
    assert parse_modes(words.split(), CHANNEL_MODES) == parsed


@pytest.mark.parametrize(
    ("words", "parsed"),
    [
        (["+k", ""], ParsedModes([on("k")], [], [], [])),
        (["+lo", "", ""], ParsedModes([on("l"), on("o")], [], [], [])),
        (["-k", ""], ParsedModes([off("k", "*")], [], [], [])),
        (["+b", ""], ParsedModes([], ["b"], [], [])),
    ],
)
def test_empty_parameters_are_not_missing(words: list[str], parsed: ParsedModes) -> None:
    assert parse_modes(words, CHANNEL_MODES) == parsed


@pytest.mark.parametrize(
    ("target", "sign", "rest"),
    [
        ("@#a", "@", "#a"),
        ("+@#a", "+", "#a"),
        ("~&@%+#a", "+", "#a"),
        ("~&#+a", "&", "#+a"),
        ("#a", "", "#a"),
        ("@ada", "", "@ada"),
        ("@", "", "@"),
        ("ada", "", "ada"),
    ],
)
def test_split_status(target: str, sign: str, rest: str) -> None:
    assert split_status(target) == (sign, rest)


def test_user_modes_have_a_table_of_their_own() -> None:
    assert parse_modes(["+io-b"], USER_MODES) == ParsedModes([on("i"), on("o")], [], ["b"], [])


def test_only_so_many_parameters_count() -> None:
    nicks = [f"n{number}" for number in range(MODES_PER_COMMAND + 5)]
    parsed = parse_modes(["+" + "v" * len(nicks) + "i", *nicks], CHANNEL_MODES)
    assert parsed.changes == [*(on("v", nick) for nick in nicks[:MODES_PER_COMMAND]), on("i")]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ([], [""]),
        ([on("i")], ["+i"]),
        ([on("o", "ada"), off("v", "bob"), off("i")], ["+o-vi", "ada", "bob"]),
    ],
)
def test_format(changes: list[ModeChange], words: list[str]) -> None:
    assert format_modes(changes) == words


@st.composite
def change(draw: st.DrawFn) -> ModeChange:
    letter = draw(st.sampled_from(sorted(CHANNEL_MODES)))
    adding = draw(st.booleans())
    kind = CHANNEL_MODES[letter]
    bare = kind is ModeType.FLAG or (kind is ModeType.WHEN_SET and not adding)
    return ModeChange(adding, letter, "" if bare else draw(st.text("abc", min_size=1)))


@given(st.lists(change(), max_size=MODES_PER_COMMAND))
def test_what_is_formatted_is_parsed_again(changes: list[ModeChange]) -> None:
    assert parse_modes(format_modes(changes), CHANNEL_MODES).changes == changes


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=5))
def test_any_words_are_sorted_out(words: list[str]) -> None:
    parsed = parse_modes(words, CHANNEL_MODES)
    letters = [letter for letter in (words[0] if words else "") if letter not in "+-"]
    assert sum(len(part) for part in parsed) <= len(letters)
    assert not set(parsed.unknown) & set(CHANNEL_MODES)
