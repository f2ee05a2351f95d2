"""Kubernetes quantities, exact: `1500m`, `0.5Gi`, `12e6` and plain numbers as manifests have them."""

from functools import lru_cache

NANO = 10**9
_SUFFIXES = {
    "": NANO,
    "n": 1,
    "u": 10**3,
    "m": 10**6,
    "k": NANO * 10**3,
    "M": NANO * 10**6,
    "G": NANO * 10**9,
    "T": NANO * 10**12,
    "P": NANO * 10**15,
    "E": NANO * 10**18,
    "Ki": NANO << 10,
    "Mi": NANO << 20,
    "Gi": NANO << 30,
    "Ti": NANO << 40,
    "Pi": NANO << 50,
    "Ei": NANO << 60,
}


@lru_cache(maxsize=4096)
def nanos(quantity: str | float) -> int:
    """The quantity in billionths, rounded up as ParseQuantity does; ValueError for what is none.

    Mirrors k8s.io/apimachinery/pkg/api/resource/quantity.go.
    """
    text = str(quantity)
    end = len(text)
    while end and not (text[end - 1].isdigit() or text[end - 1] == "."):
        end -= 1
    number, suffix = text[:end], text[end:]
    if suffix in _SUFFIXES:
        exponent = 0
        for mark in "eE":
            if mark in number:
                number, _, power = number.partition(mark)
                exponent = int(power)
        return _scaled(number, exponent, _SUFFIXES[suffix])
    raise ValueError(f'"{text}" is not a quantity')


def _scaled(number: str, exponent: int, unit: int) -> int:
    sign = -1 if number.startswith("-") else 1
    whole, _, fraction = number.lstrip("+-").partition(".")
    digits = f"{whole}{fraction}"
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError(f'"{number}" is not a quantity')
    amount, power = int(digits) * unit, exponent - len(fraction)
    scale: int = 10 ** abs(power)
    return sign * (amount * scale if power >= 0 else -(-amount // scale))


def milli_value(amount: int) -> int:
    """Billionths → thousandths, rounded up: Quantity.MilliValue."""
    return -(-amount // 10**6)


def value(amount: int) -> int:
    """Billionths → units, rounded up: Quantity.Value."""
    return -(-amount // NANO)
