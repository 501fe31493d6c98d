"""Taken names, and those that could pass for them.

Characters that could be taken for others are written by their numbers.
"""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from core.wire.identifiers import fold, looks
from core.wire.name_table import NameTable

LETTERS = "aAlI1iO0om\u0430\u0456\u041c\u03bf\u00e9ß"
short_names = st.text(LETTERS, min_size=1, max_size=3)


def table(*taken: str) -> NameTable[int]:
    """Each name with its place as its holder."""
    made: NameTable[int] = NameTable()
    for number, name in enumerate(taken):
        made.add(name, number)
    return made


@pytest.mark.parametrize(
    ("taken", "name"),
    [
        ("ada", "ADA"),
        ("ünal", "ÜNAL"),
        ("strasse", "Straße"),
        ("\u0410\u0434\u0430", "\u0430\u0434\u0430"),
        ("pa", "\u0440\u0430"),
        ("#pa", "#\u0440\u0430"),
        ("milo", "\u041cilo"),  # a small m looks like rn, the Cyrillic capital like M
        ("tommy", "\u0422ommy"),
        ("TOMMY", "\u0422ommy"),
        ("boba", "\u0412\u041e\u0412\u0410"),
        ("ivan", "\u0406van"),
        ("Ivan", "\u0406van"),
        ("paypal", "p\u0430ypaI"),
        ("bill1", "b\u0456llI"),
        ("b0b", "b\u043eb"),
        ("rnary", "m\u0430ry"),
        ("tove", "\u0422o\u03bde"),  # one alike as a capital, the other as a small letter
        ("İvan", "ivan"),
    ],
)
def test_clash(taken: str, name: str) -> None:
    """Whichever comes first."""
    for first, second in ((taken, name), (name, taken)):
        assert table(first).clash(second) == 0
        assert table(first).clash(second, allowed=0) is None
        assert table("x", first).clash(second, allowed=0) == 1


@pytest.mark.parametrize(
    ("taken", "name"),
    [
        ("ada", "adam"),
        ("bill1", "billl"),
        ("nick_1", "nick_l"),
        ("O0", "00"),
        ("rn", "m"),
        ("José", "jose"),
        ("boba", "\u0432\u043e\u0432\u0430"),  # the small letters do not look Latin
        ("Toma", "\u0442\u043e\u043c\u0430"),
    ],
)
def test_no_clash(taken: str, name: str) -> None:
    for first, second in ((taken, name), (name, taken)):
        assert table(first).clash(second) is None
        assert table(first, "\u00e9").clash(second) is None


def test_holder() -> None:
    names = table("Ada", "Ünal")
    assert (names.holder("ADA"), names.holder("ünal"), names.holder("\u0430da")) == (0, 1, None)
    assert len(names) == 2


def test_another_look_alike_than_the_allowed_one() -> None:
    names = table("bill1", "billl", "biill")
    assert names.clash("b\u0456lll", allowed=0) == 1
    names.remove("billl")
    assert names.clash("b\u0456lll", allowed=0) is None


def test_a_name_changes_its_case_and_with_it_its_looks() -> None:
    names = table("ivan")
    assert names.clash("lv\u0430n") is None
    names.add("Ivan", 0)
    assert len(names) == 1
    assert names.clash("lv\u0430n") == 0


def test_a_free_name_cannot_be_freed() -> None:
    with pytest.raises(KeyError):
        table("ada").remove("bob")


@given(st.lists(short_names, unique_by=fold), short_names, st.randoms(use_true_random=False))
def test_the_order_of_names_does_not_matter(
    taken: list[str], name: str, chance: random.Random
) -> None:
    one, other = NameTable[str](), NameTable[str]()
    for each in taken:
        one.add(each, each)
    for each in chance.sample(taken, len(taken)):
        other.add(each, each)
    assert one.clash(name) == other.clash(name)


class Against(RuleBasedStateMachine):
    """The table against a list that is searched from end to end."""

    def __init__(self) -> None:
        super().__init__()
        self.table: NameTable[int] = NameTable()
        self.taken: dict[str, tuple[str, int]] = {}  # key -> name as written, holder

    @rule(name=short_names, holder=st.integers(0, 3))
    def add(self, name: str, holder: int) -> None:
        self.table.add(name, holder)
        self.taken[fold(name)] = name, holder

    @rule(name=short_names)
    def remove(self, name: str) -> None:
        if self.taken.pop(fold(name), None):
            self.table.remove(name)

    @rule(name=short_names, allowed=st.none() | st.integers(0, 3))
    def look(self, name: str, allowed: int | None) -> None:
        rivals = {
            holder
            for taken, holder in self.taken.values()
            if holder != allowed
            and (
                fold(taken) == fold(name)
                or (not (taken + name).isascii() and set(looks(taken)) & set(looks(name)))
            )
        }
        found = self.table.clash(name, allowed)
        assert found in rivals if rivals else found is None
        exact = self.taken.get(fold(name))
        assert self.table.holder(name) == (exact[1] if exact else None)

    @invariant()
    def nothing_is_left_behind(self) -> None:
        assert len(self.table) == len(self.taken)
        if not self.taken:
            assert not self.table._alike
            assert not self.table._beyond_ascii


TestAgainst = Against.TestCase
