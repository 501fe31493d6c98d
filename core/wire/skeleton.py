"""What a text looks like: two texts that the eye takes for one have one skeleton.

Source: UTS 39, section 4, https://www.unicode.org/reports/tr39/#Confusable_Detection.  The table
is Unicode's own (`confusables.txt`): the packages that have one (confusable-homoglyphs,
confusables) give pairs, from which the prototypes cannot be told, and the first misreads what is
written from right to left.

Accents are no likeness: e is not é.
"""

from pathlib import Path
from unicodedata import normalize

from precis_i18n.unicode import UnicodeData

_DOTTED = "ij"
_DOT_ABOVE = "\u0307"


def _prototypes() -> dict[int, str]:
    table = Path(__file__).with_name("confusables.txt").read_text(encoding="ascii")
    rows = (line.partition(";") for line in table.splitlines() if line[0] != "#")
    return {
        int(source, 16): "".join(chr(int(word, 16)) for word in prototype.split())
        for source, _, prototype in rows
    }


_PROTOTYPES = _prototypes()
_is_invisible = UnicodeData().default_ignorable


def skeleton(text: str) -> str:
    """What ``text`` looks as if made of: Latin letters for Cyrillic ones like them, and so on.

    Only for comparing, not to be shown: ``skeleton("m") == "rn"``.
    """
    if text.isascii():
        return text.translate(_PROTOTYPES)
    parts = normalize("NFD", text)
    visible = "".join(letter for letter in parts if not _is_invisible(ord(letter)))
    alike = normalize("NFD", visible.translate(_PROTOTYPES))
    for letter in _DOTTED:  # which shows no second dot
        alike = alike.replace(letter + _DOT_ABOVE, letter)
    return alike
