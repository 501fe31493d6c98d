"""What a message consists of on the canvas: quotes, reactions, code, names, states."""

import tkinter

import pytest

from gui.model.marks import Reacted, Redacted
from gui.model.message import Kind, Message
from gui.model.timeline import Timeline
from gui.theme import Look
from gui.views.layout import Layout, What
from gui.views.messagelist import MessageList
from tests.gui.views.conftest import Until, texts

pytestmark = pytest.mark.window

START = 1_700_000_000.0


def said(text: str, **more: object) -> Message:
    fields: dict[str, object] = {"sender": "ada", "text": text, "time": START, **more}
    return Message(**fields)  # type: ignore[arg-type]


@pytest.fixture
def timeline() -> Timeline:
    made = Timeline()
    made.complete = True
    return made


@pytest.fixture
def view(root: tkinter.Tk, look: Look, until: Until, timeline: Timeline) -> MessageList:
    made = MessageList(root, look)
    made.pack(fill="both", expand=True)
    until(lambda: made.winfo_height() > 400)
    made.show("#a", timeline, named=True, divider=0)
    return made


def layout(view: MessageList, number: int = -1) -> Layout:
    view.update_idletasks()
    return view.visible[number].layout


def add(view: MessageList, message: Message) -> Layout:
    view.apply([view.timeline.add(message)])
    return layout(view)


def test_a_quote_names_who_and_what(view: MessageList) -> None:
    add(view, said("the first\nof all 👋", msgid="m1"))
    answer = add(view, said("yes", sender="bob", reply_to="m1"))
    quoted = answer.context.quoted
    assert quoted is not None
    assert (quoted.sender, quoted.text) == ("ada", "the first of all 👋")
    assert answer.quote is not None
    assert {"ada", "the first of all "} <= set(texts(view, f"m{answer.message.uid}"))
    assert [one.what for one in answer.targets if one.value == "m1"] == [What.QUOTE]
    view.apply(view.timeline.mark(Redacted("m1", "ada")))
    assert layout(view).context.quoted == quoted._replace(text="Message deleted")
    mine = add(view, said("no", own=True, reply_to="m1"))
    assert mine.quote is not None
    assert mine.quote[3] < mine.text_at[1]


def test_a_quote_of_what_is_not_loaded(view: MessageList) -> None:
    answer = add(view, said("yes", reply_to="gone"))
    assert {"Original message", "Click to show it"} <= set(texts(view))
    view.apply([view.timeline.add_older([said("found it", msgid="gone")])])
    assert layout(view).context.quoted != answer.context.quoted
    assert "found it" in texts(view)


def test_reactions_have_chips_in_as_many_lines_as_they_need(
    view: MessageList, timeline: Timeline
) -> None:
    plain = add(view, said("hello", msgid="m1"))
    view.apply(timeline.mark(Reacted("m1", "bob", "👍")))
    view.apply(timeline.mark(Reacted("m1", "me", "👍", own=True)))
    view.apply(timeline.mark(Reacted("m1", "bob", "so true")))
    with_chips = layout(view)
    assert with_chips.height > plain.height
    assert [chip.reaction.people for chip in with_chips.chips] == [2, 1]
    assert {"2", "so true"} <= set(texts(view))
    for chip in with_chips.chips:
        assert with_chips.box[0] < chip.box[0] < chip.box[2] < with_chips.box[2]
    for number in range(20):
        view.apply(timeline.mark(Reacted("m1", "eve", f"word{number}")))
    many = layout(view)
    assert len({chip.box[1] for chip in many.chips}) > 1
    assert max(chip.box[3] for chip in many.chips) <= many.box[3]
    view.apply(timeline.mark(Redacted("m1", "ada")))
    assert layout(view).chips == ()


def test_a_deleted_message_is_one_muted_line(view: MessageList, timeline: Timeline) -> None:
    add(view, said("a secret\nin two lines", msgid="m1", reply_to="m0"))
    view.apply(timeline.mark(Redacted("m1", "op")))
    found = layout(view)
    assert (found.text, found.style, found.quote) == ("Deleted by op", "italic", None)
    assert "a secret" not in " ".join(texts(view))


