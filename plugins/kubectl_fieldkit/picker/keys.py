"""Bytes from a terminal in raw mode → keys."""

from codecs import getincrementaldecoder

from msgspec import Struct

ESCAPE = "\x1b"
CONTROLS = {
    "\r": "enter",
    "\n": "enter",  # typed ahead, before the terminal was raw
    "\t": "down",
    "\x0e": "down",
    "\x10": "up",
    "\x7f": "backspace",
    "\x08": "backspace",
    "\x15": "clear",
    "\x17": "erase word",
    "\x03": "cancel",
    "\x04": "end of input",
    "\x07": "cancel",
    "\x0c": "redraw",
}
SEQUENCES = {
    "A": "up",
    "B": "down",
    "Z": "up",
    "H": "first",
    "F": "last",
    "5~": "page up",
    "6~": "page down",
    "1~": "first",
    "4~": "last",
    "7~": "first",
    "8~": "last",
}


class Key(Struct, frozen=True):
    """A key by its name, or text that was typed or pasted."""

    name: str = ""
    text: str = ""


class KeyReader:
    """Makes keys of bytes however they are split; what may be half a sequence waits for the rest."""

    def __init__(self) -> None:
        self._decoder = getincrementaldecoder("utf-8")("ignore")
        self._rest = ""

    @property
    def waiting(self) -> bool:
        """Whether an escape has come, and nothing behind it that says what it is."""
        return bool(self._rest)

    def feed(self, data: bytes) -> list[Key]:
        """The keys that are complete with these bytes."""
        text = self._rest + self._decoder.decode(data)
        self._rest = ""
        keys: list[Key] = []
        while text:
            end = text.find(ESCAPE) if ESCAPE in text else len(text)
            keys += _plain(text[:end])
            text = text[end:]
            length = _length(text)
            if text and not length:
                self._rest, text = text, ""
            elif text:
                keys += _named(SEQUENCES.get(text[2:length], ""))
                text = text[length:]
        return keys

    def give_up(self) -> list[Key]:
        """Nothing came behind the escape: it was the key, or a sequence that is cut off."""
        alone, self._rest = self._rest == ESCAPE, ""
        return _named("cancel" if alone else "")


def _plain(text: str) -> list[Key]:
    """Controls by name, and what stands between them as one text each."""
    keys: list[Key] = []
    typed = ""
    for letter in text:
        if letter.isprintable():
            typed += letter
            continue
        keys += [Key(text=typed)] if typed else []
        keys += _named(CONTROLS.get(letter, ""))
        typed = ""
    return [*keys, Key(text=typed)] if typed else keys


def _named(name: str) -> list[Key]:
    return [Key(name)] if name else []


def _length(text: str) -> int:
    """How long the sequence is that the text begins with; 0 where it has no end yet."""
    if len(text) < 2:
        return 0
    if text[1] == "O":
        return 3 if len(text) > 2 else 0
    if text[1] != "[":
        return 1 if text[1] == ESCAPE else 2  # a key with Alt
    for i in range(2, len(text)):
        if "@" <= text[i] <= "~":
            return i + 1
    return 0
