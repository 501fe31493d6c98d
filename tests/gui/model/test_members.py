"""The member list: order, changes, filtering."""

from gui.model.members import Member, Roster


def roster() -> Roster:
    made = Roster()
    made.replace([Member("zoe"), Member("Ada", "@+"), Member("bob", "+"), Member("amy", "", True)])
    return made


def test_order_is_presence_rank_name() -> None:
    assert [member.nick for member in roster().ordered()] == ["Ada", "bob", "zoe", "amy"]
    assert [member.rank for member in roster().ordered()] == ["operator", "voice", "", ""]


def test_changes() -> None:
    made = roster()
    made.add("Cid")
    made.add("cid")
    assert (len(made), made.online()) == (5, 4)
    made.rank("cid", "!")
    made.rank("nobody", "@")
    assert made.rename("CID", "dora")
    assert not made.rename("cid", "x")
    assert made.away("dora", True)
    assert not made.away("cid", True)
    assert [member.nick for member in made.ordered()] == ["Ada", "bob", "zoe", "amy", "dora"]
    made.remove("ada")
    assert "ADA" not in made
    assert "Zoe" in made


def test_chosen_names_sort_and_are_found() -> None:
    made = roster()
    assert made.call("zoe", "Anna")
    assert not made.call("nobody", "Anna")
    assert [member.nick for member in made.ordered()] == ["Ada", "bob", "zoe", "amy"]
    assert [member.nick for member in made.matching("ANN")] == ["zoe"]
    assert made.call("zoe", "")
    assert made.matching("ann") == []
    assert (made.place("zoe"), made.place("nobody")) == (2, -1)
