"""The user's choices: made in the settings dialog, by menus and keys; applied at once.

`on_change` hears of each change, so that somebody writes it down.
"""

from collections.abc import Callable
from copy import copy

from gui.model.preferences import CHOICES, FONT_SIZES, Preferences, Server, SystemTheme
from gui.presenter.desk import Desk, Handlers, Part


class Choices:
    """See `PreferenceActions`.

    `forced` holds choices of the command line by name; one lasts until the user makes that choice
    in the window.  `system` is what the desktop prefers, 'dark' or 'light'.
    """

    def __init__(self, desk: Desk, on_change: Callable[[], None]) -> None:
        self._desk, self._on_change = desk, on_change
        self.forced: dict[str, str | float] = {}
        self.system = "dark"

    def handlers(self) -> Handlers:
        """What this part listens to."""
        return {SystemTheme: lambda signal: self.system_theme(signal.theme)}

    @property
    def follows(self) -> bool:
        """True if what the desktop prefers makes a difference."""
        theme = self.forced.get("theme", self._desk.preferences.theme)
        return theme not in ("dark", "light")

    @property
    def theme(self) -> str:
        """The palette to use, 'dark' or 'light'."""
        theme = str(self.forced.get("theme", self._desk.preferences.theme))
        return theme if theme in ("dark", "light") else self.system

    def show(self) -> None:
        """Have the window act on all of them."""
        preferences = self._desk.preferences
        shown = preferences
        if "scale" in self.forced:
            shown = copy(preferences)
            shown.scale = float(self.forced["scale"])
        self._desk.screen.preferences.apply(shown, self.theme)

    def open(self, page: str = "") -> None:
        """See `PreferenceActions`."""
        self._desk.screen.preferences.open(self._desk.preferences, page)

    def set(self, name: str, value: object) -> None:
        """See `PreferenceActions`.  Raises ValueError if there is no such choice."""
        preferences = self._desk.preferences
        if name not in _NAMES or type(value) is not type(getattr(preferences, name)):
            raise ValueError(f"{name}: {value!r}")
        if name in CHOICES and value not in CHOICES[name]:
            raise ValueError(f"{name}: {value!r}")
        if name == "font_size" and isinstance(value, int):
            value = min(max(value, FONT_SIZES[0]), FONT_SIZES[1])
        self.forced.pop(name, None)
        setattr(preferences, name, value)
        self._changed()

    def larger(self, steps: int) -> None:
        """See `PreferenceActions`."""
        self.set("scale", self._desk.screen.preferences.step(steps) if steps else 0.0)

    def other_theme(self) -> None:
        """See `PreferenceActions`."""
        self.set("theme", "light" if self.theme == "dark" else "dark")

    def forget(self, server: Server) -> None:
        """See `PreferenceActions`."""
        self._desk.preferences.forget(server)
        self._changed()

    def system_theme(self, theme: str) -> None:
        """The desktop's preference is known, or has changed."""
        if theme in ("dark", "light") and theme != self.system:
            self.system = theme
            self.show()

    def _changed(self) -> None:
        self._on_change()
        self.show()
        self._desk.touch(*Part)
        self._desk.flush()


_NAMES = Preferences.__struct_fields__
