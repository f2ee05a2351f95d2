"""Quantities in the API server's own spelling.

Mirrors ParseQuantity and CanonicalizeBytes of k8s.io/apimachinery/pkg/api/resource/quantity.go.
"""

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from kubectl_fieldkit.quantity import NANO, milli_value, nanos, value
from kubectl_why_pending.objects.pod import Quantities

DECIMAL, BINARY, EXPONENT = "decimal", "binary", "exponent"
MAX_VALUE = 2**63 - 1
MAX_MILLI_VALUE = MAX_VALUE // 1000
_DECIMAL_SUFFIXES = ("n", "u", "m", "", "k", "M", "G", "T", "P", "E")
_BINARY_SUFFIXES = ("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei")


class Quantity(Struct, frozen=True):
    """An exact amount in billionths, its manner of spelling, and its text where that is kept."""

    nanos: int
    format: str = DECIMAL
    text: str = ""

    def __str__(self) -> str:
        return self.text or _spelled(self.nanos, self.format)

    def __add__(self, other: "Quantity") -> "Quantity":
        return Quantity(self.nanos + other.nanos, self.format if self.nanos else other.format)

    def rounded_up(self) -> "Quantity":
        """In whole thousandths, as the API keeps what containers ask for."""
        if not self.nanos % 10**6:
            return self
        return Quantity(milli_value(self.nanos) * 10**6, self.format)


Amounts = dict[str, Quantity]  # by resource


@lru_cache(maxsize=4096)
def parse(quantity: str | float) -> Quantity:
    """The quantity that a manifest or the API has; ValueError for what is none."""
    text = _digits(quantity).strip()
    form = _format(text)
    amount = nanos(text)
    if form == BINARY:
        amount = min(amount, MAX_VALUE * NANO)
    kept = text if _is_kept(text, form) else ""
    is_fraction = 0 < abs(amount) < NANO
    return Quantity(amount, DECIMAL if form == BINARY and is_fraction else form, kept)


def _digits(quantity: str | float) -> str:
    """A number as JSON has it: whole ones without a point."""
    if isinstance(quantity, float) and quantity.is_integer():
        return str(int(quantity))
    return str(quantity)


def _format(text: str) -> str:
    if text.endswith("i"):
        return BINARY
    return EXPONENT if any(mark in text[:-1] for mark in "eE") else DECIMAL


def _is_kept(text: str, form: str) -> bool:
    """Whether Go takes the text for canonical; it does a few that are not, such as 1.500."""
    if form == BINARY:
        return False  # what is kept of these is canonical
    number = text if form == EXPONENT else text.rstrip("numkMGTPE")
    suffix = text[len(number) :]
    number, _, power = number.replace("E", "e").partition("e")
    whole, _, fraction = number.lstrip("+-").partition(".")
    digits = f"{whole.lstrip('0') or '0'}{fraction}"
    exponent = int(power) if power else 3 * (_DECIMAL_SUFFIXES.index(suffix) - 3)
    scale = exponent - len(fraction)
    is_short = len(digits) <= 18 and scale >= -9
    return is_short and scale % 3 == 0 and not digits.endswith("000") and digits[0] != "0"


def _spelled(amount: int, form: str) -> str:
    if not amount:
        return "0"
    if form == BINARY and abs(amount) >= 1024 * NANO and not amount % NANO:
        return _binary(amount // NANO)
    mantissa, exponent = amount, -9
    while not mantissa % 10:
        mantissa, exponent = mantissa // 10, exponent + 1
    while exponent % 3 or exponent > 18:
        mantissa, exponent = mantissa * 10, exponent - 1
    if form == EXPONENT:
        return f"{mantissa}e{exponent}" if exponent else str(mantissa)
    return f"{mantissa}{_DECIMAL_SUFFIXES[exponent // 3 + 3]}"


def _binary(units: int) -> str:
    power = 0
    while not units % 1024 and power < len(_BINARY_SUFFIXES) - 1:
        units, power = units // 1024, power + 1
    return f"{units}{_BINARY_SUFFIXES[power]}"


def parsed(quantities: Quantities) -> Amounts:
    """Each of them."""
    return {name: parse(quantity) for name, quantity in quantities.items()}


def spelled(amounts: Mapping[str, Quantity]) -> Quantities:
    """As the API shows them."""
    return {name: str(quantity) for name, quantity in amounts.items()}


def stored(quantities: Quantities) -> Quantities:
    """As the API keeps what was sent to it: rounded up to thousandths, in its own spelling.

    Mirrors SetDefaults_ResourceList of pkg/apis/core/v1/defaults.go.
    """
    return spelled({name: quantity.rounded_up() for name, quantity in parsed(quantities).items()})


def add(total: Amounts, more: Mapping[str, Quantity]) -> None:
    """Adds to the total: addResourceList of component-helpers/resource/helpers.go."""
    for name, quantity in more.items():
        total[name] = total[name] + quantity if name in total else quantity


def raise_to(most: Amounts, other: Mapping[str, Quantity]) -> None:
    """Keeps the greater of each: maxResourceList."""
    for name, quantity in other.items():
        if name not in most or quantity.nanos > most[name].nanos:
            most[name] = quantity


def at_one_precision(*quantities: Quantity) -> list[int]:
    """In thousandths where none would overflow, else in units: requestLimitEnforcedValues of LimitRanger."""
    units = [value(quantity.nanos) for quantity in quantities]
    if max(units) > MAX_MILLI_VALUE:
        return units
    return [milli_value(quantity.nanos) for quantity in quantities]
