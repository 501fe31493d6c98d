"""Users who do at random whatever IRC allows, and some of what it does not."""

import re
from collections import Counter
from random import Random

from core.wire.message import Message, parse
from core.wire.modes import split_status
from core.wire.multiline import BATCH_TYPE, CONCAT
from core.wire.names import is_room
from tests.fakes.cluster import Client, Cluster
from tests.fakes.reference import Seen

NICKS = [f"n{number}" for number in range(16)]
ROOMS = ["#a", "#B", "#c", "#lobby"]
ALL_CAPS = (
    *("away-notify", "batch", "draft/chathistory", "echo-message"),
    *("labeled-response", "message-tags", "multi-prefix", "server-time"),
    *("draft/channel-rename", "draft/no-implicit-names", "invite-notify", "userhost-in-names"),
    *("draft/message-redaction", "draft/multiline"),
)
# Placeholders: R a room, N a nick, T a text that is used once, I a msgid.
COMMANDS = (
    *["PRIVMSG R :T"] * 12,
    *["PRIVMSG R,R :T", "PRIVMSG N :T", "NOTICE R :T", "NOTICE N :T"] * 2,
    *["JOIN R"] * 6,
    *["NICK N", "MODE R +o N", "PING T", "CHATHISTORY LATEST R * 5"] * 2,
    *["JOIN R,R key", "JOIN 0", "JOIN", "JOIN bad", "PART R", "PART R :T", "PRIVMSG", "TAGMSG R"],
    *["TOPIC R", "TOPIC R :T", "TOPIC R :", "KICK R N", "KICK R N,N :T", "INVITE N R"],
    *["MODE R", "MODE R -o+v N N", "MODE R +b", "MODE R +b N", "MODE R -b N", "MODE R +k key"],
    *["MODE R -k", "MODE R +l 3", "MODE R -l", "MODE R +im", "MODE R -im", "MODE R +n-t+s"],
    *["MODE R -ns", "MODE R +z", "MODE N", "MODE N +i", "MODE N -i", "AWAY :T", "AWAY", "NAMES R"],
    *["NAMES", "WHO R", "WHO *", "WHO N", "WHOIS N", "LIST", "LUSERS", "MOTD", "USERHOST N N"],
    *["VERSION", "VERSION other", "TIME", "BOGUS", "USER a b c d", "PONG x", "ERROR :x"],
    *["NICK 1bad", "PRIVMSG nobody :T", "PRIVMSG R :", "@+draft/react=x TAGMSG R"],
    *["CHATHISTORY AFTER R msgid=3 5", "CHATHISTORY BEFORE N msgid=ff 3", "CHATHISTORY X"],
    *["MODE R +h N", "MODE R +q N", "MODE R +v-o N N", "MODE R +eI N N", "MODE R -eI N N"],
    *["MODE R +b ~m:N", "MODE R e", "MODE R +MRC", "MODE R -MRC", "RENAME R R", "RENAME R R :T"],
    *["PRIVMSG @R :T", "NOTICE +R :T", "TAGMSG %R", "KNOCK R", "KNOCK R :T", "INVITE"],
    *["INVITE N,N R", "KICK R,R N,N", "WHO N %tnf,1", "LIST >1", "LIST *,!#a"],
    *["MODE N +gRT", "MODE N -gRT", "ACCEPT N,N", "ACCEPT -N", "ACCEPT", "SILENCE N", "SILENCE -N"],
    *["REDACT R I", "REDACT N I", "REDACT R I :T"] * 2,
    *["OPER root secret", "OPER root secret", "KILL N :T", "CHGHOST N h.example", "MODE N -o"],
    *["KLINE *@10.0.0.1? :T", "KLINE 1 n*@*", "DLINE 10.0.0.3", "UBAN DEL 10.0.0.3", "UBAN LIST"],
    *["UNKLINE 10.0.0.1?", "WHOWAS N", "HELP", "STATS k", "ISON N N", "MODE N +w", "WALLOPS :x"],
    *["CAP REQ :server-time", "CAP REQ :-server-time", "CAP LIST", "CAP REQ bad"],
)
_PLACEHOLDER = re.compile(r"\b[RNTI]\b")
RUBBISH = [b"\r\n", b"\xff\xfe\r\n", b"PRIVMSG #a :a\0b\r\n", b"x" * 600 + b"\r\n", b":\r\n"]


