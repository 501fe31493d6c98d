"""What is unread, what the list says, which conversation comes first."""

from gui.model.chat import Chat
from gui.model.conversation import Conversation, Place
from gui.model.message import Kind, Message


def room() -> Conversation:
    return Conversation("#room", "#Room", Place.ROOM)


def said(text: str, *, own: bool = False, kind: Kind = Kind.TEXT, time: float = 1.0) -> Message:
    return Message(sender="me" if own else "ada", text=text, time=time, own=own, kind=kind)


def test_unread_counts_and_the_divider_stays_at_the_first() -> None:
    one, first = room(), said("a")
    one.receive(first, seen=False, mention=False)
    one.receive(said("b"), seen=False, mention=True)
    assert (one.unread, one.mentions, one.divider) == (2, 1, first.uid)
    assert one.look()
    assert not one.look()
    assert (one.unread, one.mentions, one.divider) == (0, 0, first.uid)


def test_our_own_message_means_that_all_was_read() -> None:
    one = room()
    one.receive(said("a"), seen=False, mention=False)
    one.receive(said("b", own=True), seen=False, mention=False)
    assert (one.unread, one.divider) == (0, 0)


def test_seen_messages_and_notes_are_not_unread() -> None:
    one = room()
    one.receive(said("a"), seen=True, mention=False)
    one.note("ada joined", 2.0)
    assert (one.unread, one.activity) == (0, 1.0)


def test_previews() -> None:
    one, private = room(), Conversation("ada", "ada", Place.PRIVATE)
    assert (one.preview(), private.preview()) == ("", "")
    one.topic = "about"
    assert one.preview() == "about"
    for conversation in (one, private):
        conversation.receive(said("hello\n  you"), seen=True, mention=False)
    one.note("a note", 1.0)
    assert (one.preview(), private.preview()) == ("ada: hello you", "hello you")
    one.receive(said("waves", kind=Kind.ACTION), seen=True, mention=False)
    assert one.preview() == "ada waves"
    one.receive(said("hm", own=True), seen=True, mention=False)
    assert one.preview() == "You: hm"


def test_typing() -> None:
    one = room()
    assert one.set_typing("ada", True)
    assert not one.set_typing("ada", True)
    assert one.set_typing("ada", False)
    assert not one.set_typing("ada", False)


def test_order_and_search() -> None:
    chat = Chat()
    for key, activity in (("#a", 1.0), ("#beta", 3.0), ("bob", 2.0)):
        place = Place.ROOM if key.startswith("#") else Place.PRIVATE
        chat.ensure(key, key, place).activity = activity
    chat.ensure("*", "Server", Place.SERVER).activity = 9.0
    assert [one.key for one in chat.ordered()] == ["#beta", "bob", "#a", "*"]
    assert [one.key for one in chat.matching("B")] == ["#beta", "bob"]
    chat.get("#beta").unread = 3  # type: ignore[union-attr]
    chat.get("bob").unread = 2  # type: ignore[union-attr]
    chat.get("bob").muted = True  # type: ignore[union-attr]
    assert chat.unread() == 3


def test_removing_and_renaming() -> None:
    chat = Chat()
    for key in ("a", "b", "c"):
        chat.ensure(key, key, Place.PRIVATE)
    chat.current = "b"
    assert chat.remove("x") is None
    assert chat.remove("a") is None
    neighbour = chat.remove("b")
    assert neighbour is not None
    assert (neighbour.key, chat.current) == ("c", "")
    chat.current = "c"
    chat.rename("c", "d", "D")
    chat.rename("nobody", "x", "X")
    assert (chat.current, chat.open and chat.open.name) == ("d", "D")
    assert chat.remove("d") is None
    assert chat.open is None


def test_presence() -> None:
    chat = Chat()
    here = chat.ensure("#a", "#a", Place.ROOM)
    here.roster.add("ada")
    assert (chat.presence("Ada"), chat.presence("bob")) == ("online", "")
    here.roster.away("ada", True)
    assert chat.presence("ada") == "away"
    assert chat.rooms_with("ADA") == [here]


def test_what_was_read_elsewhere_is_not_unread_here() -> None:
    one = room()
    for number in range(1, 5):
        one.receive(said(f"me {number}", time=float(number)), seen=False, mention=False)
    one.note("ada joined", 9.0)
    assert one.read(2.0, "me")
    assert (one.unread, one.mentions) == (2, 2)
    assert not one.read(1.0, "me")
    one.receive(said("mine", own=True, time=5.0), seen=False, mention=False)
    one.receive(said("after it", time=6.0), seen=False, mention=False)
    assert not one.read(5.5, "me")
    assert (one.unread, one.newest()) == (1, 6.0)
