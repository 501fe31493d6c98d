"""A server that says as much as it is told to: `python3 -m gui.bench.flood RATE`.

It speaks just enough IRC to let one window into one room, and then sends that room's messages
at a steady rate, each with a time and a msgid as a modern server would.  It prints its port,
and ends with its first client.
"""

import asyncio
import contextlib
import sys
import time
from datetime import UTC, datetime
from typing import Final

ROOM: Final = "#flood"
_CAPABILITIES: Final = "message-tags server-time echo-message batch labeled-response"
_TEXTS: Final = (
    "the numbers of the last run are in, nothing out of the ordinary",
    "ok",
    "does anyone remember why we keep two copies of this table? It looks as if the second one "
    "was never read since the spring, and it takes longer to write than everything else",
    "see https://example.org/builds/4711 for the whole log",
    "on it 👍",
    "I'd rather wait until tomorrow",
)
_NICKS: Final = ("ines", "rafael", "tobias_k", "noor", "sam", "kaito")


def line(number: int, now: float) -> bytes:
    """Message `number` of the flood, as it stands on the wire."""
    stamp = datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3]
    nick = _NICKS[number // 3 % len(_NICKS)]
    text = _TEXTS[number % len(_TEXTS)]
    tags = f"@time={stamp}Z;msgid=flood{number}"
    return f"{tags} :{nick}!{nick}@example.org PRIVMSG {ROOM} :{text}\r\n".encode()


def answer(command: list[str], nick: str) -> str:
    """What a client's line is answered with, '' for nothing."""
    name = command[0].upper()
    if name == "CAP" and command[1].upper() == "LS":
        return f":bench CAP * LS :{_CAPABILITIES}\r\n"
    if name == "CAP" and command[1].upper() == "REQ":
        return f":bench CAP {nick} ACK :{' '.join(command[2:]).lstrip(':')}\r\n"
    if name == "CAP" and command[1].upper() == "END":
        source = f":{nick}!{nick}@example.org"
        names = " ".join((nick, *_NICKS))
        return (
            f":bench 001 {nick} :Welcome\r\n:bench 005 {nick} CHANTYPES=# PREFIX=(ov)@+ :are"
            f" supported\r\n:bench 422 {nick} :No message of the day\r\n{source} JOIN {ROOM}\r\n"
            f":bench 353 {nick} = {ROOM} :{names}\r\n:bench 366 {nick} {ROOM} :End\r\n"
        )
    if name == "PING":
        return f":bench PONG bench {' '.join(command[1:])}\r\n"
    return ""


async def talk(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, rate: int, over: asyncio.Event
) -> None:
    """Serve one client until it leaves."""
    nick, flooding = "*", None
    try:
        while raw := await reader.readline():
            words = raw.decode("utf-8", "replace").split()
            while words and words[0][0] in "@:":
                words.pop(0)
            if not words:
                continue
            if words[0].upper() == "NICK" and len(words) > 1:
                nick = words[1].lstrip(":")
            if reply := answer(words, nick):
                writer.write(reply.encode())
            if words[:2] == ["CAP", "END"] and rate:
                flooding = asyncio.create_task(flood(writer, rate))
    except ConnectionError:
        return
    finally:
        if flooding is not None:
            flooding.cancel()
        over.set()


async def flood(writer: asyncio.StreamWriter, rate: int) -> None:
    """Send `rate` messages a second, in portions of a hundredth of a second."""
    begun, sent = time.monotonic(), 0
    while True:
        due = int((time.monotonic() - begun) * rate)
        now = time.time()
        writer.write(b"".join(line(number, now) for number in range(sent, due)))
        sent = due
        await writer.drain()
        await asyncio.sleep(0.01)


async def serve(rate: int) -> None:
    """Wait for one client, at most a minute, and serve it."""
    over = asyncio.Event()
    server = await asyncio.start_server(
        lambda reader, writer: talk(reader, writer, rate, over), "127.0.0.1", 0
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(over.wait(), 300.0)
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
