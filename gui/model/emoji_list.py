"""The emoji that can be picked, by category, in the order that people know.

The strings below hold one emoji per character; sequences (flags, professions, the two sexes of a
gesture) are put together here.  Whether this system's font can draw one is not known here: see
`gui.views.emoji`.
"""

# ruff: noqa: RUF001 (signs are meant as they are)

from functools import lru_cache
from typing import Final, NamedTuple

from gui.model.flags import FLAGS

_PICTURE, _JOINER = "\ufe0f", "\u200d"
TONES: Final = ("", "\U0001f3fb", "\U0001f3fc", "\U0001f3fd", "\U0001f3fe", "\U0001f3ff")


class Category(NamedTuple):
    """A page of the picker; `sign` is the emoji on its tab."""

    name: str
    sign: str
    emoji: tuple[str, ...]


_FACES = (
    "😀😃😄😁😆😅🤣😂🙂🙃🫠😉😊😇🥰😍🤩😘😗☺😚😙🥲😋😛😜🤪😝🤑🤗🤭🫢🫣🤫🤔🫡🤐🤨😐😑😶🫥😏😒🙄😬🤥🫨"
    "😌😔😪🤤😴😷🤒🤕🤢🤮🤧🥵🥶🥴😵🤯🤠🥳🥸😎🤓🧐😕🫤😟🙁☹😮😯😲😳🥺🥹😦😧😨😰😥😢😭😱😖😣😞😓😩😫🥱"
    "😤😡😠🤬😈👿💀☠💩🤡👹👺👻👽👾🤖😺😸😹😻😼😽🙀😿😾🙈🙉🙊"
    "💋💌💘💝💖💗💓💞💕💟❣💔❤🩷🧡💛💚💙🩵💜🤎🖤🩶🤍💯💢💥💫💦💨🕳💬🗨🗯💭💤"
)
_PEOPLE = (
    "👋🤚🖐✋🖖🫱🫲🫳🫴🫷🫸👌🤌🤏✌🤞🫰🤟🤘🤙👈👉👆🖕👇☝🫵👍👎✊👊🤛🤜👏🙌🫶👐🤲🤝🙏✍💅🤳💪🦾🦿🦵🦶👂🦻👃"
    "🧠🫀🫁🦷🦴👀👁👅👄🫦👶🧒👦👧🧑👱👨🧔👩🧓👴👵🙍🙎🙅🙆💁🙋🧏🙇🤦🤷👮🕵💂🥷👷🫅🤴👸👳👲🧕🤵👰🤰🫃🫄🤱"
    "👼🎅🤶🦸🦹🧙🧚🧛🧜🧝🧞🧟🧌💆💇🚶🧍🧎🏃💃🕺🕴👯🧖🧗🤺🏇⛷🏂🏌🏄🚣🏊⛹🏋🚴🚵🤸🤼🤽🤾🤹🧘🛀🛌👭👫👬💏💑👪"
    "🗣👤👥🫂👣"
)
_NATURE = (
    "🐵🐒🦍🦧🐶🐕🦮🐩🐺🦊🦝🐱🐈🦁🐯🐅🐆🐴🫎🫏🐎🦄🦓🦌🦬🐮🐂🐃🐄🐷🐖🐗🐽🐏🐑🐐🐪🐫🦙🦒🐘🦣🦏🦛🐭🐁🐀🐹🐰🐇🐿🦫"
    "🦔🦇🐻🐨🐼🦥🦦🦨🦘🦡🐾🦃🐔🐓🐣🐤🐥🐦🐧🕊🦅🦆🦢🦉🦤🪶🦩🦚🦜🪽🪿🐸🐊🐢🦎🐍🐲🐉🦕🦖🐳🐋🐬🦭🐟🐠🐡🦈🐙🐚🪸🪼"
    "🐌🦋🐛🐜🐝🪲🐞🦗🪳🕷🕸🦂🦟🪰🪱🦠💐🌸💮🪷🏵🌹🥀🌺🌻🌼🌷🪻🌱🪴🌲🌳🌴🌵🌾🌿☘🍀🍁🍂🍃🪹🪺🍄"
    "🌑🌒🌓🌔🌕🌖🌗🌘🌙🌚🌛🌜🌡☀🌝🌞🪐⭐🌟🌠🌌☁⛅⛈🌤🌥🌦🌧🌨🌩🌪🌫🌬🌀🌈🌂☂☔⛱⚡❄☃⛄☄🔥💧🌊"
)
_FOOD = (
    "🍇🍈🍉🍊🍋🍌🍍🥭🍎🍏🍐🍑🍒🍓🫐🥝🍅🫒🥥🥑🍆🥔🥕🌽🌶🫑🥒🥬🥦🧄🧅🥜🫘🌰🫚🫛🍞🥐🥖🫓🥨🥯🥞🧇🧀🍖🍗🥩🥓🍔🍟🍕"
    "🌭🥪🌮🌯🫔🥙🧆🥚🍳🥘🍲🫕🥣🥗🍿🧈🧂🥫🍱🍘🍙🍚🍛🍜🍝🍠🍢🍣🍤🍥🥮🍡🥟🥠🥡🦀🦞🦐🦑🦪🍦🍧🍨🍩🍪🎂🍰🧁🥧🍫🍬🍭"
    "🍮🍯🍼🥛☕🫖🍵🍶🍾🍷🍸🍹🍺🍻🥂🥃🫗🥤🧋🧃🧉🧊🥢🍽🍴🥄🔪🫙🏺"
)
_ACTIVITIES = (
    "🎃🎄🎆🎇🧨✨🎈🎉🎊🎋🎍🎎🎏🎐🎑🧧🎀🎁🎗🎟🎫🎖🏆🏅🥇🥈🥉⚽⚾🥎🏀🏐🏈🏉🎾🥏🎳🏏🏑🏒🥍🏓🏸🥊🥋🥅⛳⛸🎣🤿🎽🎿🛷🥌🎯🪀"
    "🪁🔫🎱🔮🪄🎮🕹🎰🎲🧩🧸🪅🪩🪆♠♥♦♣♟🃏🀄🎴🎭🖼🎨🧵🪡🧶🪢"
)
_TRAVEL = (
    "🌍🌎🌏🌐🗺🗾🧭🏔⛰🌋🗻🏕🏖🏜🏝🏞🏟🏛🏗🧱🪨🪵🛖🏘🏚🏠🏡🏢🏣🏤🏥🏦🏨🏩🏪🏫🏬🏭🏯🏰💒🗼🗽⛪🕌🛕🕍⛩🕋⛲⛺🌁🌃🏙🌄🌅"
    "🌆🌇🌉♨🎠🛝🎡🎢💈🎪🚂🚃🚄🚅🚆🚇🚈🚉🚊🚝🚞🚋🚌🚍🚎🚐🚑🚒🚓🚔🚕🚖🚗🚘🚙🛻🚚🚛🚜🏎🏍🛵🦽🦼🛺🚲🛴🛹🛼🚏🛣🛤🛢⛽🛞"
    "🚨🚥🚦🛑🚧⚓🛟⛵🛶🚤🛳⛴🛥🚢✈🛩🛫🛬🪂💺🚁🚟🚠🚡🛰🚀🛸🛎🧳⌛⏳⌚⏰⏱⏲🕰🕛🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙🕚"
)
_OBJECTS = (
    "👓🕶🥽🥼🦺👔👕👖🧣🧤🧥🧦👗👘🥻🩱🩲🩳👙👚🪭👛👜👝🛍🎒🩴👞👟🥾🥿👠👡🩰👢🪮👑👒🎩🎓🧢🪖⛑📿💄💍💎🔇🔈🔉🔊📢📣📯"
    "🔔🔕🎼🎵🎶🎙🎚🎛🎤🎧📻🎷🪗🎸🎹🎺🎻🪕🥁🪘🪇🪈📱📲☎📞📟📠🔋🪫🔌💻🖥🖨⌨🖱🖲💽💾💿📀🧮🎥🎞📽🎬📺📷📸📹📼🔍🔎"
    "🕯💡🔦🏮🪔📔📕📖📗📘📙📚📓📒📃📜📄📰🗞📑🔖🏷💰🪙💴💵💶💷💸💳🧾💹✉📧📨📩📤📥📦📫📪📬📭📮🗳✏✒🖋🖊🖌🖍📝💼📁📂"
    "🗂📅📆🗒🗓📇📈📉📊📋📌📍📎🖇📏📐✂🗃🗄🗑🔒🔓🔏🔐🔑🗝🔨🪓⛏⚒🛠🗡⚔💣🪃🏹🛡🪚🔧🪛🔩⚙🗜⚖🦯🔗⛓🪝🧰🧲🪜⚗🧪🧫🧬🔬🔭"
    "📡💉🩸💊🩹🩼🩺🩻🚪🛗🪞🪟🛏🛋🪑🚽🪠🚿🛁🪤🪒🧴🧷🧹🧺🧻🪣🧼🫧🪥🧽🧯🛒🚬⚰🪦⚱🧿🪬🗿🪧🪪"
)
_SYMBOLS = (
    "🏧🚮🚰♿🚹🚺🚻🚼🚾🛂🛃🛄🛅⚠🚸⛔🚫🚳🚭🚯🚱🚷📵🔞☢☣⬆↗➡↘⬇↙⬅↖↕↔↩↪⤴⤵🔃🔄🔙🔚🔛🔜🔝🛐⚛🕉✡☸☯✝☦☪☮🕎🔯🪯"
    "♈♉♊♋♌♍♎♏♐♑♒♓⛎🔀🔁🔂▶⏩⏭⏯◀⏪⏮🔼⏫🔽⏬⏸⏹⏺⏏🎦🔅🔆📶🛜📳📴♀♂⚧✖➕➖➗🟰♾‼⁉❓❔❕❗〰💱💲⚕♻⚜🔱📛🔰⭕✅☑✔❌❎➰➿"
    "〽✳✴❇©®™🔠🔡🔢🔣🔤🅰🆎🅱🆑🆒🆓ℹ🆔Ⓜ🆕🆖🅾🆗🅿🆘🆙🆚🈁🈂🈷🈶🈯🉐🈹🈚🈲🉑🈸🈴🈳㊗㊙🈺🈵🔴🟠🟡🟢🔵🟣🟤⚫⚪🟥🟧🟨🟩🟦🟪🟫⬛⬜◼◻◾◽▪▫"
    "🔶🔷🔸🔹🔺🔻💠🔘🔳🔲"
)
_BANNERS = "🏁🚩🎌🏴🏳"

