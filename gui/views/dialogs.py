"""The windows over the main one: which of them are open."""

from collections.abc import Callable, Mapping

from gui.model.actions import Actions
from gui.model.shown import ConnectForm, TrustQuestion
from gui.theme import Look
from gui.views.accountdialogs import AccountDialogs
from gui.views.connect import ConnectDialog
from gui.views.trust import ChangedDialog, TrustDialog, UnknownDialog
from gui.views.welcome import Room


class Dialogs:
    """See `DialogScreen`; an attribute is None while that dialog is not on the screen."""

    def __init__(self, look: Look, actions: Actions) -> None:
        self.look, self._actions = look, actions
        self.connect_dialog: ConnectDialog | None = None
        self.trust_dialog: TrustDialog | None = None
        self.account = AccountDialogs(look, actions)
        self.make_room: Callable[[bool], Room] = lambda dialog: Room()

    def come_back(self) -> None:
        """The main window was clicked, but a dialog wants an answer first."""
        if dialog := self.trust_dialog or self.connect_dialog or self.account.open:
            dialog.come_back()

    def ask_connection(self, form: ConnectForm) -> None:
        """See `DialogScreen`."""
        self.close_connection_dialog()
        actions = self._actions.connection
        room = self.make_room(True)
        self.connect_dialog = ConnectDialog(self.look, form, actions.connect, actions.cancel, room)

    def connection_dialog_open(self) -> bool:
        """See `DialogScreen`."""
        return self.connect_dialog is not None

    def show_connecting(self, *, busy: bool) -> None:
        """See `DialogScreen`."""
        if self.connect_dialog:
            self.connect_dialog.show_busy(busy)

    def show_field_errors(
        self, errors: Mapping[str, str], offers: Mapping[str, str] | None = None
    ) -> None:
        """See `DialogScreen`."""
        if self.connect_dialog:
            self.connect_dialog.show_errors(errors, offers)

    def close_connection_dialog(self) -> None:
        """See `DialogScreen`."""
        if self.connect_dialog:
            self.connect_dialog.destroy()
            self.connect_dialog = None
            self.make_room(False)

    def ask_trust(self, question: TrustQuestion) -> None:
        """See `DialogScreen`."""
        if self.trust_dialog:
            self.trust_dialog.destroy()
        kind = ChangedDialog if question.known else UnknownDialog
        self.trust_dialog = kind(self.look, question, self._answered)

    def _answered(self, accepted: bool) -> None:
        if self.trust_dialog:
            self.trust_dialog.destroy()
            self.trust_dialog = None
        self._actions.certificates.answer(accepted)

    def ask_room(self) -> None:
        """Open the dialog that finds rooms and people."""
        if self.connect_dialog is None:
            self._actions.browse.open()
