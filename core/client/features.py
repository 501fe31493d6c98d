"""What the server at the other end can do, in the terms of a user interface."""

import msgspec


class Features(msgspec.Struct, frozen=True, kw_only=True):
    """Each is False until the capabilities it needs have been agreed on."""

    history: bool = False  # older messages can be asked for
    typing: bool = False  # "is typing" can be sent and comes
    reactions: bool = False  # reactions can be sent and come
    replies: bool = False  # a message can name the one that it answers
    redaction: bool = False  # messages can be taken back
    multiline: bool = False  # a message can have several lines
    read_marker: bool = False  # what was read is shared between devices
    search: bool = False  # the server searches messages
    context: bool = False  # messages around one in the past can be asked for
    profiles: bool = False  # people can tell about themselves, and what they tell comes
    presence: bool = False  # of people in private conversations: MONITOR
    room_rename: bool = False  # rooms can be renamed
    echo: bool = False  # one's own messages come back once they are accepted
    labels: bool = False  # answers name the request that they belong to
    away_notify: bool = False  # others' going away is told at once
    server_time: bool = False  # messages carry the server's time
    invite_notify: bool = False
    setname: bool = False  # the real name can be changed
    login: bool = False  # accounts can be logged in to
    account_registration: bool = False  # and made
    email_required: bool = False  # for that, an address is needed


NO_FEATURES = Features()
