"""Keys from bytes, however they come."""

import pytest

from kubectl_fieldkit.picker.keys import Key, KeyReader


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\r", "enter"),
        (b"\n", "enter"),
        (b"\x03", "cancel"),
        (b"\x07", "cancel"),
        (b"\x0e", "down"),
        (b"\x10", "up"),
        (b"\x15", "clear"),
        (b"\x17", "erase word"),
        (b"\x7f", "backspace"),
        (b"\x1b[A", "up"),
        (b"\x1bOA", "up"),
        (b"\x1b[B", "down"),
        (b"\x1b[5~", "page up"),
        (b"\x1b[6~", "page down"),
        (b"\x1b[H", "first"),
        (b"\x1b[F", "last"),
    ],
)
def test_keys_with_names(data: bytes, name: str) -> None:
    """Alone, and byte by byte."""
    assert KeyReader().feed(data) == [Key(name)]
    reader = KeyReader()
    assert [key for i in range(len(data)) for key in reader.feed(data[i : i + 1])] == [Key(name)]


def test_text_comes_in_one_piece() -> None:
    """However many letters were pasted; what controls among them mean is kept in order."""
    assert KeyReader().feed("wéb 日\x7f-2\r".encode()) == [
        Key(text="wéb 日"),
        Key("backspace"),
        Key(text="-2"),
        Key("enter"),
    ]


def test_a_letter_of_several_bytes_waits_for_the_rest() -> None:
    """And bytes that are no text are nothing."""
    reader = KeyReader()
    assert reader.feed("é".encode()[:1]) == []
    assert reader.feed("é".encode()[1:]) == [Key(text="é")]
    assert reader.feed(b"\xff\xfea") == [Key(text="a")]


def test_escape_is_a_key_when_nothing_follows() -> None:
    """Until then it may be the beginning of one."""
    reader = KeyReader()
    assert reader.feed(b"\x1b") == []
    assert reader.waiting
    assert reader.give_up() == [Key("cancel")]
    assert not reader.waiting


def test_half_a_sequence_is_no_escape() -> None:
    """It is forgotten when the rest does not come."""
    reader = KeyReader()
    assert reader.feed(b"\x1b[1") == []
    assert reader.give_up() == []


def test_unknown_keys_are_nothing() -> None:
    """Function keys, keys with Alt or modifiers: none of their bytes becomes text."""
    assert KeyReader().feed(b"\x1b[15~\x1b[1;5C\x1bx\x1bOP\x1b[<0;1;2M\x01a") == [Key(text="a")]


def test_escape_twice() -> None:
    """The first is a sequence of its own, the second is the key."""
    reader = KeyReader()
    assert reader.feed(b"\x1b\x1b") == []
    assert reader.give_up() == [Key("cancel")]
