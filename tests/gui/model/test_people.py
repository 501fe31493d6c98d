"""What is known of people."""

import pytest

from gui.model import people
from gui.model.people import People


def test_what_they_tell_is_made_fit_to_be_shown() -> None:
    known = People()
    known.tell("Ada", "  Ada \n Lovelace ", "in\ttown", "#FFAA00", " https://ada.example ")
    person = known.get("ADA")
    assert person is not None
    assert (person.name, person.status, person.color) == ("Ada Lovelace", "in town", "#ffaa00")
    assert person.homepage == "https://ada.example"
    assert (known.name("ada"), known.color("ada")) == ("Ada Lovelace", "#ffaa00")
    known.tell("Ada", "", "", "red; rm -rf", "")
    assert (known.name("ada"), known.color("ada")) == ("Ada", "")
    assert (known.name("bob"), known.color("bob")) == ("bob", "")


def test_somebody_keeps_what_is_known_under_another_nick() -> None:
    known = People()
    known.tell("ada", "Ada", "", "", "")
    known.rename("ada", "Eve")
    known.rename("nobody", "somebody")
    assert known.get("ada") is None
    assert known.name("eve") == "Ada"
    assert len(known) == 1


def test_presence_is_only_kept_where_the_server_tells_it() -> None:
    known = People()
    known.went_away("ada", True, "")
    assert known.get("ada") is None
    known.presence("ada", "online")
    known.went_away("ada", True, "lunch")
    person = known.get("ada")
    assert person is not None
    assert (person.presence, person.away) == ("away", "lunch")
    known.went_away("ada", False, "")
    assert (person.presence, person.away) == ("online", "")
    known.went_away("bob", True, "asleep")
    bob = known.get("bob")
    assert bob is not None
    assert (bob.presence, bob.away) == ("", "asleep")
    known.presence("bob", "offline")
    assert (bob.presence, bob.away) == ("offline", "")
    known.forget_presence()
    assert (person.presence, bob.presence) == ("", "")
    known.clear()
    assert len(known) == 0


def test_the_longest_unheard_of_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "MOST", 3)
    known = People()
    for nick in ("a", "b", "c"):
        known.at(nick)
    known.at("a")
    known.at("d")
    assert [known.get(nick) is not None for nick in "abcd"] == [True, False, True, True]
