"""What the window shows, as values for JSON: for tests, see `door`."""

import tkinter
from collections.abc import Iterator

from gui.model.conversation import Conversation
from gui.model.found import MessageHit, PlaceHit, Row
from gui.model.message import Message
from gui.model.shown import ConversationRow
from gui.presenter.presenter import Presenter
from gui.views import popup
from gui.views.formdialog import FormDialog
from gui.views.viewport import Visible
from gui.views.window import Window

_MOST_MESSAGES = 200


def shown(window: Window, presenter: Presenter) -> dict[str, object]:
    """Everything; places are pixels of the screen."""
    chat = presenter.desk.chat
    here = chat.open
    rows = {one.key: one for one in window.conversations.rows}
    return {
        "nick": chat.nick,
        "account": chat.account,
        "away": chat.away,
        "connection": presenter.connection.state,
        "current": here.name if here else "",
        "conversations": [_conversation(one, rows) for one in chat.ordered()],
        "messages": [_message(one) for one in _kept(here)],
        "members": [member.nick for member in here.roster.ordered()] if here else [],
        "topic": here.topic if here else "",
        "draft": window.draft(),
        "title": window.root.title(),
        "profile": presenter.person_cards.nick,
        "room_info": presenter.room_info.key,
        "browsing": presenter.browse.is_open,
        "offers": [offer.text for offer in presenter.offers.offers()],
        **_bars(window),
        **_list_of_messages(window),
        **_dialogs(window),
        **_looks(window),
    }


def _kept(one: Conversation | None) -> list[Message]:
    return one.timeline.messages[-_MOST_MESSAGES:] if one else []


def _conversation(one: Conversation, rows: dict[str, ConversationRow]) -> dict[str, object]:
    row = rows.get(one.key)
    return {
        "key": one.key,
        "name": one.name,
        "unread": one.unread,
        "mentions": one.mentions,
        "joined": one.joined,
        "typing": one.typing,
        "preview": one.preview(),
        "draft": one.draft,
        "muted": one.muted,
        "quiet": row is not None and row.quiet,
        "dot": row.dot if row else "",
    }


def _message(message: Message) -> dict[str, object]:
    return {
        "text": message.text,
        "shown": message.shown(),
        "sender": message.sender,
        "state": message.delivery.value,
        "kind": message.kind.value,
        "own": message.own,
        "msgid": message.msgid,
        "reply_to": message.reply_to,
        "redacted": message.redacted,
        "reactions": {one.text: one.people for one in message.reactions},
    }


# --- around the messages ----------------------------------------------------------------


def _bars(window: Window) -> dict[str, object]:
    finding, quote = window.finding, window.composer.quote
    results = finding.results
    chosen = results.rows[results.selected] if 0 <= results.selected < len(results.rows) else None
    return {
        "banner": window.banner_text,
        "typing": window.typing.text,
        "replying": quote.text if quote else "",
        "find": str(finding.bar.count.cget("text")) if finding.bar.winfo_manager() else None,
        "past": bool(finding.past.winfo_manager()),
        "search": window.search.entry.get(),
        "results": [_words(row) for row in results.rows],
        "result": _words(chosen) if chosen else "",
        "toasts": [[one.notification.title, one.notification.text]
                   for one in window.notifying.toasts],
        "member_list": bool(window.members.winfo_ismapped()),
    }  # fmt: skip


def _words(row: Row) -> str:
    if isinstance(row, MessageHit):
        return f"{row.sender}: {row.snippet}"
    return row.title if isinstance(row, PlaceHit) else row.text


def _list_of_messages(window: Window) -> dict[str, object]:
    view = window.messages
    under = view.timeline.get(view.cursor.uid) if view.cursor.uid else None
    return {
        "at_end": view.stuck,
        "visible": len(view.visible),
        "rows": [_row(window, row) for row in view.visible],
        "chosen": under.text if under else "",
        "strip": bool(view.strip.uid),
    }


def _row(window: Window, row: Visible) -> dict[str, object]:
    view, layout = window.messages, row.layout
    left, top = view.winfo_rootx(), view.winfo_rooty() + row.y
    x0, y0, x1, y1 = layout.box
    quoted = layout.context.quoted
    return {
        "text": layout.message.text,
        "shown": layout.text,
        "box": [left + x0, top + y0, left + x1, top + y1],
        "quoted": quoted.text if quoted else "",
        "unread": layout.context.unread,
        "highlighted": bool(view.wanted) and view.wanted.lower() in layout.text.lower(),
        "targets": {
            f"{one.what.value} {one.value}".strip(): [
                left + (one.box[0] + one.box[2]) // 2, top + (one.box[1] + one.box[3]) // 2,
            ]
            for one in layout.targets
        },
    }  # fmt: skip


# --- dialogs, menus, looks --------------------------------------------------------------


def _dialogs(window: Window) -> dict[str, object]:
    dialogs = window.dialogs
    open_one = dialogs.connect_dialog or dialogs.account.open
    browse, profile = window.browse.dialog, window.people.dialog
    card = profile.card if profile else None
    return {
        "welcome": window.entrance.welcome.shown is not None,
        "dialog": _way_in(window),
        "dialogs": [one.title() for one in _toplevels(window.root)],
        "errors": _errors(open_one),
        "browse": [row.name for row in browse.page.rows] if browse else None,
        "browse_text": browse.field.value if browse else "",
        "card": [card.name, card.presence_text] if card else None,
        "menu": _menu(window.root),
    }


def _toplevels(root: tkinter.Tk) -> Iterator[tkinter.Toplevel]:
    for child in root.winfo_children():
        if isinstance(child, tkinter.Toplevel) and child.winfo_viewable() and child.title():
            yield child


def _way_in(window: Window) -> str:
    """Which dialog of getting in is on the screen: the one in front."""
    dialogs = window.dialogs
    if dialogs.trust_dialog:
        return "trust"
    if dialogs.account.open:
        return type(dialogs.account.open).__name__.removesuffix("Dialog").lower()
    return "connect" if dialogs.connect_dialog else ""


def _errors(dialog: FormDialog | None) -> dict[str, str]:
    """The sentences that are shown beside its fields; what is typed stays where it is."""
    if dialog is None:
        return {}
    told = {name: dialog.problem(name) for name in (*dialog.fields, *dialog.lines)}
    return {name: sentence for name, sentence in told.items() if sentence}


def _menu(root: tkinter.Tk) -> str | None:
    """The label of the menu's entry where the keyboard is, '' for none; None without a menu."""
    menu = popup.current(root)
    if menu is None:
        return None
    active = menu.index("active")
    return "" if active is None else str(menu.entrycget(active, "label")).strip()


def _looks(window: Window) -> dict[str, object]:
    look, root = window.look, window.root
    try:
        focus = root.focus_get()
    except KeyError:  # in a menu, which tkinter does not know
        focus = None
    return {
        "theme": look.palette.name,
        "scale": look.scale,
        "focused": window.focused(),
        "focus": _place(window, focus),
    }


def _place(window: Window, focus: tkinter.Misc | None) -> str:
    """Where the keyboard is, in words that do not depend on how the widgets are nested."""
    known = {
        str(window.composer.text): "composer",
        str(window.messages): "messages",
        str(window.search.entry): "search",
        str(window.finding.bar.entry): "find",
        str(window.members.list): "members",
        str(window.members.field.entry): "member field",
        str(window.conversations): "conversations",
    }
    return known.get(str(focus), type(focus).__name__ if focus else "")
