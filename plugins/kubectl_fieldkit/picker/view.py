"""What the picker knows while it is open, and what each key makes of it; pure."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from kubectl_fieldkit.picker.keys import Key
from kubectl_fieldkit.picker.matching import rank
from kubectl_fieldkit.untrusted import clean

PAGE = 10


class Choice(Struct, frozen=True):
    """One name to choose, a remark beside it, and whether it is the one in use."""

    name: str
    note: str = ""
    current: bool = False


class View(Struct, frozen=True):
    """The choices as they are shown, the query, and which of its matches the cursor is at."""

    choices: Sequence[Choice]
    names: Sequence[str]
    matches: Sequence[int]
    query: str = ""
    at: int = 0

    @property
    def chosen(self) -> int | None:
        """The index of the choice under the cursor."""
        return self.matches[self.at] if self.matches else None


def open_view(choices: Sequence[Choice], query: str) -> View:
    """The first view; without a query the cursor is at the current choice."""
    everything = range(len(choices))
    view = View(choices, [clean(choice.name) for choice in choices], everything)
    if query:
        return _search(view, query)
    return replace(view, at=next((i for i in everything if choices[i].current), 0))


def press(view: View, key: Key) -> View:
    """The view after a key that moves the cursor or changes the query."""
    match key.name:
        case "":
            return _search(view, view.query + key.text)
        case "backspace":
            return _search(view, view.query[:-1])
        case "clear":
            return _search(view, "")
        case "erase word":
            return _search(view, view.query.rstrip()[: view.query.rstrip().rfind(" ") + 1])
        case _:
            return _move(view, key.name)


def _move(view: View, name: str) -> View:
    count = max(1, len(view.matches))
    match name:
        case "down":
            at = (view.at + 1) % count
        case "up":
            at = (view.at - 1) % count
        case "page down":
            at = min(view.at + PAGE, count - 1)
        case "page up":
            at = max(view.at - PAGE, 0)
        case "first":
            at = 0
        case "last":
            at = count - 1
        case _:
            return view
    return replace(view, at=at)


def _search(view: View, query: str) -> View:
    """A query that goes on is looked for among what the former one found."""
    among = view.matches if query.startswith(view.query) else range(len(view.names))
    return replace(view, query=query, matches=rank(query, view.names, among), at=0)
