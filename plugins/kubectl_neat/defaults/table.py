"""The table of defaults: generated from `oracle default` by tests/kubectl_neat/generating.py."""

import os.path
from functools import cache
from typing import Any

import msgspec

from kubectl_neat.defaults.rules import RULES, Rule

NEWEST, OLDEST = 37, 31

# Given back by the server, and kept: without it a reader would not see what the object says. What a schema
# requires, now or once, is not in the table either.
SAYS_SOMETHING = {"core.v1.Volume": {"emptyDir"}, "networking.v1.NetworkPolicy": {"spec"}}
# Filled in, or not, by what stands above them: the rules of those types decide.
DECIDED_ABOVE = {
    "apps.v1.RollingUpdateDeployment",
    "apps.v1.RollingUpdateDaemonSet",
    "autoscaling.v2.HPAScalingRules",
}


class Shape:
    """A type of the API: its defaults, the fields that lead to types with some, and its rules.

    A field's `many` is `[]` for a list of the type, `{}` for a map of it, else empty.
    """

    __slots__ = ("defaults", "fields", "required", "rules")

    def __init__(self, defaults: dict[str, Any], rules: tuple[Rule, ...] = ()) -> None:
        self.defaults = defaults
        self.fields: dict[str, tuple[str, Shape]] = {}
        self.required: frozenset[str] = frozenset()  # stays, though the server has a default
        self.rules = rules


class Table:
    """One release's types."""

    def __init__(
        self, kinds: dict[str, str], types: dict[str, Any], changed: dict[str, Any]
    ) -> None:
        self._kinds, self._types, self._changed = kinds, types, changed
        self._shapes: dict[str, Shape] = {}

    def knows(self, api_version: str, kind: str) -> bool:
        """Whether the kind is built in, with or without defaults."""
        return f"{api_version} {kind}" in self._kinds

    def shape(self, api_version: str, kind: str) -> Shape | None:
        """The type of a kind's objects; None for a kind that is not built in."""
        name = self._kinds.get(f"{api_version} {kind}")
        return self._shape(name) if name else None

    def _shape(self, name: str) -> Shape:
        """Made once: types may hold themselves."""
        if name not in self._shapes:
            told = self._types[name]
            rules = tuple(rule for rule in RULES.get(name, ()) if self._has(name, rule))
            shape = self._shapes[name] = Shape(self._defaults(name, told), rules)
            for field, inner in told["fields"].items():
                many = inner[:2] if inner[:2] in ("[]", "{}") else ""
                shape.fields[field] = many, self._shape(inner[len(many) :])
        return self._shapes[name]

    def _has(self, name: str, rule: Rule) -> bool:
        """Whether the release fills in what the rule is about: a gate may have been off."""
        newest, here = self._types[name]["defaults"], self._changed.get(name)
        return here is None or not any(f in newest and f not in here for f in rule.fields)

    def _defaults(self, name: str, told: dict[str, Any]) -> dict[str, Any]:
        if name in DECIDED_ABOVE:
            return {}
        ruled = {field for rule in RULES.get(name, ()) for field in rule.fields}
        left_out = ruled | SAYS_SOMETHING.get(name, set())
        defaults: dict[str, Any] = self._changed.get(name, told["defaults"])
        return {field: value for field, value in defaults.items() if field not in left_out}


@cache
def read_table(release: int) -> Table:
    """The table of a minor version of Kubernetes, else of the nearest one that is known."""
    place = os.path.dirname(__file__)  # noqa: PTH120  # pathlib is not on this path
    with open(f"{place}/table.json", "rb") as file:  # noqa: PTH123
        data = msgspec.json.decode(file.read())
    known = min(max(release, OLDEST), NEWEST)
    return Table(data["kinds"], data["types"], data["differences"].get(str(known), {}))
