"""What keys make of the open picker."""

from kubectl_fieldkit.picker.keys import Key
from kubectl_fieldkit.picker.view import Choice, View, open_view, press

NAMES = ["dev", "prod-eu", "prod-us", "web-2", "web-10"]


def _opened(query: str = "", current: str = "") -> View:
    return open_view([Choice(name, current=name == current) for name in NAMES], query)


def _after(view: View, *keys: Key) -> str:
    for key in keys:
        view = press(view, key)
    return "" if view.chosen is None else NAMES[view.chosen]


def test_the_cursor_begins_at_the_current_choice() -> None:
    """So that Enter alone changes nothing; without one, at the first."""
    assert _after(_opened(current="prod-us")) == "prod-us"
    assert _after(_opened()) == "dev"


def test_a_query_to_begin_with() -> None:
    """The cursor is at its best match, whatever is current."""
    assert _after(_opened("web", current="dev")) == "web-2"


def test_the_cursor_goes_round() -> None:
    """Beyond either end."""
    assert _after(_opened(), Key("up")) == "web-10"
    assert _after(_opened(), Key("up"), Key("down")) == "dev"
    assert _after(_opened(), Key("last")) == "web-10"
    assert _after(_opened(), Key("page down")) == "web-10"
    assert _after(_opened(), Key("page down"), Key("page up")) == "dev"
    assert _after(_opened(), Key("down"), Key("first")) == "dev"


def test_typing_narrows_and_erasing_widens() -> None:
    """The cursor is at the best match after each."""
    typed = press(press(_opened(), Key(text="pr")), Key(text="us"))
    assert [NAMES[i] for i in typed.matches] == ["prod-us"]
    wider = press(press(typed, Key("backspace")), Key("backspace"))
    assert wider.query == "pr"
    assert [NAMES[i] for i in wider.matches] == ["prod-eu", "prod-us"]
    assert len(press(typed, Key("clear")).matches) == len(NAMES)


def test_the_last_word_is_erased() -> None:
    """With the blanks behind it."""
    view = press(press(_opened(), Key(text="web 10 ")), Key("erase word"))
    assert view.query == "web "
    assert press(view, Key("erase word")).query == ""


def test_a_query_that_finds_nothing() -> None:
    """Has no choice, and moving is harmless."""
    assert _after(_opened("zzz"), Key("down"), Key("up"), Key("last")) == ""


def test_a_query_in_two_pieces_finds_what_it_finds_in_one() -> None:
    """Narrowing is searching among what was found."""
    piecewise = press(press(_opened(), Key(text="e")), Key(text=" p"))
    assert list(piecewise.matches) == list(_opened("e p").matches)
