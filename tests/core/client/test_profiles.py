"""Metadata: what people tell of themselves."""

import pytest

from core.client import profiles
from core.client.events import ErrorReceived, ProfileChanged
from core.client.roster import NO_PROFILE, Profile
from tests.core.client.talk import ALL_CAPS, SUPPORT, Talk

CAPS = ALL_CAPS + " draft/metadata-2=maxsub=50"
SUB = "METADATA * SUB display-name avatar color status homepage"
OWN = "METADATA * GET display-name avatar color status homepage"


def online(*members: str, caps: str = CAPS, support: str = SUPPORT) -> Talk:
    talk = Talk(find_conversations=False)
    talk.welcome(caps, support)
    if members:
        talk.enter("#r", *members)
    return talk


def batch(talk: Talk, *lines: str) -> None:
    inside = [f"@batch=m :srv {line}" for line in lines]
    talk.server("BATCH +m metadata bob", *inside, "BATCH -m")


def test_what_is_asked_at_the_start() -> None:
    talk = online()
    assert talk.session.features.profiles
    assert [line for line in talk.greeting if "METADATA" in line] == [SUB, OWN]
    batch(talk, *(f"766 ada ada {key} :Key not set" for key in profiles.FIELDS))
    assert talk.events == [ProfileChanged("ada", "", "", "", "", "", True)]


def test_a_capability_that_comes_later() -> None:
    talk = online(caps=ALL_CAPS)
    assert not talk.session.features.profiles
    assert SUB not in talk.greeting
    talk.server("CAP ada NEW :draft/metadata-2")
    talk.sent()
    talk.server("CAP ada ACK :draft/metadata-2")
    assert talk.sent() == [SUB, OWN]


def test_changes_one_by_one() -> None:
    talk = online("bob")
    talk.server("METADATA bob display-name * :Bob the Builder")
    assert talk.events == [ProfileChanged("bob", "Bob the Builder", "", "", "", "", False)]
    talk.server("METADATA bob Status * :At lunch")
    assert talk.one(ProfileChanged).status == "At lunch"
    known = Profile(display_name="Bob the Builder", status="At lunch")
    assert talk.session.users["bob"].profile == talk.session.profile("BOB") == known
    talk.server("METADATA bob status *")
    assert talk.one(ProfileChanged).status == ""


def test_a_batch_is_told_once() -> None:
    talk = online("bob", "eve")
    batch(
        talk,
        "METADATA bob display-name * :Bob",
        "METADATA eve color * :#aabbcc",
        "METADATA bob homepage * :https://bob.example",
        "METADATA bob pronouns * :he/him",
        "METADATA #r avatar * :https://room.example",
        "METADATA eve avatar",
    )
    bob, eve = talk.events
    assert bob == ProfileChanged("bob", "Bob", "", "", "", "https://bob.example", False)
    assert eve == ProfileChanged("eve", "", "", "", "#aabbcc", "", False)


@pytest.mark.parametrize("color", ["red", "#12345", "#1234567", ""])
def test_only_colours_are_colours(color: str) -> None:
    talk = online("bob")
    assert talk.server(f"METADATA bob color * :{color}") == []


def test_setting_our_own() -> None:
    talk = online()
    talk.session.set_profile("display-name", " Ada\nLovelace ")
    talk.session.set_profile("status", "")
    assert talk.sent() == [
        "METADATA * SET display-name :Ada Lovelace",
        "METADATA * SET status",
    ]
    talk.server("761 ada ada display-name * :Ada Lovelace", "766 ada * status :Key not set")
    changed = talk.of(ProfileChanged)[0]
    assert (changed.display_name, changed.is_self) == ("Ada Lovelace", True)
    talk.server("FAIL METADATA VALUE_INVALID :A value has at most 270 bytes")
    refused = talk.one(ErrorReceived)
    assert (refused.code, refused.command) == ("VALUE_INVALID", "METADATA")


def test_a_key_that_is_gone_already_is_no_error() -> None:
    talk = online("bob")
    talk.server("METADATA ada status * :here")
    talk.server("FAIL METADATA KEY_NOT_SET * status :This key is not set")
    assert talk.one(ProfileChanged).status == ""
    assert talk.server("FAIL METADATA TOO_MANY_SUBS homepage :Enough") == []


def test_asking_about_somebody() -> None:
    talk = online()
    talk.session.request_profile("eve")
    assert talk.sent() == ["METADATA eve GET display-name avatar color status homepage"]
    batch(talk, "761 ada eve display-name * :Eve", "766 ada eve avatar :Key not set")
    assert talk.one(ProfileChanged).display_name == "Eve"
    talk.session.request_profile("eve")
    talk.server("FAIL METADATA INVALID_TARGET eve :There is nobody of this name")
    assert talk.events == [ProfileChanged("eve", "", "", "", "", "", False)]
    assert talk.server("FAIL METADATA INVALID_TARGET eve :Nobody") == []
    assert talk.server("FAIL METADATA INVALID_TARGET :Nobody") == []


