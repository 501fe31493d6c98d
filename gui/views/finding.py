"""What finds messages, put together: results, find bar, the past; it is the `FindingScreen`."""

import tkinter
from collections.abc import Callable, Sequence

from gui.model.actions import Actions
from gui.model.found import FindState, Row
from gui.model.timeline import Timeline
from gui.theme import Look
from gui.views.conversations import ConversationList
from gui.views.findbar import FindBar
from gui.views.messagelist import MessageList
from gui.views.pastbar import PastBar
from gui.views.results import ResultList
from gui.views.searchfield import SearchField


class Finder:
    """`leave` puts the focus back to where one types; `above` is the widget under which the bars
    are put, `over` the one that the results cover."""

    def __init__(
        self,
        look: Look,
        actions: Actions,
        field: SearchField,
        over: ConversationList,
        messages: MessageList,
    ) -> None:
        self._actions, self._field, self._messages = actions, field, messages
        chat = messages.master
        self._over = over
        self.results = ResultList(over.master, look)
        self.bar = FindBar(chat, look)
        self.past = PastBar(chat, look)
        self.above: tkinter.Misc = messages
        self._work = ""  # the timer of `work_soon`
        self.leave: Callable[[], None] = lambda: None
        self._wire()

    def _wire(self) -> None:
        search, finding = self._actions.search, self._actions.finding
        field, bar, messages = self._field, self.bar, self._messages
        field.on_search, field.on_settle = search.search, search.settle
        field.on_step, field.on_done = search.step, search.accept
        field.on_leave = lambda: self.leave()
        self.results.on_pick, self.results.on_more = search.pick, search.more
        bar.on_find, bar.on_step, bar.on_close = finding.find, finding.step, self._close
        self.past.on_back = self._back
        messages.on_newer = self._actions.reading.newer
        messages.on_newest = finding.newest
        bar.bind("<Destroy>", lambda _: self._stop(), add=True)

    def open_bar(self) -> None:
        """Ctrl+F."""
        self._actions.finding.open()
        if self.bar.winfo_manager():
            self.bar.focus_entry()

    def next(self, steps: int) -> None:
        """F3, wherever the focus is."""
        if self.bar.winfo_manager():
            self._actions.finding.step(steps)
        else:
            self.open_bar()

    def _close(self) -> None:
        self._actions.finding.close()
        self.leave()

    def _back(self) -> None:
        self._actions.finding.newest()
        self.leave()

    # --- FindingScreen ------------------------------------------------------------------

    def show_results(self, found: Sequence[Row] | None, selected: int) -> None:
        """See `FindingScreen`."""
        if found is None:
            self.results.place_forget()
            self.results.show((), -1)
            return
        if not self.results.winfo_manager():
            self.results.place(in_=self._over, x=0, y=0, relwidth=1.0, relheight=1.0)
            tkinter.Misc.lift(self.results)
        self.results.show(found, selected)

    def end_search(self) -> None:
        """See `FindingScreen`."""
        self._field.clear()
        self.leave()

    def show_find(self, state: FindState | None) -> None:
        """See `FindingScreen`."""
        if state is None:
            self.bar.pack_forget()
            self._stop()
            return
        if not self.bar.winfo_manager():
            self.bar.pack(fill="x", before=self.past if self.past.winfo_manager() else self.above)
        self.bar.show(state)

    def work_soon(self) -> None:
        """See `FindingScreen`."""
        if not self._work:
            self._work = self.bar.after(1, self._do_work)

    def _do_work(self) -> None:
        self._work = ""
        if self._actions.finding.work():
            self.work_soon()

    def _stop(self) -> None:
        if self._work:
            self.bar.after_cancel(self._work)
            self._work = ""

    def highlight(self, text: str, uid: int) -> None:
        """See `FindingScreen`."""
        self._messages.set_highlight(text, uid)

    def show_message(self, uid: int) -> None:
        """See `FindingScreen`."""
        self._messages.go_to(uid)

    def show_joined(self, timeline: Timeline) -> None:
        """See `FindingScreen`."""
        self._messages.swap(timeline)

    def show_past(self, past: bool) -> None:
        """See `FindingScreen`."""
        if not past:
            self.past.pack_forget()
        elif not self.past.winfo_manager():
            self.past.pack(fill="x", before=self.above)
