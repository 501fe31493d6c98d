"""The main window: puts the views together and is the presenter's `Screen`."""

import tkinter
from collections.abc import Callable, Sequence
from tkinter import ttk

from gui.model.actions import Actions
from gui.model.memberpage import MemberPage
from gui.model.shown import Banner, ConversationRow, Header
from gui.model.text import drawable
from gui.model.timeline import Change, Timeline
from gui.theme import Look
from gui.views.banner import BannerBar
from gui.views.browse import Browser
from gui.views.composer import Composer
from gui.views.conversations import ConversationList
from gui.views.dialogs import Dialogs
from gui.views.entrance import EntranceView
from gui.views.finding import Finder
from gui.views.header import HeaderBar
from gui.views.linking import Links
from gui.views.memberlist import MemberPanel
from gui.views.menus import Menus
from gui.views.messagecommands import MessageCommands
from gui.views.messagelist import MessageList
from gui.views.offers import OfferBars
from gui.views.ownavatar import OwnAvatar
from gui.views.profile import Profiles
from gui.views.roominfo import RoomInfos
from gui.views.searchfield import SearchField
from gui.views.settings import PreferenceView
from gui.views.sidepane import SidePane
from gui.views.toast import Notices
from gui.views.typing import TypingLine
from gui.views.welcome import WelcomePane

_MEMBERS, _NARROW = 230, 880  # pixels at scale 1


