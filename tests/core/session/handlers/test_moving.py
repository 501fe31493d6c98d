"""Connections that change hands: what goes along, what stays, and what is late."""

import base64

import pytest

from core.client.sasl import Scram
from core.state import facts, snapshot
from core.state.conversations import Missed
from core.state.records import Account, User
from core.state.replica import Stamp
from tests.core.session.handlers.test_accounts import ask
from tests.core.session.handlers.test_login import (
    account,
    device,
    last,
    log_in,
    plain,
    register,
)
from tests.fakes.bench import OTHER, Bench, Client, codes, with_limits, words
from tests.fakes.operators import PASSWORD, operator, with_operator


def user_of(client: Client) -> User:
    user = client.connection.user
    assert user is not None
    return user


def offline(bench: Bench, *rooms: str) -> User:
    """The account ada, which stays in ``rooms`` without a connection."""
    ada = register(bench, "ada", *rooms)
    user = user_of(ada)
    ada.say("QUIT")
    return user


def test_a_guests_room_comes_along_with_its_rank() -> None:
    bench = Bench()
    user = user_of(register(bench))
    guest = bench.enter("guest", "#own", "#with")
    bob = bench.enter("bob", "#with")
    guest.say("TOPIC #own :mine", "MODE #own +ik key", "MODE #with +i")
    told = log_in(guest)
    own = bench.node.replica.rooms["#own"]
    assert (own.topic, own.modes["k"], own.members[user]) == ("mine", "key", "o")
    assert "474" not in codes(told)
    assert bench.node.replica.rooms["#with"].members[user] == "o"
    assert ":srv MODE #with +o ada" in bob.read()


def test_where_both_are_the_higher_rank_counts() -> None:
    bench = Bench()
    offline(bench, "#a")
    bob = bench.enter("bob", "#a")
    guest = bench.enter("guest", "#a")
    bench.node.replica.rooms["#a"].members[user_of(guest)] = "v"
    bob.read()
    log_in(guest)
    assert bench.node.replica.rooms["#a"].members[user_of(guest)] == "ov"
    assert bench.node.replica.rooms["#a"].roles[account(bench).id] == "ov"
    assert ":srv MODE #a +o guest" in bob.read()


def test_a_ban_of_the_account_counts() -> None:
    bench = Bench()
    offline(bench)
    bob = bench.enter("bob", "#b")
    guest = bench.enter("guest", "#b")
    bob.say("MODE #b +b ~a:ada")
    told = log_in(guest)
    assert ":srv 474 ada #b :Cannot join channel (+b)" in told
    assert not guest.closed
    assert user_of(guest).rooms == {}
    assert bob.read()[-1] == ":guest!~guest@10.0.0.1 QUIT :Logged in as ada"


def test_the_limit_of_rooms_counts() -> None:
    bench = Bench(with_limits(rooms_per_user=1))
    offline(bench, "#a")
    guest = bench.enter("guest", "#b")
    told = log_in(guest)
    assert "405" in codes(told)
    assert not guest.closed
    assert [room.name for room in user_of(guest).rooms] == ["#a"]


@pytest.mark.parametrize("stays", [True, False])
def test_who_is_invited_as_a_guest_is_invited(stays: bool) -> None:
    bench = Bench()
    ada = register(bench)
    ada.say("" if stays else "PERSISTENCE SET OFF", "QUIT")
    bob = bench.enter("bob", "#b")
    guest = bench.enter("guest")
    bob.say("MODE #b +i", "INVITE guest #b")
    log_in(guest)
    assert "JOIN" in codes(guest.say("JOIN #b"))


@pytest.mark.parametrize("stays", [True, False])
def test_lists_markers_and_metadata_are_joined(stays: bool) -> None:
    bench = Bench()
    ada = register(bench)
    ada.say("SILENCE +a!*@*", "ACCEPT ada", "METADATA * SET status :account")
    ada.say("" if stays else "PERSISTENCE SET OFF", "QUIT")
    bench.enter("bob")
    guest = bench.enter("guest", "#a")
    watcher = bench.enter("eve", "#a", caps="batch draft/metadata-3")
    watcher.say("METADATA * SUB status url")
    guest.say("SILENCE +b!*@*", "ACCEPT bob", "METADATA * SET status :guest")
    guest.say("METADATA * SET url :x", "MARKREAD #a timestamp=2023-01-01T00:00:00.000Z")
    log_in(guest)
    kept = account(bench)
    assert list(kept.lists["silence"]) == ["a!*@*", "b!*@*"]
    assert set(kept.lists["accept"]) >= {"bob"}
    assert kept.metadata == {"status": "account", "url": "x"}
    assert list(kept.markers) == ["#a"]
    assert user_of(guest).markers is kept.markers


