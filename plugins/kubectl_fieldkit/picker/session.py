"""The picker while it is open: keys in, drawings out, until something is chosen or nothing is."""

from collections.abc import Sequence

from kubectl_fieldkit.picker.drawing import draw, redraw_after_resize
from kubectl_fieldkit.picker.keys import Key
from kubectl_fieldkit.picker.terminal import Terminal
from kubectl_fieldkit.picker.view import Choice, View, open_view, press

CANCELS = ("cancel", "end of input")


def choose(terminal: Terminal, choices: Sequence[Choice], query: str) -> int | None:
    """The index of the choice; None where the picker was left."""
    view, size = open_view(choices, query), terminal.size
    terminal.write(draw(view, size))
    while True:
        for key in terminal.wait():
            if key.name == "enter" and view.chosen is not None:
                return view.chosen
            if key.name in CANCELS and not (key.name == "end of input" and view.query):
                return None
            if key.name == "resized":
                before, size = size, terminal.size
                terminal.write(redraw_after_resize(view, before, size))
            view = _pressed(terminal, view, key)
        terminal.write(draw(view, size))


def _pressed(terminal: Terminal, view: View, key: Key) -> View:
    if key.name == "continued":  # after a stop the shell has made the terminal its own
        terminal.make_raw()
        return view
    return press(view, key)
