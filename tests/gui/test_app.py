"""The command line, and what the dialog begins with."""

import pytest

from gui.app import arguments, first_form
from gui.memory import on_screen
from gui.settings import Server, Settings

KNOWN = Settings(servers=[Server("chat.example", 6697, True, "ada")])


@pytest.mark.parametrize(
    ("line", "settings", "expected"),
    [
        ("", Settings(), ("", "localhost", "5000", False)),
        ("--nick me --port 6000", Settings(), ("me", "localhost", "6000", False)),
        ("--host chat.example", Settings(), ("", "chat.example", "5000", True)),
        ("--host chat.example --no-tls", Settings(), ("", "chat.example", "5000", False)),
        ("--tls", Settings(), ("", "localhost", "5000", True)),
        ("", KNOWN, ("ada", "chat.example", "6697", True)),
        ("--host 127.0.0.1", KNOWN, ("ada", "127.0.0.1", "5000", False)),
        ("--nick bob --host ::1 --port 7000", KNOWN, ("bob", "::1", "7000", False)),
    ],
)
def test_the_first_form(
    line: str, settings: Settings, expected: tuple[str, str, str, bool]
) -> None:
    form = first_form(arguments(line.split()), settings)
    assert (form.nick, form.host, form.port, form.tls) == expected


@pytest.mark.parametrize(
    ("geometry", "expected"),
    [
        ("900x600+10+20", "900x600+10+20"),
        ("900x600+3000+20", "900x600"),
        ("900x600+-40+20", "900x600"),
        ("5000x600+0+0", "1920x600+0+0"),
        ("nonsense", ""),
        ("", ""),
    ],
)
def test_remembered_places_have_to_be_on_the_screen(geometry: str, expected: str) -> None:
    assert on_screen(geometry, (1920, 1080)) == expected


def test_wrong_arguments() -> None:
    with pytest.raises(SystemExit):
        arguments(["--port", "many"])