def test_what_is_kept_has_bounds() -> None:
    bench = Bench()
    ada = register(bench)
    ada.say("PERSISTENCE SET OFF", "QUIT")
    kept = account(bench)
    kept.lists["silence"] = {f"k{number}!*@*": None for number in range(50)}
    kept.metadata.update({f"k{number}": "x" for number in range(50)})
    guest = bench.enter("guest")
    guest.say("SILENCE +more!*@*", "METADATA * SET url :x")
    log_in(guest)
    assert (len(kept.lists["silence"]), len(kept.metadata)) == (50, 50)


def test_another_accounts_rank_stays_with_it() -> None:
    bench = Bench()
    ada = register(bench, "ada", "#a")
    bob = register(bench, "bob")
    bob.say("PERSISTENCE SET OFF", "QUIT")
    ada.say("PERSISTENCE SET OFF")
    watcher = bench.enter("eve", "#a")
    told = log_in(ada, "bob")
    room = bench.node.replica.rooms["#a"]
    assert room.members[user_of(ada)] == ""
    assert room.roles == {account(bench, "ada").id: "o"}
    assert ":srv MODE #a -o ada" in told
    assert watcher.read() == [":srv MODE #a -o ada"]


def test_the_one_who_is_left_alone_is_away_and_misses_what_is_said() -> None:
    bench = Bench(with_operator())
    ada = operator(bench, "ada", "#a")
    ada.say("REGISTER * * :correct horse")
    register(bench, "bob").say("QUIT")
    left = user_of(ada)
    assert left.operator == "root"
    watcher = bench.enter("eve", "#a", caps="away-notify")
    log_in(ada, "bob")
    assert (left.connections, left.away, left.operator, left.modes) == ({}, "Offline", "", "")
    assert left.left_at > 0
    assert bench.node.replica.operators == {}
    assert ":ada!~ada@10.0.0.1 AWAY :Offline" in watcher.read()


def test_modes_differ() -> None:
    """A client is told which modes it has as that account."""
    bench = Bench()
    ada = register(bench)
    ada.say("MODE ada +i", "QUIT")
    guest = bench.enter("guest")
    guest.say("MODE guest +w")
    assert ":guest!~guest@10.0.0.1 MODE guest -w+i" in log_in(guest)
    assert ":Guest" in (told := guest.say("NS LOGOUT"))[2]
    assert told[2].endswith("-i")
    assert ":srv 221 ada +i" in device(bench)


def test_who_identifies_late_is_sent_what_was_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench()
    absent = offline(bench, "#a")
    since = absent.left_at
    guest = bench.enter("guest")
    jobs = []
    perform = bench._perform

    def noted(job: object) -> object:
        jobs.append(job)
        return perform(job)

    monkeypatch.setattr(bench, "_perform", noted)
    log_in(guest)
    assert [job.seq for job in jobs if isinstance(job, Missed)] == [since]
    assert user_of(guest).left_at == 0
    assert bench.node.replica.users == {account(bench).id: user_of(guest)}


def test_a_device_comes_from_where_it_is() -> None:
    """Bans of addresses mean where somebody really is, whatever host is shown."""
    bench = Bench(with_operator())
    root = operator(bench)
    offline(bench)
    guest = bench.connect("10.0.0.77", certificate="cd" * 32)
    guest.say("NICK guest", "USER guest 0 * :Guest")
    root.say("CHGHOST guest hidden.example")
    log_in(guest)
    ada = user_of(guest)
    assert (ada.host, ada.address, ada.certificate) == ("hidden.example", "10.0.0.77", "cd" * 32)
    ask(guest, "logout")
    assert (user_of(guest).host, user_of(guest).address) == ("hidden.example", "10.0.0.77")


def test_nobody_has_the_nick_that_a_guest_gets() -> None:
    """Whoever guesses the next number finds no two users with one nick."""
    bench = Bench()
    ada = register(bench)
    seq = bench.node.replica.seq
    for number in range(seq + 1, seq + 60):
        bench.enter(f"Guest{number}")
    assert len(notices := ask(ada, "logout")) == 1, notices
    owners = bench.node.replica.owner_of
    assert len(owners) == len(bench.node.replica.users)
    assert owners[ada.connection.name.lower()] is user_of(ada)