class Window:
    """All of the program's window."""

    def __init__(self, look: Look, actions: Actions) -> None:
        self.root, self.look, self._actions = look.root, look, actions
        self.dialogs = Dialogs(look, actions)
        self.banner_text = ""
        self.on_close: Callable[[], None] = lambda: None
        self.members_wanted = True
        self._key = ""  # of the conversation that is shown
        self._members_over = False  # asked for where the window is too narrow for them
        self._members = 0  # how many there are
        self._lines: list[tkinter.Frame] = []
        self._build()
        self.people = Profiles(look, actions, self.open_link)
        self.browse = Browser(look, actions)
        self.room_info = RoomInfos(look, actions, self.open_link)
        self.preferences = PreferenceView(look, actions)
        self.notifying = Notices(look, actions.notifying.clicked)
        self.menus = Menus(self, look, actions)
        self.side_pane = SidePane(look, self._side, self.messages)
        self._wire()
        look.subscribe(self._restyle)

    # --- building -----------------------------------------------------------------------

    def _build(self) -> None:
        root, look = self.root, self.look
        root.columnconfigure(2, weight=1)
        root.rowconfigure(0, weight=1)
        self._side = tkinter.Frame(root)
        self._side.grid(row=0, column=0, sticky="nsew")
        self.search = SearchField(self._side, look, self.dialogs.ask_room)
        self.search.pack(fill="x")
        self.conversations = ConversationList(self._side, look)
        self.conversations.pack(fill="both", expand=True)
        self._side.pack_propagate(False)
        self._line(root).grid(row=0, column=1, sticky="ns")
        self._chat = tkinter.Frame(root)
        self._chat.grid(row=0, column=2, sticky="nsew")
        self._member_line = self._line(root)
        self.members = MemberPanel(root, look)
        self.header = HeaderBar(
            self._chat, look, self.toggle_members, lambda x, y: self.menus.main(x, y)
        )
        self.offers = OfferBars(self._chat, look, self._actions)
        self.banner = BannerBar(self._chat, look, self._actions.connection.retry)
        self.messages = MessageList(self._chat, look)
        self.commands = MessageCommands(self.messages, look, self._actions)
        self.links = Links(look, lambda: self.preferences.preferences.confirm_links)
        self.typing = TypingLine(self._chat, look)
        self.composer = Composer(self._chat, look)
        self.header.pack(fill="x")
        self._header_line = self._line(self._chat)
        self._header_line.pack(fill="x")
        self.offers.pack(fill="x")
        self.composer.pack(side="bottom", fill="x")
        self.typing.pack(side="bottom", fill="x")
        self.messages.pack(fill="both", expand=True)
        self.finding = Finder(look, self._actions, self.search, self.conversations, self.messages)
        own = OwnAvatar(self.search, look, self._actions.profile.show)
        own.pack(side="left", before=self.search.winfo_children()[0])
        welcome = WelcomePane(root, look, self.messages, self._welcomed)
        self.entrance = EntranceView(own, welcome)
        self.dialogs.make_room = welcome.make_room

    def _welcomed(self, action: str) -> None:
        """The button of the welcome was pressed."""
        if action == "connect":
            self._actions.connection.change()
        else:
            self.dialogs.ask_room()

    def _line(self, parent: tkinter.Misc) -> tkinter.Frame:
        line = tkinter.Frame(parent, width=1, height=1)
        self._lines.append(line)
        return line

    def _wire(self) -> None:
        actions = self._actions
        self.conversations.on_open = self._opened
        self.conversations.on_menu = self.menus.conversation
        self.members.list.on_open = actions.people.profile
        self.members.list.on_menu = self.menus.person
        self.members.on_search = actions.people.filter
        self.members.on_leave = self.composer.take_focus
        self.messages.on_older = actions.reading.older
        self.messages.on_seen = lambda seen: actions.reading.looked() if seen else None
        self.messages.viewport.face = actions.message.face
        self.messages.on_leave = self.composer.take_focus
        self.commands.on_person = actions.people.profile
        self.commands.on_answer = self.composer.take_focus
        self.commands.on_link = self.open_link
        self.commands.preferences = lambda: actions.composer.preferences
        self.composer.on_send = actions.composer.send
        self.composer.on_typed = actions.composer.typed
        self.composer.on_pause = actions.composer.paused
        self.composer.on_join = actions.composer.join
        self.composer.on_drop = actions.composer.drop_reply
        self.composer.on_up = self.messages.enter
        self.composer.preferences = lambda: actions.composer.preferences
        self.composer.completion.ask = actions.composer.hints
        self.composer.completion.cycle = actions.composer.complete
        self.finding.leave = self.composer.take_focus
        self.header.on_find = self.finding.open_bar
        self.header.on_info = actions.room_info.open
        self.messages.bind("<Key>", self._stray_key)
        self.entrance.welcome.button.bind("<Key>", self._stray_key, add=True)
        self.root.bind("<Key>", self._lost_key, add=True)
        self.root.bind("<FocusIn>", lambda event: self._focused(event.widget))
        self._chat.bind("<Configure>", lambda _: self._arrange_members())
        self.root.protocol("WM_DELETE_WINDOW", actions.quit)

    def _focused(self, widget: tkinter.Misc) -> None:
        if widget is self.root:
            self._actions.reading.looked()
            self.dialogs.come_back()

    def _stray_key(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        """Typing goes on after a click into the messages, or beside the welcome's button."""
        command = int(event.state) & 0b1100  # Control, Alt
        pressed = isinstance(event.widget, ttk.Button) and event.char == " "
        if event.char and event.char.isprintable() and not command and not pressed:
            self.composer.take_key(event.char)

    def _lost_key(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        """What had the focus is gone."""
        if event.widget is self.root:
            self._stray_key(event)

    def _opened(self, key: str) -> None:
        self._actions.conversations.open(key)
        self.composer.take_focus()

    # --- Screen -------------------------------------------------------------------------

    def show_conversations(self, rows: Sequence[ConversationRow]) -> None:
        """See `Screen`."""
        self.conversations.show(rows)

    def show_header(self, header: Header) -> None:
        """See `Screen`."""
        self.header.show(header)

    def show_members(self, page: MemberPage) -> None:
        """See `Screen`."""
        self._members = page.total
        self.members.show(page)
        self._arrange_members()

    def show_timeline(self, key: str, timeline: Timeline, *, named: bool, divider: int) -> None:
        """See `Screen`."""
        self.messages.show(key, timeline, named=named, divider=divider)
        self.typing.align(named=named)
        if key != self._key:
            self._key = key
            self.root.after_idle(self._go_on_writing)

    def _go_on_writing(self) -> None:
        """Another conversation is shown: one writes there, unless one looks for something."""
        try:
            now = self.root.focus_get()
        except KeyError:  # in a menu, which tkinter does not know
            return
        searching = (self.search.entry, self.conversations)
        inside = now is None or now.winfo_toplevel() is self.root
        if inside and self.root.focus_lastfor() not in searching:
            self.composer.take_focus()

    def apply_changes(self, changes: Sequence[Change], *, new: int) -> None:
        """See `Screen`."""
        self.messages.apply(changes, new=new)

    def show_divider(self, uid: int) -> None:
        """See `Screen`."""
        self.messages.set_divider(uid)

    def show_end(self) -> None:
        """See `Screen`."""
        self.messages.to_end()

    def show_typing(self, text: str) -> None:
        """See `Screen`."""
        self.typing.show(text)

    def show_composer(self, hint: str, draft: str, *, enabled: bool) -> None:
        """See `Screen`."""
        self.composer.show(hint, draft, enabled=enabled)

    def insert(self, text: str) -> None:
        """See `Screen`: as a word of its own; at the beginning, whom it is said to."""
        before = self.composer.text.before_cursor()
        if not before:
            text += ": "
        else:
            text = f"{text} " if before.endswith(" ") else f" {text} "
        self.composer.take_key(text)

    def draft(self) -> str:
        """See `Screen`."""
        return self.composer.value()

    def show_banner(self, banner: Banner | None) -> None:
        """See `Screen`."""
        self.banner_text = banner.text if banner else ""
        if banner is None:
            self.banner.pack_forget()
        else:
            self.banner.show(banner)
            self.banner.pack(fill="x", after=self._header_line)

    def show_title(self, title: str) -> None:
        """See `Screen`."""
        self.root.title(drawable(title))

    def focused(self) -> bool:
        """True if the keyboard's focus is in this program."""
        return self.notifying.focused()

    def attending(self) -> bool:
        """See `Screen`."""
        return self.focused() and self.messages.stuck

    def close(self) -> None:
        """See `Screen`."""
        self.on_close()
        self.root.destroy()

    # --- the rest -----------------------------------------------------------------------

    def open_link(self, link: str) -> None:
        """Ask, then hand an address to the browser; nothing but http and https."""
        self.links.open(link)

    @property
    def has_members(self) -> bool:
        """True if there is a member list to show."""
        return self._members > 0

    def toggle_members(self) -> None:
        """Show or hide the member list."""
        if self._wide():
            self.members_wanted = not self.members_wanted
        else:
            self._members_over = not self._members_over
        self._arrange_members()

    def find_member(self) -> None:
        """Go to the field above the members, which are shown for that."""
        if not self._members:
            return
        if not self.members.winfo_ismapped():
            self.toggle_members()
        self.members.focus_field()

    def _wide(self) -> bool:
        return self.root.winfo_width() >= self.look.px(_NARROW)

    def _members_width(self) -> int:
        """Larger text wants more room, but not at the cost of the messages alone."""
        return self.look.px(_MEMBERS * max(1.0, (1.0 + self.look.text_size) / 2))

    def _arrange_members(self) -> None:
        """The member list has a place beside the messages if it is wanted, has members, and the
        window is wide; in a narrow one it lies over the messages while it is asked for."""
        wide = self._wide()
        self._members_over = self._members_over and not wide and bool(self._members)
        if self._members and self.members_wanted and wide:
            self._member_line.grid(row=0, column=3, sticky="ns")
            self.members.grid(row=0, column=4, sticky="ns")
        elif self._members_over:
            self._member_line.grid_forget()
            self.members.place(
                in_=self.messages, relx=1.0, y=0, relheight=1.0, anchor="ne",
                width=self._members_width(),
            )  # fmt: skip
            tkinter.Misc.lift(self.members)
        else:
            self._member_line.grid_forget()
            self.members.grid_forget()
            self.members.place_forget()

    def _restyle(self) -> None:
        palette, px = self.look.palette, self.look.px
        self.root.configure(background=palette.side)
        screen = self.root.winfo_screenwidth(), self.root.winfo_screenheight()
        self.root.minsize(min(px(560), screen[0]), min(px(360), screen[1] - px(40)))
        self._side.configure(background=palette.side)
        self._chat.configure(background=palette.chat)
        for line in self._lines:
            line.configure(background=palette.line)
        self.members.configure(width=self._members_width())
        self._arrange_members()