# Characters of the higher planes that are text unless U+FE0F follows them (those of
# emoji-data.txt with Emoji=Yes and Emoji_Presentation=No), as first and last of each run.
_PLAIN_RUNS = (
    "1f170-1f171 1f17e-1f17f 1f202-1f202 1f237-1f237 1f321-1f321 1f324-1f32c 1f336-1f336 "
    "1f37d-1f37d 1f396-1f397 1f399-1f39b 1f39e-1f39f 1f3cb-1f3ce 1f3d4-1f3df 1f3f3-1f3f3 "
    "1f3f5-1f3f5 1f3f7-1f3f7 1f43f-1f43f 1f441-1f441 1f4fd-1f4fd 1f549-1f54a 1f56f-1f570 "
    "1f573-1f579 1f587-1f587 1f58a-1f58d 1f590-1f590 1f5a5-1f5a5 1f5a8-1f5a8 1f5b1-1f5b2 "
    "1f5bc-1f5bc 1f5c2-1f5c4 1f5d1-1f5d3 1f5dc-1f5de 1f5e1-1f5e1 1f5e3-1f5e3 1f5e8-1f5e8 "
    "1f5ef-1f5ef 1f5f3-1f5f3 1f5fa-1f5fa 1f6cb-1f6cb 1f6cd-1f6cf 1f6e0-1f6e5 1f6e9-1f6e9 "
    "1f6f0-1f6f0 1f6f3-1f6f3"
)
# Those of the basic plane that are pictures by themselves.
_BASIC_PICTURES = frozenset(
    "⌚⌛⏩⏪⏫⏬⏰⏳◽◾☔☕♈♉♊♋♌♍♎♏♐♑♒♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲⛳⛵⛺⛽✅✊✋✨❌❎❓❔❕❗➕➖➗➰➿⬛⬜⭐⭕🀄"
)
# Hands and people: what a skin tone can follow, as runs.
_TONED_RUNS = (
    "261d-261d 26f9-26f9 270a-270d 1f385-1f385 1f3c2-1f3c4 1f3c7-1f3c7 1f3ca-1f3cc 1f442-1f443 "
    "1f446-1f450 1f466-1f469 1f46b-1f46e 1f470-1f478 1f47c-1f47c 1f481-1f483 1f485-1f487 "
    "1f48f-1f48f 1f491-1f491 1f4aa-1f4aa 1f574-1f575 1f57a-1f57a 1f590-1f590 1f595-1f596 "
    "1f645-1f647 1f64b-1f64f 1f6a3-1f6a3 1f6b4-1f6b6 1f6c0-1f6c0 1f6cc-1f6cc 1f90c-1f90c "
    "1f90f-1f90f 1f918-1f91f 1f926-1f926 1f930-1f939 1f93d-1f93e 1f977-1f977 1f9b5-1f9b6 "
    "1f9b8-1f9b9 1f9bb-1f9bb 1f9cd-1f9cf 1f9d1-1f9dd 1fac3-1fac5 1faf0-1faf8"
)

