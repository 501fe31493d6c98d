"""A message's text on the canvas: its runs, code, what is selected and what was searched for."""

import tkinter
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from gui.model.text import Face, SpanKind, drawable
from gui.theme import Look
from gui.views.inline import draw_rounded
from gui.views.layout import Layout
from gui.views.wrap import Line, Run, Sizes, x_of


class Inks(NamedTuple):
    """The colours of a text, by what it stands on."""

    text: str
    link: str
    behind: str
    code: str
    selected: str


class Lines:
    """Draws the text of one row at a time; `y` is the row's upper edge."""

    def __init__(self, look: Look) -> None:
        self.look = look

    def sizes(self, layout: Layout) -> Sizes:
        """What measures parts of runs, where nothing is worth keeping."""
        fonts = self.look.fonts
        return Sizes(fonts[layout.style].measure, fonts["code"].measure, layout.side)

    def draw_text(
        self,
        canvas: tkinter.Canvas,
        layout: Layout,
        y: int,
        tag: str,
        inks: Inks,
        *,
        solid: bool,
    ) -> None:
        """The runs; `solid`: nothing is between them and their ground (pictures that Tk need not
        blend are drawn much faster)."""
        look, (x, top) = self.look, layout.text_at
        fonts = dict.fromkeys(Face, look.fonts["code"])
        fonts[Face.PROSE] = look.fonts[layout.style]
        for line, line_top in zip(layout.lines, layout.tops, strict=True):
            middle = y + top + line_top + layout.pitch // 2
            for run in line.runs:
                if run.kind is SpanKind.EMOJI:
                    behind = inks.behind if run.face is Face.PROSE else inks.code
                    side = layout.side - look.px(1)
                    if picture := look.images.emoji(run.text, side, behind if solid else ""):
                        canvas.create_image(x + run.x, middle, image=picture, anchor="w", tags=tag)
                        continue
                canvas.create_text(
                    x + run.x, middle, text=drawable(run.text), anchor="w", font=fonts[run.face],
                    fill=inks.link if run.link else inks.text, tags=tag,
                )  # fmt: skip

    def draw_code(
        self, canvas: tkinter.Canvas, layout: Layout, y: int, tag: str, inks: Inks
    ) -> None:
        """The ground of code: boxes behind words, panels behind blocks."""
        if "`" not in layout.text:
            return
        px, (x, top) = self.look.px, layout.text_at
        for number, line in enumerate(layout.lines):
            upper = y + top + layout.tops[number]
            for face, runs in groupby(line.runs, lambda run: run.face):
                if face is Face.CODE:
                    left, right = _extent(list(runs))
                    canvas.create_rectangle(
                        x + left - px(2), upper + px(1), x + right + px(2),
                        upper + layout.pitch - px(1), fill=inks.code, width=0, tags=tag,
                    )  # fmt: skip
        for block, group in groupby(enumerate(layout.lines), lambda one: one[1].block):
            if block:
                numbers = [number for number, _ in group]
                upper = y + top + layout.tops[numbers[0]] - px(3)
                lower = y + top + layout.tops[numbers[-1]] + layout.pitch + px(3)
                box = (x - px(2), upper, layout.box[2] - px(10), lower)
                self._ground(canvas, box, px(5), tag, inks)

    def _ground(
        self,
        canvas: tkinter.Canvas,
        box: tuple[int, int, int, int],
        radius: int,
        tag: str,
        inks: Inks,
    ) -> None:
        draw_rounded(
            canvas, self.look, box, radius=radius, fill=inks.code, behind=inks.behind, tag=tag
        )

    def draw_ranges(
        self,
        canvas: tkinter.Canvas,
        layout: Layout,
        y: int,
        tag: str,
        ranges: Sequence[tuple[int, int]],
        fill: str,
    ) -> None:
        """Rectangles behind stretches of the text."""
        sizes, (x, top) = self.sizes(layout), layout.text_at
        for number, line in enumerate(layout.lines):
            for first, last in ranges:
                start, end = max(first, line.start), min(last, line.end)
                if start >= end:
                    continue
                left, right = x_of(line, start, sizes), x_of(line, end, sizes)
                upper = y + top + layout.tops[number]
                canvas.create_rectangle(
                    x + left, upper, x + right, upper + layout.pitch, fill=fill, width=0, tags=tag
                )


def run_at(line: Line, x: int) -> Run | None:
    """The run at `x`, None beside all."""
    return next((run for run in line.runs if run.x <= x < run.x + run.width), None)


def _extent(runs: list[Run]) -> tuple[int, int]:
    return runs[0].x, runs[-1].x + runs[-1].width
