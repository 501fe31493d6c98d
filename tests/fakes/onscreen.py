"""A person before a real window: reads what is written on the screen, and clicks on words."""

from tests.fakes.windows import Client, until, xdotool


def written(window: Client) -> list[str]:
    """All that can be read in the window, its dialogs and menus."""
    return [word[0] for word in window.state().get("written", ())]


def reads(window: Client, *texts: str) -> None:
    """Until each of these can be read somewhere."""
    missing = set(texts)

    def all_there() -> bool:
        whole = "\n".join(written(window))
        missing.intersection_update(text for text in texts if text not in whole)
        return not missing

    until(all_there, f"{texts} can be read; now: {written(window)}")


def click(window: Client, text: str, button: int = 1, which: int = -1) -> None:
    """On the place where this is written: the last one, if it is written more than once."""
    places: list[list[int]] = []

    def rests() -> bool:
        before, found = places[:], window.state().get("written", ())
        places[:] = [word[1:] for word in found if word[0] == text]
        return bool(places) and places == before

    until(rests, f"{text!r} can be read; now: {written(window)}")
    x, y = places[which]
    xdotool("mousemove", "--sync", str(x), str(y), "click", str(button))


def closes(window: Client, title: str) -> None:
    """The open dialog goes by Escape."""
    window.focus(title)
    window.press("Escape")
    window.wait_for(lambda state: title not in state["dialogs"], f"{title} is closed")
    window.focus()


def notes(window: Client) -> list[str]:
    """What the window itself has said in the open conversation."""
    return [one["text"] for one in window.state()["messages"] if one["kind"] == "note"]


def said(window: Client, sender: str, text: str) -> None:
    """Until the open conversation has this, once, and confirmed."""
    found = (sender, text, "sent")
    until(lambda: window.texts().count(found) == 1, f"{found}; now: {window.texts()}")


def entries(window: Client, text: str, button: int = 3, which: int = -1) -> set[str]:
    """What stands in the menu that a click opens, and that Escape closes again."""
    before = set(written(window))
    click(window, text, button, which)
    window.wait_for(lambda state: state["menu"] is not None, "the menu is open")
    found = set(written(window)) - before
    window.press("Escape")
    window.wait_for(lambda state: state["menu"] is None, "the menu is closed")
    return found