# Professions: what a person holds, as the second half of a sequence.
PROFESSIONS: Final = {
    "⚕": "health_worker", "🎓": "student", "🏫": "teacher", "⚖": "judge", "🌾": "farmer",
    "🍳": "cook", "🔧": "mechanic", "🏭": "factory_worker", "💼": "office_worker",
    "🔬": "scientist", "💻": "technologist", "🎤": "singer", "🎨": "artist", "✈": "pilot",
    "🚀": "astronaut", "🚒": "firefighter",
}  # fmt: skip
# Gestures and activities that come with a sex too.
_SEXED = "🙍🙎🙅🙆💁🙋🧏🙇🤦🤷👮🕵💂👷🦸🦹🧙🧚🧛🧜🧝🧟💆💇🚶🏃🧖🧗🏄🚣🏊🚴🚵🤸🤽🤾🤹🧘"
MORE_SEQUENCES: Final = {
    "🏳\ufe0f\u200d🌈": "rainbow_flag",
    "🏳\ufe0f\u200d⚧\ufe0f": "transgender_flag",
    "🏴\u200d☠\ufe0f": "pirate_flag",
    "❤\ufe0f\u200d🔥": "heart_on_fire",
    "❤\ufe0f\u200d🩹": "mending_heart",
    "😮\u200d💨": "face_exhaling",
    "😵\u200d💫": "face_with_spiral_eyes",
    "😶\u200d🌫\ufe0f": "face_in_clouds",
    "🐻\u200d❄\ufe0f": "polar_bear",
    "🐕\u200d🦺": "service_dog",
    "🐈\u200d⬛": "black_cat",
    "🐦\u200d⬛": "black_bird",
}