class Talker:
    """Somebody at the far end of a connection."""

    def __init__(self, crowd: "Crowd", client: Client) -> None:
        self.crowd = crowd
        self.client = client
        self.labels: list[str] = []
        random = crowd.random
        self.caps = [name for name in ALL_CAPS if random.random() < 0.7]
        self._read = 0  # lines looked at for an answer to NICK

    @property
    def labelling(self) -> bool:
        """True if its labels count."""
        return {"batch", "labeled-response"} <= set(self.caps)

    @property
    def registered(self) -> bool:
        """True once it was welcomed."""
        return self.client.connection.user is not None

    def begin(self) -> None:
        """Register, in one of the orders there are."""
        random = self.crowd.random
        naming = [f"NICK {random.choice(NICKS)}", "USER u 0 * :real name"]
        random.shuffle(naming)
        self.client.say(f"CAP REQ :{' '.join(self.caps)}", *naming, "CAP END")

    def act(self) -> None:
        """Do something."""
        random = self.crowd.random
        if not self.registered:
            if self._refused() or random.random() < 0.1:
                self.client.say(f"NICK {random.choice(NICKS)}")
            return
        if random.random() < 0.03:
            self.client.send(random.choice(RUBBISH))
            return
        data = b"".join(self._line() for _ in range(random.choice((1, 1, 1, 2, 6))))
        cut = random.randint(0, len(data))
        self.client.send(data[:cut])
        self.client.send(data[cut:])

    def _refused(self) -> bool:
        new, self._read = self.client.lines[self._read :], len(self.client.lines)
        return any(" 433 " in line for line in new)

    def _batch(self) -> str:
        """A message of several lines, which sometimes is wrong."""
        random = self.crowd.random
        target = random.choice(ROOMS if random.random() < 0.7 else NICKS)
        command = random.choice(("PRIVMSG", "PRIVMSG", "NOTICE"))
        lines = [f"BATCH +r draft/multiline {target}"]
        for _ in range(random.randint(1, 4)):
            text = self.crowd.text() if random.random() < 0.8 else ""
            concat = ";draft/multiline-concat" if text and random.random() < 0.3 else ""
            lines.append(f"@batch=r{concat} {command} {target} :{text}")
        if random.random() < 0.1:
            lines.insert(2, "JOIN #a")
        return "\r\n".join([*lines, "BATCH -r"])

    def _line(self) -> bytes:
        random = self.crowd.random
        if random.random() < 0.06 and {"batch", "draft/multiline"} <= set(self.caps):
            return self._labelled(self._batch())
        line = random.choice(COMMANDS)
        if line.startswith("CHATHISTORY") and "batch" not in self.caps:
            line = "LIST"  # the past would look like the present
        return self._labelled(_PLACEHOLDER.sub(self._fill, line))

    def _labelled(self, line: str) -> bytes:
        if self.labelling and self.crowd.random.random() < 0.5:
            label = f"L{len(self.labels)}"
            self.labels.append(label)
            line = f"@label={label};{line[1:]}" if line[0] == "@" else f"@label={label} {line}"
        return line.encode() + b"\r\n"

    def _fill(self, found: re.Match[str]) -> str:
        sign = found.group()
        if sign == "T":
            return self.crowd.text()
        if sign == "I":
            return f"{self.crowd.random.randint(1, self.crowd.cluster.sequencer.next_seq):x}"
        return self.crowd.random.choice(ROOMS if sign == "R" else NICKS)

    # What it has seen.

    def received(self) -> list[Message]:
        """All lines, parsed; what they hold is text that a client can take."""
        return [parse(line.encode()) for line in self.client.lines]

    def messages(self) -> dict[str, list[Seen]]:
        """The messages it got, by place, without those of the history."""
        history: set[str] = set()
        opened: dict[str, tuple[Message, list[str]]] = {}  # batches of lines
        found: dict[str, list[Seen]] = {}
        for message in self.received():
            reference = message.params[0][1:] if message.command == "BATCH" else ""
            batch = message.tags.get("batch", "")
            if message.param(1) == "chathistory" or (reference and batch in history):
                history.add(reference)
            elif message.param(1) == BATCH_TYPE:
                opened[reference] = (message, [])
            elif reference in opened:
                start, words = opened.pop(reference)
                text = "".join(words[1:])
                self._note(found, start, words[0], start.params[2], text)
            elif batch in opened and message.command != "BATCH":
                words = opened[batch][1]
                joint = "\r" if CONCAT in message.tags else "\n"
                words += [joint if words else message.command, message.params[1]]
            elif message.command in ("PRIVMSG", "NOTICE", "TAGMSG") and batch not in history:
                if "!" not in (message.source or ""):
                    continue  # a notice of the server's
                self._note(found, message, message.command, message.params[0], message.param(1))
        return found

    def _note(
        self, found: dict[str, list[Seen]], head: Message, command: str, target: str, text: str
    ) -> None:
        place = target if is_room(split_status(target)[1]) else ""
        seq = int(head.tags.get("msgid", "0"), 16) if "message-tags" in self.caps else 0
        found.setdefault(place, []).append(Seen(place, head.nick, command, text, seq))

    def answers(self) -> Counter[str]:
        """How many logical responses each label got; batches must be whole."""
        count: Counter[str] = Counter()
        is_open = ""
        for message in self.received():
            label = message.tags.get("label")
            if label is not None:
                count[label] += 1
            reference = message.param(0)
            if message.command == "BATCH" and reference[0] == "+":
                assert not is_open or message.tags.get("batch") == is_open
                is_open = is_open or reference[1:]
            elif message.command == "BATCH":
                is_open = "" if reference[1:] == is_open else is_open
            else:
                assert not is_open or "batch" in message.tags, "a line between a batch's lines"
        assert not is_open
        return count


class Crowd:
    """The talkers of a cluster."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.random: Random = cluster.random
        self.talkers: list[Talker] = []
        self._texts = 0

    def text(self) -> str:
        """A text that nobody used before."""
        self._texts += 1
        return f"m{self._texts}"

    def step(self) -> None:
        """Somebody does something, or something moves."""
        random, cluster = self.random, self.cluster
        if random.random() < 0.6:
            cluster.step()
            return
        chance = random.random()
        present = [t for t in self.talkers if not t.client.closed]
        if chance < 0.02 or len(present) < 8:
            self.arrive()
        elif chance < 0.025:
            random.choice(present).client.lose()
        elif chance < 0.03:
            random.choice(present).client.say("QUIT :bye")
        elif chance < 0.037 and len(cluster.workers) > 1:
            cluster.kill(random.choice(list(cluster.workers.values())))
            cluster.start_worker()
        elif chance < 0.1:
            cluster.pass_time(random.random() * 2)
        else:
            random.choice(present).act()

    def arrive(self) -> None:
        """One more, on any worker that is up."""
        ready = [worker for worker in self.cluster.workers.values() if worker.node is not None]
        if ready:
            talker = Talker(self, self.random.choice(ready).connect())
            self.talkers.append(talker)
            talker.begin()
