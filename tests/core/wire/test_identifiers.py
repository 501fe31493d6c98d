"""Names of every script: what is allowed, what is the same, what looks alike.

Characters that could be taken for others are written by their numbers.
"""

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.wire import names
from core.wire.assigned import is_assigned
from core.wire.identifiers import (
    NICK_BYTES,
    fold,
    looks,
    prepared_nick,
    prepared_room,
    valid_nick,
    valid_room,
)
from core.wire.names import NICK_LENGTH, ROOM_LENGTH

# All there are, but few of the many thousand of Hangul and Han, which are all alike.
ALL = [
    chr(code)
    for code in range(0x32000)
    if not (0x3400 <= code < 0xA000 or 0xAC00 <= code < 0xF900 or code >= 0x20000) or code % 99 == 0
]
ASSIGNED = list(filter(is_assigned, ALL))
TRICKY = "aAßẞςΣΰŉǅ가\u0130\u0131\u017f\u0345\u0301\u0307\u0323\u1fb3\u2126\u212a"
TRICKY += "\uff21\uff76\uff9e\ufe0f\u200d"
texts = st.one_of(st.text(), st.text(TRICKY), st.text(st.sampled_from(ALL)))


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Ada[\\]~", "ada[\\]~"),
        ("Ünal", "ünal"),
        ("U\u0308NAL", "ünal"),  # composed
        ("\u0410\u0414\u0410", "\u0430\u0434\u0430"),  # Cyrillic
        ("ΟΔΟΣ", "οδοσ"),
        ("οδος", "οδοσ"),  # the final sigma is a sigma
        ("Straße", "strasse"),
        ("\uff21\uff44\uff41", "ada"),  # full width
        ("\uff76\uff9e", "\u30ac"),  # half width, composed
        ("\u212aelvin", "kelvin"),  # the sign of the unit
        ("#\u2764\ufe0f", "#\u2764"),
        ("*!*@\u05d0.EXAMPLE", "*!*@\u05d0.example"),  # against the Bidi rule; folded all the same
        ("A\U0001fae8", "a\U0001fae8"),  # newer than our Unicode
        ("A\udc80", "a\udc80"),
        ("", ""),
    ],
)
def test_fold(name: str, key: str) -> None:
    assert fold(name) == key