@lru_cache(maxsize=4)
def _members(runs: str) -> frozenset[str]:
    bounds = (run.split("-") for run in runs.split())
    return frozenset(
        chr(code) for first, last in bounds for code in range(int(first, 16), int(last, 16) + 1)
    )


def qualified(character: str) -> str:
    """The character with U+FE0F behind it, if it is a picture only then."""
    basic = ord(character) < 0x10000
    plain = character not in _BASIC_PICTURES if basic else character in _members(_PLAIN_RUNS)
    return character + _PICTURE if plain else character


def can_be_toned(emoji: str) -> bool:
    """True if a skin tone changes it."""
    if any(part[:1] in _members(_TONED_RUNS) for part in emoji.split(_JOINER)[1:]):
        return False  # several people
    return emoji[:1] in _members(_TONED_RUNS) and not any(tone in emoji for tone in TONES[1:])


def toned(emoji: str, tone: int) -> str:
    """The emoji with skin tone `tone` (0: none), where it can have one."""
    if not tone or not can_be_toned(emoji):
        return emoji
    rest = emoji[1:].removeprefix(_PICTURE)
    return emoji[0] + TONES[tone] + rest


def _each(text: str) -> list[str]:
    return [qualified(character) for character in text]


def _with_sex(text: str) -> list[str]:
    return [qualified(character) + _JOINER + sign + _PICTURE for character in text for sign in "♂♀"]


def _professions() -> list[str]:
    return [person + _JOINER + qualified(thing) for thing in PROFESSIONS for person in "🧑👨👩"]


def _families() -> list[str]:
    groups = ("👨👩👦", "👨👩👧", "👨👩👧👦", "👨👨👦", "👩👩👧", "👨👧", "👩👦", "👩👧👦")
    return [_JOINER.join(group) for group in groups]


def _beginning(start: str) -> list[str]:
    return [one for one in MORE_SEQUENCES if one[0] in start]


def _keycaps() -> list[str]:
    return [f"{digit}{_PICTURE}\u20e3" for digit in "#*0123456789"]


CATEGORIES: Final = (
    Category("Smileys", "😀", (*_each(_FACES), *_beginning("❤😮😵😶"))),
    Category("People", "👋", (*_each(_PEOPLE), *_with_sex(_SEXED), *_professions(), *_families())),
    Category("Animals and nature", "🐻", (*_each(_NATURE), *_beginning("🐻🐕🐈🐦"))),
    Category("Food and drink", "🍔", tuple(_each(_FOOD))),
    Category("Activities", "⚽", tuple(_each(_ACTIVITIES))),
    Category("Travel and places", "🚗", tuple(_each(_TRAVEL))),
    Category("Objects", "💡", tuple(_each(_OBJECTS))),
    Category("Symbols", "❤️", (*_each(_SYMBOLS), *_keycaps())),
    Category("Flags", "🏁", (*_each(_BANNERS), *_beginning("🏳🏴"), *FLAGS)),
)
