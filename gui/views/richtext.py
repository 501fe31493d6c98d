"""Text of somebody's, with emoji and links, that is only looked at: in dialogs and bars."""

import tkinter
from collections.abc import Callable

from gui.model.text import SpanKind, drawable
from gui.theme import Look
from gui.views.wrap import Sizes, wrap


class RichText(tkinter.Canvas):
    """Broken at its width, as high as it has to be; `role` and `behind` name colours of the
    palette.  A click on a link gives it to `on_link`; without one, links are plain text."""

    def __init__(
        self,
        parent: tkinter.Misc,
        look: Look,
        *,
        style: str = "text",
        role: str = "text",
        behind: str = "side",
        width: int = 200,
        most_lines: int = 0,
    ) -> None:
        super().__init__(parent, highlightthickness=0, borderwidth=0, takefocus=False)
        self._look, self._style, self._role, self._behind = look, style, role, behind
        self._width, self._most = width, most_lines
        self.text = ""
        self.on_link: Callable[[str], None] | None = None
        self.bind("<Configure>", lambda event: self._resized(event.width))
        self._drawn = 0
        look.follow(self, self._restyle)

    def show(self, text: str, role: str = "") -> None:
        """Another text, perhaps in another colour."""
        if (text, role or self._role) != (self.text, self._role):
            self.text, self._role = text, role or self._role
            self._draw(self._drawn or self._look.px(self._width))

    def _restyle(self) -> None:
        background = getattr(self._look.palette, self._behind)
        self.configure(background=background, width=self._look.px(self._width))
        self._draw(self._look.px(self._width))

    def _resized(self, width: int) -> None:
        if width != self._drawn:
            self._draw(width)

    def _draw(self, width: int) -> None:
        look, fonts = self._look, self._look.fonts
        self._drawn = width
        self.delete("all")
        side = fonts.line(self._style)

        def measure(word: str) -> int:
            return fonts.measure(self._style, word)

        lines = wrap(self.text, width, Sizes(measure, measure, side))
        shown = lines[: self._most] if self._most else lines
        step = side + look.px(2)
        for number, line in enumerate(shown):
            cut = number == len(shown) - 1 and len(lines) > len(shown)
            for run in line.runs:
                self._draw_run(run.x, number * step + side // 2, run.kind, run.text, run.link)
            if cut and line.runs:
                end = min(line.runs[-1].x + line.runs[-1].width, width - look.px(12))
                self._draw_run(end, number * step + side // 2, SpanKind.TEXT, "…", "")
        self.configure(height=max(1, len(shown) * step) if self.text else 1)

    def _draw_run(self, x: int, y: int, kind: SpanKind, text: str, link: str) -> None:
        look, palette = self._look, self._look.palette
        behind = getattr(palette, self._behind)
        if kind is SpanKind.EMOJI:
            picture = look.images.emoji(text, look.fonts.line(self._style), behind)
            if picture:
                self.create_image(x, y, image=picture, anchor="w")
                return
            text = "\u25ab"
        live = bool(link) and self.on_link is not None
        item = self.create_text(
            x, y, text=drawable(text), anchor="w", font=look.fonts[self._style],
            fill=palette.link if live else getattr(palette, self._role),
        )  # fmt: skip
        if live and self.on_link is not None:
            command = self.on_link
            self.tag_bind(item, "<Button-1>", lambda _: command(link))
            self.tag_bind(item, "<Enter>", lambda _: self.configure(cursor="hand2"))
            self.tag_bind(item, "<Leave>", lambda _: self.configure(cursor=""))
