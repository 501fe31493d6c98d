"""Who we are, in the corner, and what is there while no conversation is open."""

from gui.model.accounts import OwnCard, Welcome
from gui.views.ownavatar import OwnAvatar
from gui.views.welcome import WelcomePane


class EntranceView:
    """See `EntranceScreen`."""

    def __init__(self, own: OwnAvatar, welcome: WelcomePane) -> None:
        self.own, self.welcome = own, welcome

    def show_own(self, own: OwnCard) -> None:
        """See `EntranceScreen`."""
        self.own.show(own)

    def show_welcome(self, welcome: Welcome | None) -> None:
        """See `EntranceScreen`."""
        self.welcome.show(welcome)
