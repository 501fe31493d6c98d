"""How the past is shown.

Source: https://ircv3.net/specs/extensions/chathistory
"""

from core.session import render
from core.state.conversations import Row
from core.wire.capabilities import BATCH


def render_batch(
    server: str, target: str, rows: list[Row], caps: int, render_class: int, reference: str
) -> list[bytes]:
    """The lines of an answer; without the batch capability, the messages alone."""
    lines: list[bytes] = []
    batched = bool(caps & BATCH)
    for row in rows:
        time = render.timestamp(row.time)
        tags = render.tag_section(render_class, time, render.message_id(row.seq), row.tags)
        line = tags + render.spoken(row.sender, row.kind, row.target, row.text)
        if batched:
            separator = b";" if tags else b" "
            line = f"@batch={reference}".encode() + separator + line[1 if tags else 0 :]
        lines.append(line)
    if not batched:
        return lines
    return [
        f":{server} BATCH +{reference} chathistory {target}\r\n".encode(),
        *lines,
        f":{server} BATCH -{reference}\r\n".encode(),
    ]
