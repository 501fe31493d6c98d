"""Metadata: which keys and values there may be (https://ircv3.net/specs/extensions/metadata).

The bounds are such that a key with its value fits into one line with the longest names.
"""

import re

MOST_KEYS = 50  # of a user, of a room
MOST_SUBSCRIPTIONS = 50  # of a connection
KEY_BYTES = 40
VALUE_BYTES = 270

_KEY = re.compile(r"[a-z0-9_./-]+")
# What the registry demands of a key's value (https://ircv3.net/registry#user-metadata).
_SHAPES = {
    "avatar": (re.compile(r"https?://\S+"), "An avatar is the address of an image, http or https"),
    "color": (re.compile(r"#[0-9A-Fa-f]{6}"), "A colour is written as #RRGGBB"),
}


def valid_key(key: str) -> bool:
    """True for the name of a key: small letters, digits and ``_./-``."""
    return len(key) <= KEY_BYTES and _KEY.fullmatch(key) is not None


def flaw(key: str, value: str) -> str:
    """What is wrong with ``value``, as a sentence; "" for nothing."""
    if len(value.encode()) > VALUE_BYTES:
        return f"A value has at most {VALUE_BYTES} bytes"
    shape, sentence = _SHAPES.get(key, (None, ""))
    return sentence if shape is not None and shape.fullmatch(value) is None else ""


def tokens() -> str:
    """The value of the capability."""
    return (
        f"before-connect,max-subs={MOST_SUBSCRIPTIONS},max-keys={MOST_KEYS},"
        f"max-key-bytes={KEY_BYTES},max-value-bytes={VALUE_BYTES}"
    )