@given(texts)
def test_folding_twice_is_folding_once(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(texts)
def test_a_key_does_not_depend_on_case_or_composition(name: str) -> None:
    name = "".join(filter(is_assigned, name))
    apart = unicodedata.normalize("NFD", name)
    assert fold(apart) == fold(name)
    # The iota subscript is a mark whose capital is a letter, so marks behind it change places.
    if "\u0345" not in apart:
        assert fold(name.casefold()) == fold(name)


@given(st.text(st.characters(max_codepoint=127)))
def test_ascii_folds_as_announced(name: str) -> None:
    assert fold(name) == name.lower()


def test_every_character_folds_to_a_key() -> None:
    for letter in ASSIGNED:
        key = fold.__wrapped__(letter)
        assert fold.__wrapped__(key) == key
        pair = fold.__wrapped__(f"i{letter}\u0301")
        assert fold.__wrapped__(pair) == pair


@given(texts, st.sampled_from(["", "#"]))
def test_what_is_prepared_is_the_same_name_and_stays(text: str, prefix: str) -> None:
    for prepared in (prepared_nick, prepared_room):
        name = prepared(prefix + text)
        if name is not None:
            assert prepared(name) == name
            assert fold(name) == fold(prefix + text)
            assert looks(name)


def test_every_character_is_prepared_or_refused() -> None:
    """As the second of a name, where every character stands that a name can have."""
    for letter in ASSIGNED:
        nick, room = prepared_nick("a" + letter), prepared_room("#a" + letter)
        if nick is not None:
            assert not set(nick) & set(" !@:*?,.#&$+%~\0\r\n")
            assert fold(nick) == fold("a" + letter)
            assert prepared_room("#" + nick) == "#" + nick
        if room is not None:
            assert not set(room) & set(" ,:*?\0\r\n\x07")
            assert unicodedata.category(room[-1]) not in {"Cc", "Cf", "Cn", "Co", "Zs", "Zl", "Zp"}
            assert fold(room) == fold("#a" + letter)


@pytest.mark.parametrize(
    ("nick", "shown"),
    [
        ("Ada-1", "Ada-1"),
        ("Ünal", "Ünal"),
        ("U\u0308nal", "Ünal"),
        ("\uff21da", "Ada"),
        ("Юля[1]", "Юля[1]"),
        ("_Юля", "_Юля"),
        ("שבת1", "שבת1"),
        ("भारत", "भारत"),
        ("日本語", "日本語"),
        ("한국", "한국"),
        ("ada\ufe0f", "ada"),
        (
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        ),
        ("B" + "я" * (NICK_BYTES // 2 - 1), "B" + "я" * (NICK_BYTES // 2 - 1)),
        ("я" * NICK_LENGTH, "я" * NICK_LENGTH),
        ("日" * (NICK_BYTES // 3), "日" * (NICK_BYTES // 3)),
        ("я" + "\u0323\u0307\u0324\u0308", "я" + "\u0323\u0324\u0307\u0308"),
        ("", None),
        ("я" * (NICK_LENGTH + 1), None),
        ("日" * (NICK_BYTES // 3 + 1), None),
        ("1я", None),
        ("\u0663я", None),  # ARABIC-INDIC DIGIT THREE
        ("-я", None),
        ("я.", None),
        ("я~", None),
        ("я b", None),
        ("я\u00a0b", None),
        ("я\u0000", None),
        ("я😀", None),
        ("я\u200b", None),
        ("n\u00ef\u200dck", None),  # a joiner where there is nothing to join
        ("\u202eя", None),
        ("я\u0378", None),  # not assigned
        ("я\U0001fae8", None),  # assigned later
        ("я\ue000", None),  # private use
        ("я\udc80", None),
        ("aשבת", None),  # the Bidi rule
        ("שבת_", None),
        ("\u0301я", None),  # a mark on nothing
        ("\u0903я", None),
        ("я\u0301\u0301", None),
        ("я\u0323\u0307\u0324\u0308\u0306", None),
        ("я\U00016fe4", None),  # a filler, which shows nothing
        ("#я", None),
        ("\uff03ada", None),
        ("NickServ", None),
        ("Nick\uff33erv", None),
        ("\u039dick\u0405erv", None),  # Greek and Cyrillic capitals
        ("p\u0430rlor", None),
        ("\u0441\u04bb\u0430ns\u0435rv", None),
    ],
)
def test_nicks(nick: str, shown: str | None) -> None:
    assert prepared_nick(nick) == shown
    assert valid_nick(nick) is (shown is not None)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("#a", "#a"),
        ("#Grüße", "#Grüße"),
        ("#gru\u0308n", "#grün"),
        ("#\uff41", "#a"),
        ("#😀", "#😀"),
        ("#\u2764\ufe0f", "#\u2764"),
        ("#1\ufe0f\u20e3", "#1\u20e3"),
        ("#שבת-b", "#שבת-b"),
        ("#€(½)", "#€(½)"),
        ("#" + "я" * 31, "#" + "я" * 31),
        ("#" + "日" * (ROOM_LENGTH // 3), "#" + "日" * (ROOM_LENGTH // 3)),
        ("#" + "日" * (ROOM_LENGTH // 3 + 1), None),
        ("", None),
        ("#", None),
        ("#\ufe0f", None),
        ("я", None),
        ("\uff03я", None),
        ("#я\uff0c", None),  # a comma
        ("#\u0301я", None),
        ("#я\u2800", None),
        ("#\U0001f468\u200d\U0001f469", None),  # emoji that are joined
        ("#я\udc80", None),
        *(
            (f"#я{bad}", None)
            for bad in " ,:*?\0\a\r\n\x7f\x80\xa0\xad\u200b\u200e\u2028\u202e\u2066"
        ),
        *((f"#я{bad}", None) for bad in "\u3000\u3164\ufeff\ufffd\u0378\ue000\U000e0041\U0001fae8"),
    ],
)
def test_rooms(name: str, shown: str | None) -> None:
    assert prepared_room(name) == shown
    assert valid_room(name) is (shown is not None)


@given(st.text(st.characters(max_codepoint=127)))
def test_ascii_names_are_as_ever(name: str) -> None:
    for text in (name, "#" + name):
        assert prepared_nick(text) == (text if names.valid_nick(text) else None)
        assert prepared_room(text) == (text if names.valid_room(text) else None)


@given(texts)
def test_looks_never_fail_and_are_those_of_the_name_in_another_case(name: str) -> None:
    assert looks(fold(name))[-1] in looks(name)


def test_clients_do_without_the_library() -> None:
    modules = "core.client.session, gui.network, gui.presenter.presenter, loadtest.users"
    code = f"import {modules}, sys; sys.exit('precis_i18n' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
