"""The emoji to choose from: a panel over the window, with search, categories and skin tones.

It is used where messages are typed and for reactions.  The keyboard alone is enough: typing
searches, arrows move, Return picks, Tab goes to the next category, Escape closes.
"""

import contextlib
import tkinter
from collections.abc import Callable
from functools import partial
from typing import Final, Literal

from PIL import ImageDraw

from gui.model.emoji_list import CATEGORIES, TONES, toned
from gui.model.emoji_names import find, name_of, title_of
from gui.model.preferences import Preferences
from gui.theme import Look
from gui.views.controls import SearchEntry
from gui.views.emojigrid import EmojiGrid, Section
from gui.views.icons import rgba
from gui.views.images import paint

Anchor = tkinter.Misc | tuple[int, int]
_HEIGHT: Final = 392  # pixels at scale 1
_HAND: Final = "✋"
_CORNERS: Final[tuple[Literal["nw", "ne", "sw", "se"], ...]] = ("nw", "ne", "sw", "se")


class EmojiPicker(tkinter.Frame):
    """Lies over the window of `anchor` (a widget, or a place of the screen) until an emoji is
    picked or something else is clicked; at most one is open.

    `on_pick` gets the emoji; `preferences` has the recent ones and the skin tone.
    """

    _open: "EmojiPicker | None" = None

    @classmethod
    def current(cls) -> "EmojiPicker | None":
        """The one that is open."""
        return cls._open

    @classmethod
    def dismiss(cls) -> bool:
        """Close the one that is open; False if none is."""
        if cls._open is None:
            return False
        cls._open.close()
        return True

    def __init__(
        self,
        look: Look,
        on_pick: Callable[[str], object],
        anchor: Anchor,
        preferences: Preferences | None = None,
    ) -> None:
        if EmojiPicker._open is not None:
            EmojiPicker._open.close()
        EmojiPicker._open = self
        self._host = look.root if isinstance(anchor, tuple) else anchor.winfo_toplevel()
        super().__init__(self._host, borderwidth=0)
        self.look, self._on_pick, self._anchor = look, on_pick, anchor
        self._preferences = preferences or Preferences()
        self._before = self._host.focus_get()
        self._inside = tkinter.Frame(self, borderwidth=0)
        self._tabs = tkinter.Canvas(self._inside, highlightthickness=0, borderwidth=0)
        self.search = SearchEntry(self._inside, look, "Search emoji", self._searched)
        self.grid_view = EmojiGrid(self._inside, look)
        self._foot = tkinter.Canvas(self._inside, highlightthickness=0, borderwidth=0)
        self._corners = {which: tkinter.Label(self, borderwidth=0) for which in _CORNERS}
        self._shown: tuple[int, str] = (0, "")  # the section above, the emoji pointed at
        self._names: list[str] = []
        self._clicks = self._heard = self._listening = ""
        self._bind_keys()
        look.follow(self, self._restyle)
        self._fill()
        self._place()
        self.search.entry.focus_set()

    def _bind_keys(self) -> None:
        entry, grid = self.search.entry, self.grid_view
        grid.on_pick, grid.on_point, grid.on_scroll = self._pick, self._point, self._scrolled
        moves = {"Left": (-1, 0), "Right": (1, 0), "Up": (0, -1), "Down": (0, 1)}
        for key, (across, down) in moves.items():
            entry.bind(f"<{key}>", partial(self._step, across, down))
        entry.bind("<Prior>", partial(self._step, 0, -6))
        entry.bind("<Next>", partial(self._step, 0, 6))
        entry.bind("<Return>", lambda _: self._pick_selected())
        entry.bind("<Escape>", lambda _: self._escape())
        entry.bind("<Tab>", lambda _: self._next_category(1))
        for key in ("<Shift-Tab>", "<ISO_Left_Tab>"):
            try:
                entry.bind(key, lambda _: self._next_category(-1))
            except tkinter.TclError:  # a key that this keyboard does not know
                continue
        self._tabs.bind("<Button-1>", self._tab_clicked)
        self._foot.bind("<Button-1>", self._foot_clicked)
        self._listening = self.after(1, self._listen)  # not to the click that opened this

    def _listen(self) -> None:
        """Hear of clicks anywhere in the window; its bindings are put back at the end."""
        self._listening = ""
        self._clicks = str(self.tk.call("bind", str(self._host), "<Button-1>"))
        self._heard = self._host.bind("<Button-1>", self._outside, add=True)

    # --- what is shown ------------------------------------------------------------------

    def _fill(self) -> None:
        tone = self._preferences.skin_tone
        sections = [Section("Recently used", self._preferences.recent_emoji)]
        sections += [
            Section(one.name, [toned(emoji, tone) for emoji in one.emoji]) for one in CATEGORIES
        ]
        self._names = [section.name for section in sections if section.emoji]
        self.grid_view.show(sections)
        self._redraw_tabs()

    def _searched(self, text: str) -> None:
        if not text.strip():
            self._fill()
            return
        tone = self._preferences.skin_tone
        found = [toned(emoji, tone) for emoji in find(text)]
        self.grid_view.show([Section("Found", found)])
        if found:
            self.grid_view.select(0)
        else:
            self.grid_view.say("Nothing has this name")
            self._point("")
        self._redraw_tabs()

    def _scrolled(self, section: int) -> None:
        if section != self._shown[0]:
            self._shown = (section, self._shown[1])
            self._redraw_tabs()

    def _point(self, emoji: str) -> None:
        if emoji != self._shown[1]:
            self._shown = (self._shown[0], emoji)
            self._redraw_foot()

    # --- keys and clicks ----------------------------------------------------------------

    def _step(self, across: int, down: int, _: object) -> str:
        self.grid_view.step(across, down)
        return "break"

    def _next_category(self, steps: int) -> str:
        if self.search.value:
            self.search.clear()
        count = len(self._names)
        self._go((self._shown[0] + steps) % count if count else 0)
        return "break"

    def _go(self, section: int) -> None:
        self.grid_view.go_to(section)
        self._shown = (section, self._shown[1])
        self._redraw_tabs()

    def _escape(self) -> str:
        if self.search.value:
            self.search.clear()
        else:
            self.close()
        return "break"

    def _pick_selected(self) -> str:
        if self.grid_view.chosen:
            self._pick(self.grid_view.chosen)
        return "break"

    def _pick(self, emoji: str) -> None:
        self._preferences.used_emoji(emoji)
        self.close()
        self._on_pick(emoji)

    def _outside(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        if not str(event.widget).startswith(str(self)):
            self.close()

    def _tab_clicked(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        if self.search.value:
            self.search.clear()
        width = self.grid_view.wanted_width // max(1, len(self._names))
        self._go(min(event.x // width, len(self._names) - 1))
        self.search.entry.focus_set()

    def _foot_clicked(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        """The hand at the right: the next skin tone."""
        if event.x < self._foot.winfo_width() - self.look.px(52):
            return
        self._preferences.skin_tone = (self._preferences.skin_tone + 1) % len(TONES)
        section, text = self._shown[0], self.search.value
        if text:
            self._searched(text)
        else:
            self._fill()
            self._go(section)
        self._redraw_foot()

    def close(self) -> None:
        """Go away, and give the focus back."""
        if EmojiPicker._open is self:
            EmojiPicker._open = None
        if not self.winfo_exists():
            return
        focus_was_here = str(self.focus_get() or "").startswith(str(self))
        self.destroy()
        if focus_was_here and self._before is not None and self._before.winfo_exists():
            self._before.focus_set()

    def destroy(self) -> None:
        """Put the window's bindings back."""
        if EmojiPicker._open is self:
            EmojiPicker._open = None
        if self._listening:
            self.after_cancel(self._listening)
        if self._heard:
            with contextlib.suppress(tkinter.TclError):  # the window may be gone
                self.tk.call("bind", str(self._host), "<Button-1>", self._clicks)
                self._host.deletecommand(self._heard)
        super().destroy()

    # --- looks --------------------------------------------------------------------------

    def _place(self) -> None:
        """Above the anchor if there is room, inside the window in any case."""
        self.update_idletasks()
        px, host = self.look.px, self._host
        width = self.grid_view.wanted_width + 2
        room = host.winfo_height() - px(16)
        height = min(px(_HEIGHT), max(px(200), room))
        if isinstance(self._anchor, tuple):
            right, top = self._anchor[0] + width // 2, self._anchor[1]
        else:
            right = self._anchor.winfo_rootx() + self._anchor.winfo_width()
            top = self._anchor.winfo_rooty() - px(8)
        x = right - width - host.winfo_rootx()
        y = top - height - host.winfo_rooty()
        x = max(px(8), min(x, host.winfo_width() - width - px(8)))
        y = max(px(8), min(y, host.winfo_height() - height - px(8)))
        self.place(x=x, y=y, width=width, height=height)
        tkinter.Misc.lift(self)

    def _redraw_tabs(self) -> None:
        look, px, canvas = self.look, self.look.px, self._tabs
        canvas.delete("all")
        names, height = self._names, px(40)
        if not names:
            return
        signs = {one.name: one.sign for one in CATEGORIES}
        width = self.grid_view.wanted_width // len(names)
        for at, name in enumerate(names):
            middle = at * width + width // 2
            if name in signs:
                picture = look.images.emoji(signs[name], px(20), look.palette.side)
            else:
                picture = look.images.icon("clock", px(20), look.palette.muted, look.palette.side)
            canvas.create_image(middle, height // 2, image=picture)
            if at == self._shown[0] and not self.search.value:
                canvas.create_rectangle(
                    middle - px(14), height - px(3), middle + px(14), height,
                    fill=look.palette.accent, width=0,
                )  # fmt: skip

    def _redraw_foot(self) -> None:
        look, px, canvas, palette = self.look, self.look.px, self._foot, self.look.palette
        canvas.delete("all")
        middle, width = px(22), self.grid_view.wanted_width
        emoji = self._shown[1]
        if emoji:
            plain = emoji.translate({ord(tone): None for tone in TONES[1:]})
            picture = look.images.emoji(emoji, px(26), palette.side)
            canvas.create_image(px(14), middle, image=picture, anchor="w")
            names = [(title_of(plain) or title_of(plain + "\ufe0f"), "bold", palette.text)]
            if code := name_of(plain) or name_of(plain + "\ufe0f"):
                names.append((f":{code}:", "small", palette.muted))
            x = px(50)
            for text, style, colour in names:
                shown = look.fonts.shorten(style, text, max(0, width - px(60) - x))
                canvas.create_text(
                    x, middle, text=shown, anchor="w", font=look.fonts[style], fill=colour
                )
                x += look.fonts[style].measure(shown) + px(8)
        hand = look.images.emoji(toned(_HAND, self._preferences.skin_tone), px(20), palette.side)
        canvas.create_image(width - px(24), middle, image=hand)

    def _corner(self, which: str) -> str:
        """A round corner, with what is usually behind it: the messages' ground, and below, over a
        button, that of the composer."""
        palette, radius = self.look.palette, self.look.px(12)
        below = "s" in which and not isinstance(self._anchor, tuple)
        behind = palette.side if below else palette.chat

        def painter(draw: ImageDraw.ImageDraw, over: int) -> None:
            side = radius * over
            x, y = (-side if "e" in which else 0), (-side if "s" in which else 0)
            for inset, colour in ((0, palette.edge), (over, palette.side)):
                box = (x + inset, y + inset, x + 2 * side - 1 - inset, y + 2 * side - 1 - inset)
                draw.ellipse(box, fill=rgba(colour))

        key = ("panel corner", which, radius, behind)
        return self.look.images.keep(key, lambda: paint(radius, radius, behind, painter))

    def _restyle(self) -> None:
        palette, px = self.look.palette, self.look.px
        self.configure(background=palette.edge, padx=1, pady=1)
        self._inside.configure(background=palette.side)
        self._tabs.configure(background=palette.side, height=px(40), width=px(60))
        self._foot.configure(background=palette.side, height=px(44), width=px(60), cursor="hand2")
        for which, corner in self._corners.items():
            corner.configure(image=self._corner(which))
            corner.place(bordermode="outside", relx="e" in which, rely="s" in which, anchor=which)
        self._inside.pack(fill="both", expand=True)
        self._tabs.pack(fill="x")
        self.search.pack(fill="x", padx=px(10), pady=(px(8), px(4)))
        self._foot.pack(side="bottom", fill="x")
        self.grid_view.pack(fill="both", expand=True)
        self._redraw_tabs()
        self._redraw_foot()
