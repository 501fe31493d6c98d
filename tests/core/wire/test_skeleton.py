"""Look-alikes, by the table of Unicode.

Characters that could be taken for others are written by their numbers.
"""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.wire.skeleton import _PROTOTYPES, skeleton


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("\u0430\u0435\u043e\u0440\u0441\u0443\u0445", "aeopcyx"),  # Cyrillic
        ("\u03bf\u03bd", "ov"),  # Greek
        ("\u0410\u0412\u0421", "ABC"),
        ("\u13a0", "D"),  # Cherokee
        ("l1I|", "llll"),
        ("0", "O"),
        ("m", "rn"),
        ("\uff41", "a"),
        ("\U0001d41a\U0001d4eb", "ab"),  # mathematical
        ("pay\u200bpal", "paypal"),
        ("\u0131van", "ivan"),
        ("i\u0307van", "ivan"),
        ("\u0456\u0307\u0458\u0307", "ij"),
        ("e\u0301", "\u00e9"),
        ("\u0435\u0301", "\u00e9"),
        ("\u01c4", "D\u017d"),
    ],
)
def test_alike(text: str, like: str) -> None:
    assert skeleton(text) == skeleton(like)


@pytest.mark.parametrize(
    ("text", "other"),
    [("é", "e"), ("ü", "u"), ("ñ", "n"), ("ada", "adb"), ("O", "o"), ("日", "曰")],
)
def test_not_alike(text: str, other: str) -> None:
    assert skeleton(text) != skeleton(other)


@given(st.text())
def test_a_skeleton_has_one_itself(text: str) -> None:
    assert skeleton(skeleton(text)) == skeleton(text)


def test_no_prototype_holds_a_source() -> None:
    assert len(_PROTOTYPES) == 5247
    for source, prototype in _PROTOTYPES.items():
        assert prototype == normalize("NFD", prototype)
        assert not {source, *_PROTOTYPES} & set(map(ord, prototype))
        assert normalize("NFD", chr(source)) == chr(source)
