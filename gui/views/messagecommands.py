"""What clicks and keys on a message lead to: menus, dialogs, and the presenter's actions."""

from collections.abc import Callable
from functools import partial

from gui.model.actions import Actions
from gui.model.message import Message
from gui.model.preferences import Preferences
from gui.theme import Look
from gui.views.emojipicker import EmojiPicker
from gui.views.layout import Target, What
from gui.views.messagedialogs import AboutDialog, DeleteDialog
from gui.views.messagekeys import Deed
from gui.views.messagelist import MessageList
from gui.views.popup import LINE, Entry, open_menu


class MessageCommands:
    """Wires a message list to the actions.  `on_person` gets the nick of whom a click asks about,
    `on_answer` is called when the user has chosen what to answer."""

    def __init__(self, view: MessageList, look: Look, actions: Actions) -> None:
        self._view, self._look, self._actions = view, look, actions
        self.on_person: Callable[[str], None] = actions.people.message
        self.on_answer: Callable[[], None] = lambda: None
        self.on_link: Callable[[str], None] = lambda link: None
        self.preferences: Callable[[], Preferences] = Preferences
        self.delete_dialog: DeleteDialog | None = None
        self.about_dialog: AboutDialog | None = None
        view.offers = actions.message.offers
        view.on_target = self.clicked
        view.on_deed = self.do
        view.on_link = lambda link: self.on_link(link)
        view.strip.on_pick = actions.message.react
        view.strip.on_more = self._pick

    def clicked(self, target: Target, uid: int) -> None:
        """A part of a message was clicked."""
        actions = self._actions.message
        if target.what is What.QUOTE:
            actions.jump_to(target.value)
        elif target.what is What.REACTION:
            actions.react(uid, target.value)
        elif target.what is What.PERSON:
            self.on_person(target.value)
        elif target.what is What.AGAIN:
            actions.send_again(uid)
        elif target.what is What.DISCARD:
            actions.discard(uid)

    def do(self, deed: Deed, uid: int) -> None:
        """A key or a button asks for something."""
        offers = self._actions.message.offers(uid)
        if deed is Deed.MENU:
            self.menu(uid)
        elif deed is Deed.REPLY and offers.reply:
            self._reply(uid)
        elif deed is Deed.REACT and offers.react:
            self._view.strip.open(uid)
        elif deed is Deed.DELETE and offers.resend:
            self._actions.message.discard(uid)
        elif deed is Deed.DELETE and offers.redact:
            self._ask_delete(uid)

    def menu(self, uid: int) -> None:
        """The menu of a message: at the pointer, or under the bubble for the keyboard."""
        view = self._view
        entries = self.entries(uid, view.menu_link)
        by_mouse, view.menu_place, view.menu_link = view.menu_place, None, ""
        row = view.row_of(uid)
        if not entries or row is None:
            return
        left, top, _, _ = row.layout.box
        place = by_mouse or (
            view.winfo_rootx() + left + view.look.px(20),
            view.winfo_rooty() + max(0, row.y + top) + view.look.px(24),
        )
        open_menu(self._look, entries, *place, first=by_mouse is None)

    def entries(self, uid: int, link: str = "") -> list[Entry]:
        """The lines of the menu; `link` was under the pointer."""
        message = self._view.timeline.get(uid)
        if message is None:
            return []
        offers, actions = self._actions.message.offers(uid), self._actions.message
        put = self._view.pointing.copying.put
        chosen = self._view.selection.text(self._view.timeline.messages)
        entries = [
            Entry("Send again", "", partial(actions.send_again, uid), offers.resend, "send"),
            Entry("Reply", "R", partial(self._reply, uid), offers.reply, "reply"),
            Entry("React…", "E", partial(self._view.strip.open, uid), offers.react, "smile"),
            LINE,
            Entry("Copy selected text", "Ctrl+C", partial(put, chosen), bool(chosen), "copy"),
            Entry("Copy text", "", partial(put, message.text), offers.copy, "copy"),
            Entry("Copy link", "", partial(put, link), bool(link), "copy"),
            LINE,
            Entry("About this message", "", partial(self._about, uid), offers.about, "info"),
            Entry("Delete", "", partial(actions.discard, uid), offers.resend, "trash", danger=True),
            Entry("Delete…", "Del", partial(self._ask_delete, uid), offers.redact, "trash",
                  danger=True),
        ]  # fmt: skip
        return [entry for entry in entries if entry.when]

    # --- what they do -------------------------------------------------------------------

    def _reply(self, uid: int) -> None:
        self._actions.message.reply(uid)
        self.on_answer()

    def _pick(self, uid: int, x: int, y: int) -> None:
        """All emoji, to react with one of them."""
        react = partial(self._actions.message.react, uid)
        EmojiPicker(self._look, react, (x, y), self.preferences())

    def _ask_delete(self, uid: int) -> None:
        message = self._view.timeline.get(uid)
        if message is None:
            return
        self._close(self.delete_dialog)
        self.delete_dialog = DeleteDialog(
            self._look, message.sender, shown_line(message),
            partial(self._actions.message.redact, uid),
        )  # fmt: skip

    def _about(self, uid: int) -> None:
        self._close(self.about_dialog)
        self.about_dialog = AboutDialog(self._look, self._actions.message.about(uid))

    def _close(self, dialog: DeleteDialog | AboutDialog | None) -> None:
        if dialog is not None and dialog.winfo_exists():
            dialog.destroy()


def shown_line(message: Message) -> str:
    """The message's text without its name in front."""
    return message.text or message.shown()
