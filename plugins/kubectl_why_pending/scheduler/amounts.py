"""Amounts of a resource, in words."""

_BYTES = ("memory", "ephemeral-storage")
_UNITS = ("Ki", "Mi", "Gi", "Ti", "Pi")


def in_words(resource: str, amount: int) -> str:
    """`1.3` cores, `512Mi` of memory, or a plain number; exact enough to compare with `kubectl describe`."""
    if resource == "cpu":
        return f"{amount / 1000:.3f}".rstrip("0").rstrip(".")
    if resource in _BYTES or resource.startswith("hugepages-"):
        return _bytes(amount)
    return str(amount)


def _bytes(amount: int) -> str:
    """The largest unit that leaves at most two decimals; bytes where none does."""
    sign, left = ("-", -amount) if amount < 0 else ("", amount)
    unit, size = "", 1
    for power, name in enumerate(_UNITS, 1):
        if left >= 1 << (10 * power):
            unit, size = name, 1 << (10 * power)
    number = f"{left / size:.2f}".rstrip("0").rstrip(".")
    return f"{sign}{number}{unit}"
