"""Label selectors as `-l` takes them, and the field selectors that a snapshot can answer."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from msgspec import Struct

from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.objects.label_selector import LabelSelector, LabelSelectorRequirement

T = TypeVar("T")


class Requirement(Struct, frozen=True):
    """One clause: `operator` is in, notin, exists, absent, gt or lt."""

    key: str
    operator: str
    values: frozenset[str] = frozenset()

    def matches(self, labels: Mapping[str, str]) -> bool:
        """Requirement.Matches of k8s.io/apimachinery/pkg/labels/selector.go."""
        value = labels.get(self.key)
        match self.operator:
            case "in":
                return value in self.values
            case "notin":
                return value not in self.values  # an absent label is not in any set
            case "exists":
                return value is not None
            case "absent":
                return value is None
            case _:
                return value is not None and self._compares(value)

    def _compares(self, value: str) -> bool:
        there, wanted = _int64(value), _int64(next(iter(self.values)))
        if there is None or wanted is None:
            return False
        return there > wanted if self.operator == "gt" else there < wanted


def _int64(text: str) -> int | None:
    """What Go's strconv.ParseInt makes of it; Python's int also takes spaces and underscores."""
    digits = text[1:] if text[:1] in ("+", "-") else text
    if not (digits.isascii() and digits.isdigit()):
        return None
    number = int(text)
    return number if -(2**63) <= number < 2**63 else None


def parse_labels(selector: str) -> tuple[Requirement, ...]:
    """The clauses of a label selector, all of which must match; UsageError where it is none."""
    return tuple(_requirement(clause, selector) for clause in _clauses(selector))


def _clauses(selector: str) -> list[str]:
    clauses, depth, start = [], 0, 0
    for i, char in enumerate(selector):
        depth += (char == "(") - (char == ")")
        if char == "," and depth == 0:
            clauses.append(selector[start:i].strip())
            start = i + 1
    return [*clauses, selector[start:].strip()] if selector.strip() else []


def _requirement(clause: str, selector: str) -> Requirement:
    import re

    if found := re.fullmatch(r"([^\s!=<>(),]+)\s+(in|notin)\s*\(([^()]*)\)", clause):
        values = frozenset(value.strip() for value in found[3].split(","))
        return Requirement(found[1], found[2], values)
    if found := re.fullmatch(r"([^\s!=<>(),]+)\s*(!=|==|=|>|<)\s*([^\s!=<>(),]*)", clause):
        operator = {"!=": "notin", ">": "gt", "<": "lt"}.get(found[2], "in")
        return Requirement(found[1], operator, frozenset((found[3],)))
    if found := re.fullmatch(r"(!?)\s*([^\s!=<>(),]+)", clause):
        return Requirement(found[2], "absent" if found[1] else "exists")
    raise UsageError(f'"{selector}" is not a label selector', f'at "{clause}"')


class InvalidSelector(Exception):
    """An expression that is none, in upstream's words."""


def selects(selector: LabelSelector | None, labels: Mapping[str, str]) -> bool:
    """Whether a selector object selects these labels; one that is missing or invalid selects nothing."""
    try:
        compiled = compile_selector(selector)
    except InvalidSelector:
        return False
    return compiled is not None and all(clause.matches(labels) for clause in compiled)


def compile_selector(selector: LabelSelector | None) -> tuple[Requirement, ...] | None:
    """The clauses, all of which must match; None for a missing selector, which selects nothing.

    Mirrors LabelSelectorAsSelector of k8s.io/apimachinery/pkg/apis/meta/v1/helpers.go, but for the
    syntax of labels, which the API server has seen to. Raises InvalidSelector.
    """
    if selector is None:
        return None
    equal = [Requirement(k, "in", frozenset((v,))) for k, v in selector.match_labels.items()]
    return (*equal, *map(_expression, selector.match_expressions))


def _expression(wanted: LabelSelectorRequirement) -> Requirement:
    """NewRequirement of k8s.io/apimachinery/pkg/labels/selector.go."""
    operator = _OPERATORS.get(wanted.operator)
    if operator is None:
        raise InvalidSelector(f'"{wanted.operator}" is not a valid label selector operator')
    if operator in ("in", "notin") and not wanted.values:
        fault = "null: for 'in', 'notin' operators, values set can't be empty"
        raise InvalidSelector(f"values: Invalid value: {fault}")
    if operator in ("exists", "absent") and wanted.values:
        there = ",".join(f'"{value}"' for value in wanted.values)
        fault = f"[{there}]: values set must be empty for exists and does not exist"
        raise InvalidSelector(f"values: Invalid value: {fault}")
    return Requirement(wanted.key, operator, frozenset(wanted.values))


_OPERATORS = {"In": "in", "NotIn": "notin", "Exists": "exists", "DoesNotExist": "absent"}


def parse_fields(selector: str) -> tuple[tuple[str, str, bool], ...]:
    """The clauses of a field selector as (path, value, whether it must be equal)."""
    clauses = []
    for clause in filter(None, selector.split(",")):
        path, sign, value = clause.partition("=")
        clauses.append((path.removesuffix("!"), value.removeprefix("="), not path.endswith("!")))
        if not sign:
            raise UsageError(f'"{selector}" is not a field selector')
    return tuple(clauses)


def matches_fields(selector: str, places: Mapping[str, Callable[[T], str]], thing: T) -> bool:
    """Whether the object has the values asked for; KeyError for a path that `places` lacks."""
    return all(
        (places[path](thing) == value) == equal for path, value, equal in parse_fields(selector)
    )
