"""People: private conversations with them."""

from gui.model.conversation import Place
from gui.presenter.desk import Desk


class People:
    """See `PeopleActions`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def message(self, nick: str) -> None:
        """See `PeopleActions`."""
        desk = self._desk
        desk.open(desk.chat.ensure(desk.link.key(nick), nick, Place.PRIVATE))
        desk.flush()
