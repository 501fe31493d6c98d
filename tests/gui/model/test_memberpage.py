"""The member list, row by row."""

import time

import pytest

from gui.model.memberpage import MemberPage
from gui.model.members import Member, Roster
from gui.model.people import People
from gui.model.shown import MemberHeading, MemberRow


def page(search: str = "", members: tuple[Member, ...] = ()) -> MemberPage:
    roster, people = Roster(), People()
    people.tell("zoe", "Amy", "busy", "#aabbcc", "")
    roster.replace(
        members
        or (Member("zoe", name="Amy"), Member("Ada", "@"), Member("bob", "+", True), Member("me"))
    )
    return MemberPage(roster, people, "me", "#room", search)


def test_rows_are_made_when_looked_at() -> None:
    made = page()
    assert (made.total, len(made)) == (4, 6)
    assert list(made) == [
        MemberHeading("Here", 3),
        MemberRow("Ada", "operator", False, False),
        MemberRow("zoe", "", False, False, "Amy", "#aabbcc", "busy"),
        MemberRow("me", "", False, True),
        MemberHeading("Away", 1),
        MemberRow("bob", "voice", True, False),
    ]
    assert made[4:] == list(made)[4:]
    with pytest.raises(IndexError):
        made[6]


def test_a_member_is_found_in_it() -> None:
    made = page()
    assert [made.index(nick) for nick in ("ada", "zoe", "bob")] == [1, 2, 5]
    for nobody in ("eve", 7):
        with pytest.raises(ValueError, match=r"eve|7"):
            made.index(nobody)


def test_searching_by_nick_and_name() -> None:
    assert [one.nick for one in page("am") if isinstance(one, MemberRow)] == ["zoe"]
    made = page("B")
    assert list(made) == [MemberHeading("Away", 1), MemberRow("bob", "voice", True, False)]
    assert (made.index("bob"), made.total) == (1, 4)
    assert len(page("nobody")) == 0


def test_without_a_room() -> None:
    made = MemberPage(None, People(), "me")
    assert (len(made), made.total, list(made)) == (0, 0, [])
    with pytest.raises(ValueError, match="ada"):
        made.index("ada")


def test_a_large_room_is_never_sorted_for_one_event() -> None:
    roster = Roster()
    roster.replace(Member(f"n{number}") for number in range(5000))
    made = MemberPage(roster, People(), "me", "#room")
    began = time.perf_counter()
    for number in range(2000):
        roster.add(f"new{number}")
        roster.away(f"n{number}", True)
        assert made[number]
    assert time.perf_counter() - began < 1.0
    assert len(made) == 7002
