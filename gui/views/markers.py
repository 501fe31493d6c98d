"""What stands above a message: the day that begins, and the line above what is unread."""

import tkinter

from gui.theme import Look
from gui.views.inline import draw_rounded

UNREAD = "New messages"


def draw_day(canvas: tkinter.Canvas, look: Look, day: str, y: int, tag: str, behind: str) -> None:
    """A chip in the middle; `y` is the row's upper edge."""
    px = look.px
    middle, half = canvas.winfo_width() // 2, look.fonts.measure("small", day) // 2 + px(12)
    tall = look.fonts.line("small") + px(7)
    top = y + px(20) - tall // 2
    box = (middle - half, top, middle + half, top + tall)
    draw_rounded(
        canvas, look, box, radius=tall // 2, fill=look.palette.chip, behind=behind, tag=tag
    )
    canvas.create_text(
        middle, y + px(20), text=day, font=look.fonts["small"], fill=look.palette.chip_text,
        tags=tag,
    )  # fmt: skip


def draw_unread(canvas: tkinter.Canvas, look: Look, y: int, tag: str) -> None:
    """A line across with words in it; `y` is where its room begins."""
    px, width = look.px, canvas.winfo_width()
    y += px(16)
    half = look.fonts.measure("small_bold", UNREAD) // 2 + px(10)
    for left, right in ((px(16), width // 2 - half), (width // 2 + half, width - px(16))):
        canvas.create_line(left, y, right, y, fill=look.palette.unread, tags=tag)
    canvas.create_text(
        width // 2, y, text=UNREAD, font=look.fonts["small_bold"], fill=look.palette.unread,
        tags=tag,
    )  # fmt: skip