def test_where_there_are_no_profiles_nothing_is_asked() -> None:
    talk = online(caps=ALL_CAPS)
    talk.session.request_profile("eve")
    talk.session.set_profile("status", "x")
    assert talk.sent() == []
    talk = online()
    talk.lose()
    talk.session.request_profile("eve")
    talk.connect()
    assert not [line for line in talk.sent() if "METADATA" in line]


def test_a_synchronisation_that_is_put_off() -> None:
    talk = online("bob")
    talk.server("774 ada #r 3 :Later", "774 ada #elsewhere 3 :Later", "774 ada * :Later")
    talk.wait(2.0)
    assert talk.sent() == []
    talk.wait(1.5)
    assert talk.sent() == ["METADATA #r SYNC"]
    talk.server("774 ada ada :Later")
    talk.wait(6.0)
    assert talk.sent() == ["METADATA ada SYNC"]
    talk.server("774 ada #r 1 :Later")
    talk.server("CAP ada DEL :draft/metadata-2")
    talk.wait(2.0)
    assert talk.sent() == []


def test_whoever_has_the_nick_later_is_somebody_else() -> None:
    talk = online("bob")
    talk.server("METADATA bob display-name * :Bob")
    talk.server(":bob!b@h QUIT :bye")
    assert talk.of(ProfileChanged) == []
    talk.server(":bob!x@y JOIN #r")
    assert talk.of(ProfileChanged) == [ProfileChanged("bob", "", "", "", "", "", False)]
    assert talk.session.users["bob"].profile == NO_PROFILE


def test_a_second_room_in_common_changes_nothing() -> None:
    talk = online("bob")
    talk.server("METADATA bob display-name * :Bob")
    talk.enter("#s", "bob", "eve")
    assert talk.session.users["bob"].profile.display_name == "Bob"
    talk.server(":bob!b@h PART #r")
    assert talk.session.users["bob"].profile.display_name == "Bob"


def test_who_is_watched_and_there_is_known() -> None:
    talk = online(support=SUPPORT + " MONITOR=10")
    talk.server(":bob!b@h PRIVMSG ada :hi")
    talk.sent()
    talk.server("730 ada :bob!b@h", "METADATA bob display-name * :Bob")
    talk.enter("#r", "bob")
    assert talk.session.users["bob"].profile.display_name == "Bob"
    talk.server(":bob!b@h QUIT :bye", "731 ada :bob", "730 ada :bob!x@y")
    assert talk.one(ProfileChanged).display_name == ""


def test_a_nick_takes_its_profile_along() -> None:
    talk = online("bob", "eve")
    talk.server("METADATA bob display-name * :Bob")
    talk.server(":bob!b@h NICK rob")
    assert talk.one(ProfileChanged) == ProfileChanged("rob", "Bob", "", "", "", "", False)
    assert talk.session.users["rob"].profile.display_name == "Bob"
    assert talk.session.profile("bob") == NO_PROFILE
    talk.server(":rob!b@h QUIT :bye", ":eve!e@h NICK rob")
    assert talk.one(ProfileChanged) == ProfileChanged("rob", "", "", "", "", "", False)


def test_our_own_profile_stays_ours() -> None:
    talk = online()
    talk.server("METADATA ada status * :here")
    talk.enter("#r")
    assert talk.session.users["ada"].profile.status == "here"


def test_there_is_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profiles, "MOST_PROFILES", 1)
    talk = online("bob", "eve")
    talk.server("METADATA bob status * :here", "METADATA eve status * :there")
    assert talk.one(ProfileChanged).nick == "bob"
    talk.server("METADATA bob status * :away")
    assert talk.one(ProfileChanged).status == "away"


def test_numbers_that_come_along_are_not_shown() -> None:
    talk = online("bob")
    talk.server("770 ada display-name", "771 ada x", "772 ada x", "762 ada :end of metadata")
    assert talk.events == []
    talk.server("760 ada bob status * :at work")
    assert talk.one(ProfileChanged).status == "at work"


def test_with_an_account_we_are_somebody_else() -> None:
    talk = online(caps=CAPS + " draft/read-marker")
    talk.server(":bob!b@h PRIVMSG ada :hi")
    talk.sent()
    talk.server("900 ada ada!a@h lovelace :You are logged in")
    assert talk.sent() == [OWN, "MARKREAD bob"]