def test_an_account_whose_name_somebody_has_wakes_up_under_another() -> None:
    """It cannot be taken, as things are; but what looks like a name may change some day."""
    bench = Bench()
    name = "\u5c71" * 20  # 60 bytes
    ada = register(bench, name)
    ada.say("PERSISTENCE SET OFF", "QUIT")
    bob = register(bench, "bob")
    taker = bench.enter("taker")
    bench.node.replica.rename(user_of(taker), name, 0)
    log_in(bob, name)
    assert bob.connection.name == "\u5c71" * 16 + "2"


# What is late.


def late(bench: Bench, fact: facts.Fact) -> None:
    """A fact from another worker."""
    bench.turn(fact)
    bench.settle()


def test_a_login_of_who_is_gone_makes_no_ghost() -> None:
    bench = Bench()
    user = user_of(register(bench))
    other = account(bench)
    bob = user_of(register(bench, "bob"))
    late(bench, facts.LoggedIn(bob.id, 99, other.id))
    late(bench, facts.LoggedOut(bob.id, 99))
    assert list(user.connections) == [(1, 1)]
    assert all(key[0] != OTHER for key in bob.connections)


def test_an_account_that_ends_during_its_login() -> None:
    bench = Bench()
    offline(bench)
    guest = bench.enter("guest")
    late_drop = facts.AccountDropped(account(bench).id)
    guest.feed("AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ada')}")
    while not any(isinstance(f, facts.LoggedIn) for f in bench.node._proposals):
        assert bench.turn() or bench.node.requests
        requests, bench.node.requests = bench.node.requests, []
        for request in requests:
            bench.node.answer_request(request, bench._perform(request.job))
    bench.turn(late_drop)
    bench.settle()
    assert codes(guest.read())[-1] == "904"
    assert codes(guest.say("PING x")) == ["PONG"]


def test_an_account_that_ends_before_the_registration() -> None:
    bench = Bench()
    offline(bench)
    client = bench.connect()
    client.say("CAP LS 302", "NICK ada", "USER ada 0 * :Ada")
    assert codes(log_in(client))[-1] == "903"
    late(bench, facts.AccountDropped(account(bench).id))
    told = client.say("CAP END")
    assert told[0] == ":srv 901 ada ada!~ada@10.0.0.1 :You are now logged out"
    assert codes(told)[1] == "001"


def test_a_connection_that_is_lost_during_its_login() -> None:
    bench = Bench()
    offline(bench, "#a")
    guest = bench.enter("guest", "#a")
    guest.feed("AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ada')}")
    while not any(isinstance(f, facts.LoggedIn) for f in bench.node._proposals):
        bench.turn()
        requests, bench.node.requests = bench.node.requests, []
        for request in requests:
            bench.node.answer_request(request, bench._perform(request.job))
    bench.node.lost(guest.connection, "Connection reset")
    bench.settle()
    (user,) = bench.node.replica.users.values()
    assert user is account(bench).user
    assert (user.connections, user.away) == ({}, "Offline")


def test_a_password_that_is_changed_during_a_login_opens_nothing() -> None:
    bench = Bench()
    offline(bench)
    client = bench.connect()
    client.say("AUTHENTICATE PLAIN")
    client.feed(f"AUTHENTICATE {plain('ada')}")
    while not bench.node.requests:
        bench.turn()
    requests, bench.node.requests = bench.node.requests, []
    answers = [bench._perform(request.job) for request in requests]
    kept = account(bench)
    changed = type(kept.credentials)("$argon2id$", b"s", 1, b"k", b"v")
    bench.turn(facts.CredentialsSet(kept.id, changed))
    for request, answer in zip(requests, answers, strict=True):
        bench.node.answer_request(request, answer)
    bench.settle()
    assert codes(client.read())[-1] == "904"


def test_a_certificate_belongs_to_one_account() -> None:
    bench = Bench()
    ada, eve = register(bench), register(bench, "eve")
    ask(ada, f"cert add {'ab' * 32}")
    assert ask(eve, f"cert add {'ab' * 32}") == ["This certificate belongs to another account."]
    assert ask(ada, "drop correct horse") == ["The account ada is no more."]
    assert ask(eve, f"cert add {'ab' * 32}") == [f"{'ab' * 32} may log in as you."]


def test_a_certificate_that_is_taken_away_during_a_login() -> None:
    bench = Bench()
    ada = register(bench)
    ask(ada, f"cert add {'ab' * 32}")
    phone = bench.connect(certificate="ab" * 32)
    phone.say("AUTHENTICATE EXTERNAL")
    ask(ada, f"cert del {'ab' * 32}")
    assert codes(phone.say("AUTHENTICATE +")) == ["904"]


