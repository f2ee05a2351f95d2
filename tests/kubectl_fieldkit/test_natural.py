"""The order of names with numbers in them."""

import random

from kubectl_fieldkit.natural import natural_key


def _sorted(*names: str) -> list[str]:
    return sorted(names, key=natural_key)


def test_numbers_are_numbers() -> None:
    """Wherever they stand in a name."""
    assert _sorted("web-10", "web-9", "web-2b", "web-2a") == ["web-2a", "web-2b", "web-9", "web-10"]
    assert _sorted("10-a", "9-b", "9-a10", "9-a9") == ["9-a9", "9-a10", "9-b", "10-a"]


def test_words_go_by_their_letters() -> None:
    """Capitals first, a shorter name before a longer one, as Go and kubectx compare."""
    assert _sorted("b", "a-b", "a", "B", "") == ["", "B", "a", "a-b", "b"]


def test_numbers_among_words() -> None:
    """A digit stands where it does among letters and marks."""
    assert _sorted("a", "7", "-", ":", "10", "Z") == ["-", "7", "10", ":", "Z", "a"]


def test_zeros_before_a_number_decide_last() -> None:
    """They change no number, and still every name has its one place."""
    assert _sorted("v007", "v7", "v08", "v6") == ["v6", "v007", "v7", "v08"]


def test_a_number_of_any_length() -> None:
    """Longer than Python turns into a number."""
    assert _sorted("9" * 5000, "1" + "0" * 5000, "9") == ["9", "9" * 5000, "1" + "0" * 5000]


def test_only_digits_of_ascii_are_numbers() -> None:
    """As in Go's \\d; no other letter fails."""
    assert _sorted("x²", "x٣", "x1", "x½") == ["x1", "x²", "x½", "x٣"]


def test_the_order_depends_on_nothing_else() -> None:
    """Any shuffle of random names is sorted into one list."""
    chance = random.Random(7)
    names = ["".join(chance.choices("01ab-.Z", k=chance.randrange(6))) for _ in range(500)]
    before = _sorted(*names)
    chance.shuffle(names)
    assert _sorted(*names) == before
