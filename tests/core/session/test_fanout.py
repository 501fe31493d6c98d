"""The fan-out where a user has several connections, and where nobody is here."""

from core.session.connection import Connection
from core.state.events import RoomSpoken
from core.state.facts import TAGMSG
from core.state.records import Room, User
from tests.fakes.bench import Bench, Client, codes

LINE = ":ada!~ada@10.0.0.1 PRIVMSG"


def second(bench: Bench, client: Client) -> Client:
    """One more connection of the same user."""
    other = bench.connect()
    user = client.connection.user
    assert user is not None
    other.connection.user = user
    bench.node.present.attach(other.connection, user)
    return other


def test_other_connections_of_the_sender_see_what_it_says() -> None:
    bench = Bench()
    ada, bob = bench.enter("ada", "#a"), bench.enter("bob", "#a")
    phone = second(bench, ada)
    ada.read()
    assert ada.say("PRIVMSG #a :x", "PRIVMSG bob :y", "PRIVMSG ada :z") == [f"{LINE} ada :z"]
    assert phone.read() == [f"{LINE} #a :x", f"{LINE} bob :y", f"{LINE} ada :z"]
    assert bob.read() == [f"{LINE} #a :x", f"{LINE} bob :y"]


def test_all_connections_come_and_go_together() -> None:
    bench = Bench()
    ada = bench.enter("ada")
    phone = second(bench, ada)
    assert codes(ada.say("JOIN #a", "NICK eva", "AWAY :x", "PART #a")) == codes(
        ["- JOIN", "- 353", "- 366", "- NICK", "- 306", "- PART"]
    )
    assert codes(phone.read()) == ["JOIN", "353", "366", "NICK", "PART"]


def room_with(*members: Connection) -> tuple[Room, User]:
    room, ada = Room("#a", "#a", 0), User(1, "ada", "~ada", "10.0.0.1", "A", False, 0)
    for member in members:
        member.user = ada
    ada.rooms = {room: None}
    return room, ada


def test_a_room_without_members_here_costs_nothing() -> None:
    bench = Bench()
    client = bench.connect()
    room, ada = room_with()
    bench.node.rooms_out.add(RoomSpoken(ada, room, 0, "x", "", 1), client.connection)
    bench.node.rooms_out.flush()
    assert client.read() == []


def test_who_takes_no_tags_is_not_missed_where_only_tags_were_sent() -> None:
    bench = Bench()
    client = bench.connect()
    room, ada = room_with(client.connection)
    bench.node.present.attach(client.connection, ada)
    bench.node.rooms_out.add(RoomSpoken(ada, room, TAGMSG, "", "+a", 1), client.connection)
    bench.node.rooms_out.flush()
    assert client.read() == []
