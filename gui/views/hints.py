"""The popup over the field while a command, an emoji or a name is typed, and its keys.

It never takes the focus: the field goes on getting the keys, and asks here first.
"""

import tkinter
from collections.abc import Callable, Sequence
from typing import Final

from gui.model.names import colour_index, initials
from gui.model.text import drawable
from gui.model.writing import Hint, Hints
from gui.theme import Look
from gui.views.emojitext import EmojiText
from gui.views.inline import draw_line, draw_rounded

_ROW, _WIDTH, _PAD = 36, 440, 6  # pixels at scale 1
_MOST: Final = 8  # lines at a time; the others come by scrolling
_LISTED: Final = 50
_NOTHING: Final = Hints()


class HintPopup(tkinter.Canvas):
    """Lines over the upper edge of `beside`; `on_choose` gets the number of a clicked one."""

    def __init__(self, parent: tkinter.Misc, look: Look, beside: tkinter.Misc) -> None:
        super().__init__(
            parent, highlightthickness=0, borderwidth=0, takefocus=False, cursor="hand2"
        )
        self.look, self._beside = look, beside
        self.on_choose: Callable[[int], None] = lambda number: None
        self.hints, self.chosen = _NOTHING, -1
        self.shown = False
        self._first = 0  # the number of the uppermost line
        self.bind("<Button-1>", self._clicked)
        self.bind("<Motion>", self._moved)
        self.bind("<Button-4>", lambda _: self._scroll(-1))
        self.bind("<Button-5>", lambda _: self._scroll(1))
        self.bind("<MouseWheel>", lambda event: self._scroll(-1 if event.delta > 0 else 1))
        look.follow(self, self._redraw)

    def show(self, hints: Hints, chosen: int) -> None:
        """Show these, with one of them lit (-1: none)."""
        self.hints, self.chosen = hints, chosen
        if not hints.rows and not hints.usage:
            self.hide()
            return
        px = self.look.px
        lines = max(1, min(_MOST, len(hints.rows)))
        self._first = max(min(self._first, chosen), chosen - _MOST + 1, 0) if chosen >= 0 else 0
        height = lines * px(_ROW) + 2 * px(_PAD)
        width = min(px(_WIDTH), max(px(200), self._beside.winfo_width() - px(28)))
        self.configure(width=width, height=height)
        self.place(in_=self._beside, x=px(14), y=-px(6), anchor="sw", bordermode="outside")
        tkinter.Misc.lift(self)
        self.shown = True
        self._redraw()

    def hide(self) -> None:
        """Not any more."""
        if self.shown:
            self.place_forget()
            self.shown = False

    # --- drawing ------------------------------------------------------------------------

    def _redraw(self) -> None:
        self.delete("all")
        look, px, palette = self.look, self.look.px, self.look.palette
        self.configure(background=palette.chat)
        if not self.shown:
            return
        width, height = int(self["width"]), int(self["height"])
        for grow, fill, behind in (
            (0, palette.edge, palette.chat),
            (1, palette.side, palette.edge),
        ):
            box = (grow, grow, width - grow, height - grow)
            draw_rounded(self, look, box, radius=px(12) - grow, fill=fill, behind=behind)
        if not self.hints.rows:
            self._draw_usage(width, height // 2)
        for line, hint in enumerate(self.hints.rows[self._first : self._first + _MOST]):
            self._draw_row(line, hint, width)
        self._draw_thumb(width, height)

    def _draw_thumb(self, width: int, height: int) -> None:
        count, px = len(self.hints.rows), self.look.px
        if count <= _MOST:
            return
        room, top = height - px(20), px(10) + (height - px(20)) * self._first // count
        self.create_rectangle(
            width - px(5), top, width - px(2), top + room * _MOST // count,
            fill=self.look.palette.thumb, width=0,
        )  # fmt: skip

    def _draw_usage(self, width: int, middle: int) -> None:
        look, px = self.look, self.look.px
        x = px(16)
        draw_line(
            self, look, self.hints.usage, at=(x, middle), width=width - 2 * x, style="bold",
            colour=look.palette.text, background=look.palette.side,
        )  # fmt: skip
        used = x + look.fonts.measure("bold", drawable(self.hints.usage)) + px(12)
        draw_line(
            self, look, self.hints.about, at=(used, middle), width=max(0, width - used - x),
            style="small", colour=look.palette.muted, background=look.palette.side,
        )  # fmt: skip

    def _draw_row(self, line: int, hint: Hint, width: int) -> None:
        look, px, palette = self.look, self.look.px, self.look.palette
        top = px(_PAD) + line * px(_ROW)
        middle, background = top + px(_ROW) // 2, palette.side
        colour, muted = palette.text, palette.muted
        if self._first + line == self.chosen:
            background, colour, muted = (
                palette.selected,
                palette.on_selected,
                palette.selected_muted,
            )
            box = (px(5), top, width - px(5), top + px(_ROW))
            draw_rounded(self, look, box, radius=px(8), fill=background, behind=palette.side)
        x = px(16)
        if hint.emoji:
            picture = look.images.emoji(hint.emoji, px(22), background)
            self.create_image(x, middle, image=picture, anchor="w")
            x += px(34)
        elif hint.person:
            self._draw_avatar(hint.person, x, middle, background)
            x += px(36)
        room = width - px(16) - x
        draw_line(
            self, look, hint.label, at=(x, middle), width=room, style="text", colour=colour,
            background=background,
        )  # fmt: skip
        used = look.fonts.measure("text", drawable(hint.label)) + px(12)
        if hint.about and room - used > px(40):
            draw_line(
                self, look, hint.about, at=(x + used, middle), width=room - used, style="small",
                colour=muted, background=background,
            )  # fmt: skip

    def _draw_avatar(self, name: str, x: int, middle: int, background: str) -> None:
        look, side = self.look, self.look.px(26)
        palette = look.palette
        colour = palette.avatars[colour_index(name.lower(), len(palette.avatars))]
        picture = look.images.avatar(side, colour, background)
        self.create_image(x, middle, image=picture, anchor="w")
        self.create_text(
            x + side // 2, middle, text=initials(name), font=look.fonts["initials_tiny"],
            fill="#ffffff",
        )  # fmt: skip

    # --- the pointer --------------------------------------------------------------------

    def _number_at(self, y: int) -> int:
        number = (y - self.look.px(_PAD)) // self.look.px(_ROW) + self._first
        return number if 0 <= number < len(self.hints.rows) else -1

    def _scroll(self, lines: int) -> None:
        most = max(0, len(self.hints.rows) - _MOST)
        self._first = max(0, min(self._first + lines, most))
        self._redraw()

    def _clicked(self, event: "tkinter.Event[tkinter.Misc]") -> str:
        number = self._number_at(event.y)
        if number >= 0:
            self.on_choose(number)
        return "break"

    def _moved(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        number = self._number_at(event.y)
        if number not in (-1, self.chosen):
            self.chosen = number
            self._redraw()


class Completion:
    """Completes words in a field: asks what could be meant (`ask` gets the text before the
    cursor), shows it, and takes what is chosen.  `cycle` answers what Tab goes through."""

    def __init__(self, text: EmojiText, popup: HintPopup) -> None:
        self._text, self._popup = text, popup
        self.ask: Callable[[str], Hints] = lambda before: _NOTHING
        self.cycle: Callable[[str], Sequence[str]] = lambda start: ()
        self._dismissed = False  # by Escape, until another word begins
        self._going_round: tuple[list[str], int] | None = None
        self._busy = False
        popup.on_choose = self._take

    def refresh(self, inserted: str = "") -> None:
        """The text or the cursor's place has changed; `inserted` was put in by that."""
        if self._busy:
            return
        self._going_round = None
        hints = self.ask(self._before())
        if hints.replace:
            if inserted == ":" and self._text.mark_word(hints.word):
                self._put(hints.replace)
            self._popup.hide()
            return
        if not hints.rows and not hints.usage:
            self._dismissed = False
        if self._dismissed:
            self._popup.hide()
        elif hints != self._popup.hints or not self._popup.shown:
            self._popup.show(hints, hints.chosen)

    def _before(self) -> str:
        before = self._text.before_cursor()
        return before if self._text.in_first_line() else f"\n{before}"

    def hide(self) -> None:
        """The field is left."""
        self._popup.hide()
        self._going_round = None

    def key(self, name: str) -> bool:
        """A key was pressed in the field ('Up', 'Down', 'Return', 'Tab', 'Escape'); True if it
        was meant for the popup."""
        rows = self._popup.hints.rows if self._popup.shown else ()
        if name == "Escape" and self._popup.shown:
            self._dismissed = True
            self.hide()
            return True
        if self._going_round is not None and name != "Tab":
            self.hide()
            return False
        if name in ("Up", "Down") and rows:
            step = 1 if name == "Down" else -1
            at = self._popup.chosen
            chosen = (at + step) % len(rows) if at >= 0 else (0 if step > 0 else len(rows) - 1)
            self._popup.show(self._popup.hints, chosen)
            return True
        if name == "Return" and rows and self._popup.chosen >= 0:
            self._take(self._popup.chosen)
            return True
        if name == "Tab":
            return self._tab(bool(rows))
        return False

    def _tab(self, open_: bool) -> bool:
        if self._going_round is not None:
            return self._go_round()
        if open_:
            self._take(max(0, self._popup.chosen))
            return True
        line = self._text.before_cursor()
        word = line.rsplit(" ", 1)[-1]
        found = list(self.cycle(word)) if word else []
        if not found or not self._text.mark_word(word):
            return bool(word)
        person = word == line and self._text.in_first_line() and word[0] not in "/#&"
        suffix = ": " if person else " "
        self._going_round = ([one + suffix for one in found], -1)
        if len(found) > 1:
            rows = tuple(Hint(one, one, person=one) for one in found[:_LISTED])
            self._popup.show(Hints(word, rows), 0)
        return self._go_round()

    def _go_round(self) -> bool:
        """The next of the words that fit."""
        if self._going_round is None:
            return False
        found, at = self._going_round
        at = (at + 1) % len(found)
        self._put(found[at])
        self._going_round = (found, at)
        if self._popup.shown:
            rows = self._popup.hints.rows
            self._popup.show(self._popup.hints, at if at < len(rows) else -1)
        return True

    def _take(self, number: int) -> None:
        hints = self._popup.hints
        if self._going_round is not None:
            found, _ = self._going_round
            self._put(found[number])
            self.hide()
        elif self._text.mark_word(hints.word):
            self._put(hints.rows[number].insert)
            self.refresh()

    def _put(self, text: str) -> None:
        self._busy = True
        try:
            self._text.replace_marked(text)
        finally:
            self._busy = False