def test_an_action_is_italic(view: MessageList) -> None:
    found = add(view, said("waves", kind=Kind.ACTION))
    assert (found.text, found.style) == ("ada waves", "italic")


def test_code_is_drawn_in_a_fixed_font_without_its_marks(view: MessageList, look: Look) -> None:
    found = add(view, said("run `ls -l`:\n```\nif x:\n    y\n```"))
    tag = f"m{found.message.uid}"
    assert {"run ", "ls -l", ":", "if x:", "    y"} <= set(texts(view, tag))
    call, path = view.tk.call, str(view)
    fonts = {
        str(call(path, "itemcget", item, "-text")): str(call(path, "itemcget", item, "-font"))
        for item in view.find_withtag(tag) if str(call(path, "type", item)) == "text"
    }  # fmt: skip
    assert fonts["ls -l"] == fonts["if x:"] == look.fonts["code"].name
    assert fonts["run "] == look.fonts["text"].name
    assert look.fonts["code"].measure("iiii") == look.fonts["code"].measure("MMMM")
    gaps = [after - before for before, after in zip(found.tops, found.tops[1:], strict=False)]
    assert gaps[0] > gaps[1] == found.pitch


def test_copying_keeps_the_marks(view: MessageList, until: Until) -> None:
    text = "run `ls -l`:\n```\nif x:\n    y\n```\nthen"
    add(view, said(text))
    view.focus_force()
    view.event_generate("<Control-a>")
    assert view.selection.text(view.timeline.messages) == text
    view.event_generate("<Control-c>")
    until(lambda: view.clipboard_get() == text)


def test_a_few_emoji_alone_are_large(view: MessageList) -> None:
    small = add(view, said("👋 hi"))
    large = add(view, said("👋🎉"))
    assert large.side > small.side
    assert large.pitch > small.pitch


def test_what_was_searched_for_stands_out(view: MessageList, look: Look) -> None:
    one = add(view, said("The theory"))
    other = add(view, said("the end")).message.uid
    view.set_highlight("the", other)
    view.update_idletasks()

    def filled(uid: int, colour: str) -> int:
        items = view.find_withtag(f"m{uid}")
        call, path = view.tk.call, str(view)
        return sum(
            str(call(path, "type", item)) == "rectangle"
            and str(call(path, "itemcget", item, "-fill")) == colour
            for item in items
        )

    assert filled(one.message.uid, look.palette.found) == 2
    assert filled(other, look.palette.found_now) == 1
    view.set_highlight("")
    view.update_idletasks()
    assert filled(one.message.uid, look.palette.found) == 0


def test_a_chosen_name_stands_beside_the_nick(view: MessageList) -> None:
    view.viewport.face = lambda nick: ("Ada Lovelace", "#336699") if nick == "ada" else ("", "")
    found = add(view, said("hello"))
    assert {"Ada Lovelace", "ada", "AL"} <= set(texts(view, f"m{found.message.uid}"))
    people = [one for one in found.targets if one.what is What.PERSON]
    assert [one.value for one in people] == ["ada", "ada"]


def test_what_calls_us_has_a_bar(view: MessageList, look: Look) -> None:
    found = add(view, said("me: look", mention=True))
    items = view.find_withtag(f"m{found.message.uid}")
    call, path = view.tk.call, str(view)
    fills = {
        str(call(path, "itemcget", item, "-fill"))
        for item in items if str(call(path, "type", item)) == "rectangle"
    }  # fmt: skip
    assert {look.palette.mention, look.palette.mention_bar} <= fills


def test_a_name_longer_than_the_list_is_wide(view: MessageList) -> None:
    view.viewport.face = lambda nick: ("x" * 300, "")
    found = add(view, said("hello", sender="y" * 200))
    assert found.box[2] < view.winfo_width()


def test_the_day_is_shown_while_one_scrolls(view: MessageList, until: Until) -> None:
    view.timeline.add_older([said(f"message {number}") for number in range(100)])
    view.viewport.guess_again()
    view.render()
    view.scroll(-300)
    assert "Tuesday, 14 November 2023" in texts(view, "over")
    until(lambda: "Tuesday, 14 November 2023" not in texts(view, "over"))
