"""Emoji as pictures, drawn by Pillow from the colour font that the system has.

Tk must never see them: it breaks joined sequences apart, and on older systems a colour font
aborts the process.  Without such a font there are no pictures, and the views draw a square.
"""

import subprocess
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

_KNOWN = (
    "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf",
    "/usr/share/fonts/noto/NotoColorEmoji.ttf",
    "/usr/share/fonts/google-noto-emoji/NotoColorEmoji.ttf",
    "/usr/share/fonts/google-noto-color-emoji-fonts/NotoColorEmoji.ttf",
    "/System/Library/Fonts/Apple Color Emoji.ttc",
    "C:/Windows/Fonts/seguiemj.ttf",
)
_LONGEST = 40  # characters of an emoji
_STRIKES = (109, 160, 137, 96, 64)  # sizes that bitmap fonts come in; an outline takes any


def _from_fontconfig() -> str:
    """What fontconfig takes for emoji, "" if it has none or there is no fontconfig."""
    command = ["fc-match", "--format=%{file}", "Noto Color Emoji:charset=1f600"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=2, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return answer.stdout.strip() if "moji" in Path(answer.stdout.strip()).name else ""


@lru_cache(maxsize=1)
def _font() -> ImageFont.FreeTypeFont | None:
    candidates = [path for path in _KNOWN if Path(path).is_file()] or [_from_fontconfig()]
    for path in filter(None, candidates):
        for size in _STRIKES:
            try:
                return ImageFont.truetype(path, size)
            except OSError:
                continue
    return None


def _fitted(picture: Image.Image, size: int) -> Image.Image | None:
    """Without its margins, as large as fits into a square, in the middle of it; None if there is
    nothing to see."""
    box = picture.getbbox()
    if box is None:
        return None
    cut = picture.crop(box)
    side = max(cut.size)
    width, height = (max(1, round(length * size / side)) for length in cut.size)
    square = Image.new("RGBA", (size, size))
    small = cut.resize((width, height), Image.Resampling.LANCZOS)
    square.paste(small, ((size - width) // 2, (size - height) // 2))
    return square


@lru_cache(maxsize=512)
def picture(emoji: str, size: int) -> Image.Image | None:
    """The emoji as `size` x `size` pixels with an alpha channel; None if it cannot be drawn."""
    font = _font()
    if font is None or len(emoji) > _LONGEST:
        return None
    try:
        left, top, right, bottom = font.getbbox(emoji)
        canvas = Image.new("RGBA", (max(1, round(right - left)), max(1, round(bottom - top))))
        ImageDraw.Draw(canvas).text((-left, -top), emoji, font=font, embedded_color=True)
    except (OSError, ValueError):
        return None
    return _fitted(canvas, size)


@lru_cache(maxsize=4096)
def whole(emoji: str) -> bool:
    """True if the font has a picture of its own for it, and does not take it apart."""
    font = _font()
    if font is None:
        return False
    left, top, right, bottom = font.getbbox(emoji)
    return bottom - top > 1 and right - left <= 1.5 * font.getlength("\U0001f600")


def available() -> bool:
    """True if this system can draw emoji."""
    return _font() is not None
