"""The order people expect of names with numbers in them, as kubectx's lists have it: web-2 before web-10."""

from itertools import groupby

_is_digit = "0123456789".__contains__


def natural_key(text: str) -> tuple[tuple[str | int, ...], ...]:
    """Sorts runs of digits as numbers and all between them by its letters; 7 comes before 07."""
    if text.isalpha():
        return ((text,), (text,))
    runs = ((digits, "".join(run)) for digits, run in groupby(text, _is_digit))
    return *(_number(run) if digits else (run,) for digits, run in runs), (text,)


def _number(digits: str) -> tuple[str | int, ...]:
    """Among words, where its first digit would stand; among numbers, by value, however many digits."""
    value = digits.lstrip("0")
    return "0", len(value), value
