"""How wide a text is: as Unicode has it."""

from unicodedata import unidata_version

import pytest

from kubectl_fieldkit.picker.letters import UNICODE
from kubectl_fieldkit.picker.width import cut, cut_front, width
from tests.kubectl_fieldkit.picker.letters import is_combining, is_wide, letters


@pytest.mark.skipif(unidata_version != UNICODE, reason=f"this Python has Unicode {unidata_version}")
def test_every_letter_is_as_wide_as_unicode_says() -> None:
    """All that are assigned, one by one."""
    expected = {each: 0 if is_combining(each) else 2 if is_wide(each) else 1 for each in letters()}
    assert {each for each, columns in expected.items() if width(each) != columns} == set()


@pytest.mark.parametrize(
    ("text", "room", "front", "end"),
    [
        ("staging", 4, "stag", "ging"),
        ("本番環境", 5, "本番", "環境"),
        ("prod", 0, "", ""),
    ],
)
def test_a_text_is_cut_to_its_room(text: str, room: int, front: str, end: str) -> None:
    """By columns, not by letters."""
    assert (cut(text, room), cut_front(text, room)) == (front, end)