def test_a_banned_name_is_no_account() -> None:
    bench = Bench(with_operator())
    root = operator(bench)
    root.say("UBAN ADD ada :no")
    client = bench.enter("ada")
    assert "BAD_ACCOUNT_NAME ada" in client.say("REGISTER * * password")[0]


def test_a_setting_or_an_operator_without_a_connection() -> None:
    bench = Bench(with_operator())
    user = offline(bench)
    late(bench, facts.SettingSet(user.id, "persistence", "OFF"))
    late(bench, facts.Opered(user.id, "root"))
    assert user.account is not None
    assert (user.account.settings, user.modes) == ({}, "")


def test_a_registration_ends_a_login_that_is_under_way() -> None:
    bench = Bench()
    client = bench.connect()
    client.say("CAP REQ sasl", "NICK ada", "USER ada 0 * :Ada", "AUTHENTICATE PLAIN")
    assert codes(client.say("CAP END"))[:2] == ["906", "001"]
    payload = base64.b64encode(b"\0ada\0x").decode()
    assert codes(client.say(f"AUTHENTICATE {payload}")) == ["908", "904"]


def test_the_password_of_operators_is_theirs() -> None:
    """Nobody becomes an operator by an account's password, nor the other way round."""
    bench = Bench(with_operator())
    register(bench)
    assert codes(log_in(bench.connect(), password=PASSWORD))[-1] == "904"
    assert last(bench).connection.account == 0


def test_a_login_to_an_account_of_which_only_the_number_is_left() -> None:
    """Who drops an account and makes another has the same id again; old logins do not count."""
    bench = Bench()
    ada = register(bench)
    client = bench.connect()
    client.say("CAP LS 302", "NICK phone", "USER phone 0 * :Phone")
    assert codes(log_in(client))[-1] == "903"
    bench.turn(facts.AccountDropped(account(bench).id))
    bench.time += 1000
    ada.say("NICK eve", "REGISTER * * :correct horse")
    assert account(bench, "eve").user is user_of(ada)
    assert codes(client.say("CAP END"))[:2] == ["901", "001"]
    assert user_of(client).account is None
    late(bench, facts.LoggedIn(user_of(client).id, 1, account(bench, "eve").id, 1))
    assert user_of(client).account is None


def test_scram_over_the_lines() -> None:
    bench = Bench(with_limits(login_attempts=1))
    offline(bench)
    for password, told in (("correct horse", "903"), ("wrong", "904")):
        client = bench.connect()
        exchange = Scram("ada", password, "nonce")
        client.say("AUTHENTICATE SCRAM-SHA-256")
        first = base64.b64encode(exchange.respond(b"")).decode()
        (line,) = client.say(f"AUTHENTICATE {first}")
        challenge = base64.b64decode(words(line)[2])
        lines = client.say(f"AUTHENTICATE {base64.b64encode(exchange.respond(challenge)).decode()}")
        if told == "903":
            lines = client.say("AUTHENTICATE +")
        assert codes(lines)[-1] == told
    client = bench.connect()
    answers = []
    for _ in range(3):
        client.say("AUTHENTICATE SCRAM-SHA-256")
        answers += codes(client.say(f"AUTHENTICATE {first}"))
        client.say("AUTHENTICATE *")
    assert "904" in answers  # too many attempts


def test_facts_that_come_too_late() -> None:
    bench = Bench()
    user = user_of(register(bench))
    credentials = account(bench).credentials
    before = snapshot.digest(bench.node.replica)
    for fact in (
        facts.AccountRegistered(99, 1, "x", credentials),
        facts.AccountRegistered(user.id, 1, "x", credentials),
        facts.AccountRegistered(0, 1, "ADA", credentials),
        facts.CertificateSet(99, "ab", True),
    ):
        bench.node.replica.apply(Stamp(bench.node.replica.seq, bench.time, OTHER), fact)
    key = next(iter(user.connections))
    again = facts.LoggedIn(user.id, key[1], user.id)
    bench.node.replica.apply(Stamp(bench.node.replica.seq, bench.time, key[0]), again)
    assert snapshot.digest(bench.node.replica) == before


def test_a_certificate_at_the_registration() -> None:
    bench = Bench()
    credentials = account_of(bench).credentials
    for name in ("eve", "bob"):
        late(bench, facts.AccountRegistered(0, 1, name, credentials, "", "ef" * 32))
    assert account(bench, "eve").certificates == ["ef" * 32]
    assert account(bench, "bob").certificates == []


def account_of(bench: Bench) -> Account:
    register(bench)
    return account(bench)
